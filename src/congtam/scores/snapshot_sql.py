"""The statements that read folded work in columns: `snapshot` says what they are for."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from congtam.engine.facts.tables import FAULT_KINDS
from congtam.engine.rulebook.columns import COLUMNS

LEAD_WEIGHT = "_lead_weight"
ALWAYS = ("_person", "_id", "_item")
ENGINE = {"_item": pa.int32(), LEAD_WEIGHT: pa.int64()}
_WHEN = frozenset(("received_at", "due_at", "finished_at", "excused"))
READ = {  # what the engine itself looks at in every table
    "share": _WHEN | {"role", "weight", "delay_voided", "item.due_at", "item.finished_at", "coefficient"},
    "item": _WHEN | {"delay_voided"},
    "fault": _WHEN | {"kind", "at", "charged_to", "voided", "derived"},
}
_OF_ITEM = (
    *("kind", "source", "procedure", "catalogue", "channel", "coefficient", "promised_at", "returns", "extensions"),
    *("late_extensions", "reopened", "requests", "waiting", "over_limit", "signed", "recognised", "satisfaction"),
)
_LATE = "(coalesce(share.finished_at, {as_of}) > share.due_at)"

_OWN_OF_ITEM = ("state", "received_at", "due_at", "finished_at", "accepted_at", "accepted", "excused")
_ITEM = ("item_id", *_OF_ITEM, "origin", *_OWN_OF_ITEM)
_SHARE_ALWAYS = (
    *("id", "item_id", "official_id", "unit_id", "agency_id", "role", "weight"),
    *("due_at", "finished_at", "delay_voided"),
)
_SHARE = (*_SHARE_ALWAYS, "state", "received_at", "taken_up_at", "accepted_at", "accepted", "excused", "rating")

LAID_WORK = (  # that of some people: each statement looks at all of it
    "SET LOCAL random_page_cost = 1.1",
    "SET LOCAL max_parallel_workers_per_gather = 0",
    """
CREATE TEMP TABLE laid_item ON COMMIT DROP AS
    WITH lasting AS MATERIALIZED (
        SELECT DISTINCT ON (item.item_id) {item_columns},
            least(share.received_at, share.due_at, item.due_at) < {end}
            AND (share.finished_at IS NULL OR item.finished_at IS NULL OR greatest(
              share.received_at, share.finished_at, share.due_at, item.received_at, item.finished_at, item.due_at
            ) >= {start}) AS within
        FROM work_share share JOIN work_standing item USING (item_id)
        WHERE item.counts AND item.state NOT IN ('same_as', 'cancelled') AND {of_share}
          AND share.lasts_until >= {start}
        ORDER BY item.item_id, within DESC
    ), faulty AS MATERIALIZED (
        SELECT fault.item_id FROM lasting JOIN work_fault fault USING (item_id)
        WHERE NOT lasting.within AND fault.derived AND fault.at >= {start} AND fault.at < {end}
        UNION
        SELECT fault.item_id FROM work_fault fault
        WHERE NOT fault.derived
          AND (fault.at >= {start} AND fault.at < {end} OR fault.charged_to >= {first} AND fault.charged_to < {until})
          AND ({of_fault} OR EXISTS (
            SELECT FROM work_share share WHERE share.item_id = fault.item_id AND {of_share}))
    )
    SELECT {item_columns} FROM lasting item WHERE item.within
    UNION ALL
    SELECT {item_columns} FROM faulty JOIN work_standing item USING (item_id)
    WHERE item.counts AND item.state NOT IN ('same_as', 'cancelled')
      AND NOT EXISTS (SELECT FROM lasting WHERE lasting.item_id = faulty.item_id AND lasting.within)
""",
    "ANALYZE laid_item (item_id)",
    """
CREATE TEMP TABLE laid_share ON COMMIT DROP AS
    SELECT {share_columns} FROM work_share share JOIN laid_item USING (item_id)
