"""A province's month in a database of its own: people, and work as events and as the fold leaves it, made by SQL.

Agencies of 200, sections of 12; every official has the same number of shares, each an item of their own: registered,
assigned, due after one to ten days, four of five finished, one of ten of those late. The decree's month by law, Huế's
beside it.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

AGENCY, SECTION = 200, 12
DECREE, HUE = "vn/national/decree-335-2025", "vn/hue/dost-monthly-2025"

PEOPLE = """
INSERT INTO orgs_unit (code) SELECT 'A' || n FROM generate_series(0, %(agencies)s - 1) n;
INSERT INTO orgs_unit (code) SELECT 'P' || n FROM generate_series(0, %(sections)s - 1) n;
INSERT INTO orgs_unitspan (unit_id, parent_id, agency_id, name, level, days)
    SELECT id, NULL, id, code, 'agency', daterange('2025-01-01', NULL) FROM orgs_unit WHERE code LIKE 'A%%';
INSERT INTO orgs_unitspan (unit_id, parent_id, agency_id, name, level, days)
    SELECT p.id, a.id, a.id, p.code, 'section', daterange('2025-01-01', NULL)
    FROM orgs_unit p JOIN orgs_unit a
        ON a.code = 'A' || least(substr(p.code, 2)::int * %(section)s / %(agency)s, %(agencies)s - 1)
    WHERE p.code LIKE 'P%%';
INSERT INTO people_person (code) SELECT 'CB' || n FROM generate_series(0, %(officials)s - 1) n;
INSERT INTO people_persontext (person_id, full_name, honorific, email, phone, sort_key, search_key)
    SELECT id, code, '', '', '', code, lower(code) FROM people_person;
INSERT INTO people_post (code) SELECT 'V' || n FROM generate_series(0, %(officials)s - 1) n;
INSERT INTO people_postspan (post_id, unit_id, title, duty_group, leads, rank, functions, days)
    SELECT post.id, unit.id, 'Chuyên viên', 'staff', n %% %(section)s = 0, 80, '{}', daterange('2025-01-01', NULL)
    FROM generate_series(0, %(officials)s - 1) n JOIN people_post post ON post.code = 'V' || n
    JOIN orgs_unit unit ON unit.code = 'P' || n / %(section)s;
INSERT INTO people_spell (code, person_id, post_id, staff_kind, days, decision)
    SELECT 'S' || n, person.id, post.id, 'civil_servant', daterange('2025-01-01', NULL), ''
    FROM generate_series(0, %(officials)s - 1) n JOIN people_person person ON person.code = 'CB' || n
    JOIN people_post post ON post.code = 'V' || n;
INSERT INTO sources_source (code, name, mapping, first, native) VALUES ('bench', 'Bench', '', '2025-01-01', false);
"""
WORK = """
INSERT INTO work_item (source_id, key)
    SELECT source.id, 'V' || n FROM generate_series(0, %(items)s - 1) n, sources_source source
    WHERE source.code = 'bench';
CREATE UNLOGGED TABLE made AS
SELECT item.id item, n, person.id official, span.unit_id unit, units.agency_id agency, spell.seq::text spell,
    received.at received_at, due.at due_at,
    CASE WHEN n * 7919 %% 100 < 80 AND finish.at < %(now)s THEN finish.at END finished_at
FROM generate_series(0::bigint, %(items)s - 1) n
JOIN work_item item ON item.key = 'V' || n
JOIN people_person person ON person.code = 'CB' || n %% %(officials)s
JOIN people_spell spell ON spell.person_id = person.id
JOIN people_postspan span ON span.post_id = spell.post_id
JOIN orgs_unitspan units ON units.unit_id = span.unit_id
CROSS JOIN LATERAL (
    SELECT date_trunc('minute', %(begun)s + (n * 104729 %% 1000003 / 1000003.0) * (%(now)s - %(begun)s)) at
    ) received
CROSS JOIN LATERAL (
    SELECT (date_trunc('day', received.at AT TIME ZONE 'Asia/Ho_Chi_Minh') + (1 + n * 31 %% 10) * interval '1 day'
        + interval '17 hours') AT TIME ZONE 'Asia/Ho_Chi_Minh' at) due
CROSS JOIN LATERAL (
    SELECT date_trunc('minute', received.at + (0.1 + n * 15485863 %% 1000003 / 1000003.0)
        * (due.at - received.at)) at
    ) finish;
