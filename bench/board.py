"""Board, list and calendar of one agency with 5,000 open pieces of work: processor milliseconds and queries of each
page, for the agency's leader (budget: the board ≤ 300 ms and ≤ 15 queries).

200 officials; beside the open work as much that was finished, every tenth open piece with its clock stopped, every
tenth returned, every fifth taken up, every third of what was finished last waits to be accepted. Milliseconds are those
of web and database together, so that a busy machine changes little.

    python bench/board.py
"""

import json
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import province
from month_page import BACKEND, _database, _processor

OFFICIALS, OPEN, TIMES = 200, 5_000, 10
PAGES = ("/bang-viec/?pham-vi=don-vi", "/cong-viec/?tt=chua-xong", "/lich-viec/?pham-vi=don-vi")
STANDING = """
UPDATE work_share SET state = 'open', finished_at = NULL, lasts_until = '9999-01-01Z' WHERE id IN (
    SELECT id FROM work_share ORDER BY state = 'open' DESC, id LIMIT %(open)s);
UPDATE work_standing standing SET state = 'open', finished_at = NULL, settled = false FROM work_share share
    WHERE share.item_id = standing.item_id AND share.state = 'open';
UPDATE work_share SET taken_up_at = received_at WHERE state = 'open' AND id %% 5 > 0;
UPDATE work_standing SET returns = 1 WHERE state = 'open' AND item_id %% 10 = 3;
UPDATE work_standing SET moving = true WHERE state = 'open' AND item_id %% 10 = 7;
INSERT INTO work_event (seq, item_id, at, activity, counterpart, value, decision, attributes, place)
    SELECT nextval('known_seq'), item_id, received_at, 'paused', '', 'chờ', '', '{}', 'bench'
    FROM work_standing WHERE moving;
INSERT INTO work_itemtext (item_id, title, symbol, symbol_key, search_key)
    SELECT id, 'Việc số ' || id, id || '/VP', id || '/vp', 'viec so ' || id FROM work_item;
INSERT INTO desk_question (item_id, kind, by_id, to_id, text, cause, proof, told, asked_at, until, state, answer,
    by_default)
    SELECT share.item_id, 'acceptance', share.official_id, share.official_id, '', '', '', '{}', share.finished_at,
        %(now)s::timestamptz + interval '1 day', 'open', '', false
    FROM work_share share WHERE share.state = 'finished' AND share.item_id %% 3 = 0;
INSERT INTO people_person (code) VALUES ('GD');
INSERT INTO people_post (code) VALUES ('GD');
INSERT INTO people_postspan (post_id, unit_id, title, duty_group, leads, rank, functions, days)
    SELECT post.id, unit.id, 'Giám đốc', 'leader', true, 1, '{}', daterange('2025-01-01', NULL)
    FROM people_post post, orgs_unit unit WHERE post.code = 'GD' AND unit.code = 'A0';
INSERT INTO people_spell (code, person_id, post_id, staff_kind, days, decision)
    SELECT 'GD', person.id, post.id, 'civil_servant', daterange('2025-01-01', NULL), ''
    FROM people_person person, people_post post WHERE person.code = 'GD' AND post.code = 'GD';
ANALYZE;
"""


def main() -> None:
    """Build an agency, open its pages, print."""
    with tempfile.TemporaryDirectory(prefix="congtam-bench-", ignore_cleanup_errors=True) as folder:
        province.connect(Path(folder))
        now = datetime.now(UTC)
        with province.timed("built"):
            province.build(OFFICIALS, 2 * OPEN // OFFICIALS, now)
            _stand(now)
        found = [_measured(address) for address in PAGES]
    print(json.dumps({"open": OPEN, "pages": found}, indent=2))


def _stand(now: datetime) -> None:
    """Put the work where a board shows it, and a leader at the head of the agency."""
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in filter(None, (one.strip() for one in STANDING.split(";\n"))):
            cursor.execute(statement.rstrip(";"), {"open": OPEN, "now": now})


def _measured(address: str) -> dict[str, Any]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from congtam.access.models import Account
    from congtam.people.models import Person

    leader, client = Person.objects.get(code="GD"), Client(SERVER_NAME="localhost")
    account, _ = Account.objects.get_or_create(username="GD", defaults={"person": leader, "password": "!"})
    client.force_login(account, backend=BACKEND)
    assert client.get(address).status_code == 200, address
    with CaptureQueriesContext(connection) as seen:
        page = client.get(address)
    queries, database = len(seen), _database()
    begun, asked = time.process_time(), _processor(database)
    for _ in range(TIMES):
        client.get(address)
    web, sql = time.process_time() - begun, _processor(database) - asked
    print(f"{address}: {queries} queries, web {web:.2f} s and database {sql:.2f} s for {TIMES}", file=sys.stderr)
    return {
        "page": address,
        "queries": queries,
        "bytes": len(page.content),
        "web_ms": round(web / TIMES * 1000, 1),
        "database_ms": round(sql / TIMES * 1000, 1),
    }


if __name__ == "__main__":
    main()