""",
    "ANALYZE laid_share (item_id, official_id)",
)
_OF_EVERYONE = """
    SELECT item.* FROM work_standing item
    WHERE item.counts AND item.state NOT IN ('same_as', 'cancelled') AND item.received_at < {end}
      AND (item.finished_at IS NULL OR greatest(item.finished_at, item.due_at) >= {start}
        OR item.item_id IN (SELECT share.item_id FROM work_share share
            WHERE share.finished_at IS NULL OR greatest(share.received_at, share.finished_at, share.due_at) >= {start})
        OR item.item_id IN (SELECT fault.item_id FROM work_fault fault
            WHERE fault.at >= {start} OR fault.charged_to >= {first}))
"""


def _place(expression: str, codes: Iterable[str]) -> str:
    """The place of a text among its codes."""
    cases = " ".join(f"WHEN '{code}' THEN {place}" for place, code in enumerate(codes))
    return f"(CASE {expression} {cases} END)::int2"


_FAULT = f"{_place('fault.kind', FAULT_KINDS)} AS kind, fault.at, fault.charged_to, fault.voided, fault.derived"
LAID_FAULT = (  # three statements look at the faults of everything
    """
CREATE TEMP TABLE laid_fault ON COMMIT DROP AS
    WITH items AS ({items})
    SELECT fault.id AS name, fault.item_id, fault.official_id, fault.unit_id, fault.kind, fault.at, fault.charged_to,
        fault.voided_by IS NOT NULL AS voided, false AS derived, NULL::bigint AS share_id
    FROM work_fault fault JOIN items USING (item_id) WHERE NOT fault.derived
    UNION ALL
    SELECT -share.id, share.item_id, share.official_id, share.unit_id, 'delay', share.due_at, NULL,
        share.delay_voided IS NOT NULL, true, share.id
    FROM {shares} share JOIN items USING (item_id) WHERE {late}
""",
    "ANALYZE laid_fault",
)
_WITH = """
WITH items AS ({items}), leads AS (
    SELECT DISTINCT ON (share.item_id) share.* FROM {shares} share JOIN items USING (item_id)
    WHERE share.role = 'lead' ORDER BY share.item_id, share.id DESC
), led AS (
    SELECT share.item_id, sum(share.weight) AS weight FROM {shares} share
    WHERE share.role = 'lead' GROUP BY share.item_id
)
"""


def laying(asked: dict[str, Any], needed: Iterable[str]) -> list[str]:
    """Statements that lay apart what the others read more than once, in tables that go with the transaction; of work
    only the columns `needed` by any of them."""
    names = {name.removeprefix("item.") for name in needed}
    words = _words(asked) | {
        "item_columns": ", ".join(f"item.{name}" for name in _ITEM if name in names or name == "item_id"),
        "share_columns": ", ".join(f"share.{name}" for name in _SHARE if name in names or name in _SHARE_ALWAYS),
    }
    return [one.format(**words) for one in (*(() if asked["people"] is None else LAID_WORK), *LAID_FAULT)]


def _words(asked: dict[str, Any]) -> dict[str, str]:
    words = {name: _written(value) for name, value in asked.items()}
    everybody = asked["people"] is None
    words["of_share"] = "true" if everybody else f"share.official_id = ANY({words['people']})"
    words["of_fault"] = "true" if everybody else f"fault.official_id = ANY({words['people']})"
    words["late"] = _LATE.format(**words)
    words["items"] = _OF_EVERYONE.format(**words) if everybody else "SELECT * FROM laid_item"
    words["shares"] = "work_share" if everybody else "laid_share"
    return words


def sql(table: str, asked: dict[str, Any], needed: frozenset[str]) -> str:
    """The statement for a table of a snapshot: `_person` is the official's number, `_id` names the row for its
    faults. What `laying` says was done before."""
    words = _words(asked)
    everybody = asked["people"] is None
    if everybody:  # all shares of an item are read: their weights are added up where they are read
        needed -= {LEAD_WEIGHT}
    select = ", ".join(f'{expression} AS "{name}"' for name, expression in _columns(table, words, needed).items())
    words["led"] = "LEFT JOIN led USING (item_id)" if LEAD_WEIGHT in needed else ""
    return (_WITH + _FROM[table].replace("{select}", select)).format(**words)


_FROM = {
    "share": """
SELECT {select} FROM {shares} share JOIN items item USING (item_id) {led} WHERE {of_share}""",
    "share_fault": """