"""
EVENTS = """
INSERT INTO work_event (seq, item_id, at, activity, official_id, counterpart, value, decision, attributes, place)
SELECT nextval('known_seq'), item, at, activity, official, '', value, '', attributes::jsonb, 'bench' FROM (
    SELECT item, 1 place, received_at at, 'registered' activity, NULL::bigint official, '' value,
        '{"kind": "task", "origin": "assigned", "coefficient": "1"}' attributes FROM made
    UNION ALL SELECT item, 2, received_at, 'assigned', official, '', '{}' FROM made
    UNION ALL SELECT item, 3, received_at, 'due', NULL,
        to_char(due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"'), '{}' FROM made
    UNION ALL SELECT item, 4, finished_at, 'finished', official, '', '{}' FROM made WHERE finished_at IS NOT NULL
    ORDER BY item, place) told;
"""
FOLDED = """
INSERT INTO work_standing (item_id, seq, state, settled, moving, counts, kind, origin, coefficient, received_at, due_at,
    finished_at, returns, reopened, extensions, late_extensions, requests, waiting, over_limit, signed, recognised,
    accepted, excused)
    SELECT item, (SELECT last_value FROM known_seq), CASE WHEN finished_at IS NULL THEN 'open' ELSE 'finished' END,
        finished_at IS NOT NULL, false, true, 'task', 'assigned', 100, received_at, due_at, finished_at,
        0, 0, 0, 0, 0, 0, false, false, false, false, false FROM made;
INSERT INTO work_share (item_id, official_id, unit_id, agency_id, spell, role, weight, state, received_at, due_at,
    finished_at, accepted, excused, turn, lasts_until, deadlines)
    SELECT item, official, unit, agency, spell, 'lead', 1000000,
        CASE WHEN finished_at IS NULL THEN 'open' ELSE 'finished' END, received_at, due_at, finished_at,
        false, false, 1,
        CASE WHEN finished_at IS NULL THEN '9999-01-01Z' ELSE greatest(finished_at, due_at) END, ARRAY[due_at]
    FROM made ORDER BY official;
DROP TABLE made;
ANALYZE;
"""
EARLIER = """
INSERT INTO work_item (source_id, key)
    SELECT source.id, 'E' || %(month)s || '.' || n FROM generate_series(0, %(items)s - 1) n, sources_source source
    WHERE source.code = 'bench';
INSERT INTO work_share (item_id, official_id, unit_id, agency_id, spell, role, weight, state, received_at, due_at,
    finished_at, accepted, excused, turn, lasts_until, deadlines)
    SELECT item.id, share.official_id, share.unit_id, share.agency_id, share.spell, 'lead', 1000000, 'finished',
        share.received_at - gone.by, share.due_at - gone.by, coalesce(share.finished_at, share.due_at) - gone.by,
        false, false, 1, greatest(share.finished_at, share.due_at) - gone.by,
        ARRAY[share.due_at - gone.by]
    FROM (SELECT *, row_number() OVER (ORDER BY id) - 1 AS n FROM work_share WHERE id <= %(last_share)s) share
    JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM work_item WHERE id > %(last_item)s) item USING (n)
    CROSS JOIN (SELECT make_interval(months => %(month)s) AS by) gone;
"""


def connect(folder: Path) -> str:
    """Start a packaged database in a folder and point the product at it; its address. It stops with this process."""
    from congtam.serving.packaged import start

    url, server = start(folder / "postgres")
    os.environ |= {
        "DATABASE_URL": url, "CONGTAM_SITE": str(folder / "site"), "DJANGO_SETTINGS_MODULE": "congtam.web.settings"
    }  # fmt: skip
    server.psql("ALTER SYSTEM SET max_wal_size = '4GB'; ALTER SYSTEM SET shared_buffers = '512MB';")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    return url


def build(officials: int, shares: int, now: datetime, *, events: bool = True) -> None:
    """So many officials with so many shares each, received from the beginning of the month to `now`."""
    from django.db import connection

    from congtam.engine.periods import Period, PeriodKind, local_day
    from congtam.history.actor import Actor
    from congtam.registry import actions as registry

    for name in (DECREE, HUE):
        registry.approve_copy(Actor(account=2), registry.adopt(Actor(account=1), name, first=date(2026, 1, 1)))
    registry.add_card(Actor(account=1), DECREE, "civil_servant_month", True, date(2026, 1, 1))
    registry.add_card(Actor(account=1), HUE, "official_month", False, date(2026, 1, 1))
    numbers = {
        "officials": officials,
        "agencies": -(-officials // AGENCY),
        "sections": -(-officials // SECTION),
        "agency": AGENCY,
        "section": SECTION,
        "items": officials * shares,
        "now": now,
        "begun": Period.of(PeriodKind.MONTH, local_day(now)).start,
    }
    with connection.cursor() as cursor:
        for script in (PEOPLE, WORK, *((EVENTS,) if events else ()), FOLDED):
            for statement in filter(None, (one.strip() for one in script.split(";\n"))):
                cursor.execute(statement.rstrip(";"), numbers)


def earlier(months: int) -> None:
    """As many shares again in each of so many months before, all of them done: what a page must look past.

    The indexes of the shares are made anew at the end, and foreign keys are not asked one by one.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'work_share' AND indexdef NOT LIKE '%UNIQUE%'"
        )
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        cursor.execute("SELECT max(id), count(*) FROM work_share")
        last_share, items = cursor.fetchone()
        for month in range(1, months + 1):
            cursor.execute("SELECT max(id) FROM work_item")
            (last_item,) = cursor.fetchone()
            numbers = {"month": month, "items": items, "last_share": last_share, "last_item": last_item}
            for statement in filter(None, (one.strip() for one in EARLIER.split(";\n"))):
                cursor.execute(statement.rstrip(";"), numbers)
        for _, definition in indexes:
            cursor.execute(definition)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE")


@contextmanager
def timed(what: str) -> Iterator[dict[str, float]]:
    """Print how long something took; the seconds stand in what is given."""
    took: dict[str, float] = {}
    begun = datetime.now(UTC)
    yield took
    took["seconds"] = (datetime.now(UTC) - begun).total_seconds()
    print(f"{what}: {took['seconds']:.2f} s", file=sys.stderr)