SELECT share.id AS _id, fault.official_id IS NOT DISTINCT FROM share.official_id
        AND (fault.share_id IS NULL OR fault.share_id = share.id) AS own, """
    + _FAULT
    + """ FROM laid_fault fault JOIN {shares} share USING (item_id) WHERE {of_share}""",
    "item": """
SELECT {select} FROM items item JOIN leads share USING (item_id) LEFT JOIN (
    SELECT item_id, bool_and(voided) AS voided FROM laid_fault WHERE derived GROUP BY item_id) delay USING (item_id)
WHERE {of_share}""",
    "item_fault": """
SELECT item.item_id AS _id, true AS own, """
    + _FAULT
    + """ FROM laid_fault fault JOIN items item USING (item_id) JOIN leads share USING (item_id) WHERE {of_share}""",
    "fault": """
SELECT {select}, fault.name AS _id FROM laid_fault fault
WHERE fault.official_id IS NOT NULL AND {of_fault}""",
}


def _columns(table: str, words: dict[str, str], needed: frozenset[str]) -> dict[str, str]:
    """The expression of each column to be read."""
    if table not in COLUMNS:
        return {}
    made = {"share": _of_share, "item": _of_lead, "fault": _of_fault}[table](words)
    kept = {name: one for name, one in made.items() if name in needed or name in ALWAYS}
    return {name: _coded(table, name, one) for name, one in kept.items()}


def _coded(table: str, name: str, expression: str) -> str:
    """A text with fixed codes as its place among them."""
    kind = COLUMNS[table].get(name)
    if kind is None or not kind.codes:
        return expression
    return _place(expression, kind.codes)


def _of_share(words: dict[str, str]) -> dict[str, str]:
    own = ("role", "state", "received_at", "taken_up_at", "due_at", "finished_at", "accepted_at", "accepted", "excused")
    return {
        **{name: f"item.{name}" for name in (*_OF_ITEM, "origin")},
        **{name: f"share.{name}" for name in (*own, "weight", "rating")},
        **{f"item.{name}": f"item.{name}" for name in ("received_at", "due_at", "finished_at", "state")},
        "item": "share.item_id::text",
        "unit": "share.unit_id::text",
        "agency": "share.agency_id::text",
        "official": "share.official_id::text",
        "delay_voided": f"({words['late']} IS TRUE AND share.delay_voided IS NOT NULL)",
        "_person": "share.official_id",
        "_id": "share.id",
        "_item": "share.item_id",
        LEAD_WEIGHT: "CASE WHEN share.role = 'lead' AND led.weight > 0 "
        "THEN share.weight * 1000000::bigint / led.weight ELSE share.weight END",
    }


def _of_lead(words: dict[str, str]) -> dict[str, str]:
    return {
        **{name: f"item.{name}" for name in (*_OF_ITEM, "origin", *_OWN_OF_ITEM)},
        "item": "item.item_id::text",
        "unit": "share.unit_id::text",
        "agency": "share.agency_id::text",
        "official": "share.official_id::text",
        "delay_voided": "coalesce(delay.voided, false)",
        "_person": "share.official_id",
        "_id": "item.item_id",
        "_item": "item.item_id",
    }


def _of_fault(words: dict[str, str]) -> dict[str, str]:
    return {
        "item": "fault.item_id::text",
        "kind": "fault.kind",
        "at": "fault.at",
        "charged_to": "fault.charged_to",
        "voided": "fault.voided",
        "official": "fault.official_id::text",
        "unit": "fault.unit_id::text",
        "derived": "fault.derived",
        "received_at": "fault.at",
        "due_at": "NULL::timestamptz",
        "finished_at": "fault.at",
        "excused": "fault.voided",
        "_person": "fault.official_id",
        "_item": "fault.item_id",
    }


def _written(value: Any) -> str:
    """A value as SQL writes it; only numbers, days and instants of our own making come here."""
    if isinstance(value, datetime | date):
        kind = "timestamptz" if isinstance(value, datetime) else "date"
        return f"'{value.isoformat()}'::{kind}"
    return f"'{value}'::bigint[]"
