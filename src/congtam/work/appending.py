"""Items by the keys of their source, and events appended to them, many at a time. Call it inside `in_order()`."""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from struct import Struct
from typing import NamedTuple

from django.db import connection

from congtam.history.copying import copy_in, json, microseconds, number, numbers, text, texts
from congtam.people.names import search_key
from congtam.work.lookup import last_digits, lookup_digest

COLUMNS = (
    "item_id, recorded_at, at, official_id, unit_id, activity, counterpart, value, decision, attributes, record, place"
)
_START = Struct(">hiqiqiq")  # the count of the cells, then the length and the value of the first three


class Line(NamedTuple):
    """One event to be appended: everything by number; `attributes` as JSON text."""

    item: int
    at: datetime
    activity: str
    official: int | None
    unit: int | None
    counterpart: str
    value: str
    decision: str
    attributes: str
    record: int | None
    place: str


class Called(NamedTuple):
    """What an item is called: blank parts leave what is known."""

    item: int
    title: str
    symbol: str
    phone: str


def items_named(source: int, keys: Collection[str]) -> dict[str, int]:
    """The items of a source by key; those it never spoke of come into being."""
    wanted = list(dict.fromkeys(keys))
    with connection.cursor() as cursor:
        known = "SELECT key, id FROM work_item WHERE source_id = %s AND key = ANY(%s::text[])"
        cursor.execute(known, [source, texts(wanted)])
        found = dict(cursor.fetchall())
        new = [key for key in wanted if key not in found]
        if new:
            more = "INSERT INTO work_item (source_id, key) SELECT %s, unnest(%s::text[]) RETURNING key, id"
            cursor.execute(more, [source, texts(new)])
            found.update(cursor.fetchall())
    return found


def append(lines: Sequence[Line], recorded_at: datetime) -> None:
    """Append events; the database numbers them in the order given."""
    if not lines:
        return
    known, rows = microseconds(recorded_at), []
    said_by, where, end = None, "", b""
    for item, at, activity, official, unit, counterpart, value, decision, attributes, record, place in lines:
        if not end or record != said_by or place is not where:
            said_by, where, end = record, place, number(record) + text(place)
        start = _START.pack(12, 8, item, 8, known, 8, microseconds(at)) + _number(official) + _number(unit)
        rows.append(start + _said(activity, counterpart, value, decision, attributes) + end)
    copy_in("work_event", COLUMNS, rows)


_number = lru_cache(1 << 13)(number)


@lru_cache(1 << 13)
def _said(activity: str, counterpart: str, value: str, decision: str, attributes: str) -> bytes:
    return text(activity) + text(counterpart) + text(value) + text(decision) + json(attributes.encode())


def mark(items: Iterable[int]) -> None:
    """Items that wait to be folded. A mark that stands is locked, so that a fold under way cannot take it away before
    what was appended can be seen."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO work_tofold (item_id) SELECT DISTINCT unnest(%s::bigint[]) ORDER BY 1 "
            "ON CONFLICT (item_id) DO UPDATE SET not_before = NULL",
            [numbers(items)],
        )
        cursor.execute("NOTIFY congtam_live")


def describe(called: Iterable[Called]) -> None:
    """Write down what items are called; of several texts for one item the last."""
    rows: dict[int, tuple[object, ...]] = {}
    for one in called:
        digits = last_digits(one.phone)
        salt = secrets.token_bytes(16) if digits else None
        digest = lookup_digest(salt, digits) if salt else None
        rows[one.item] = (
            one.item, one.title, one.symbol, symbol_key(one.symbol), search_key(one.title), salt, digest
        )  # fmt: skip
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO work_itemtext AS text
                (item_id, title, symbol, symbol_key, search_key, lookup_salt, lookup_digest)
            SELECT * FROM unnest(
                %s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::bytea[], %s::bytea[])
            ON CONFLICT (item_id) DO UPDATE SET
                title = coalesce(nullif(excluded.title, ''), text.title),
                symbol = coalesce(nullif(excluded.symbol, ''), text.symbol),
                symbol_key = coalesce(nullif(excluded.symbol_key, ''), text.symbol_key),
                search_key = coalesce(nullif(excluded.search_key, ''), text.search_key),
                lookup_salt = coalesce(excluded.lookup_salt, text.lookup_salt),
                lookup_digest = coalesce(excluded.lookup_digest, text.lookup_digest)
            """,
            [list(column) for column in zip(*rows.values(), strict=True)],
        )


def symbol_key(symbol: str) -> str:
    """Number and symbol (số/ký hiệu) as it is compared: without diacritics, blanks and leading zeros."""
    plain = search_key(symbol).replace(" ", "").replace("–", "-")
    number, mark_, rest = plain.partition("/")
    return f"{number.lstrip('0') or number}{mark_}{rest}"[:120]


def standing_events(records: Mapping[int, int]) -> dict[int, list[tuple[int, Line]]]:
    """The events that given records said and that were not taken back, with their numbers, by record; in order.

    `records`: the item of each record.
    """
    found: dict[int, list[tuple[int, Line]]] = {}
    if not records:
        return found
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT seq, item_id, at, activity, official_id, unit_id, counterpart, value, decision, attributes::text,
                   record, place
            FROM work_event event
            WHERE item_id = ANY(%s) AND record = ANY(%s) AND activity <> 'withdrawn'
              AND NOT EXISTS (
                SELECT FROM work_event back
                WHERE back.item_id = event.item_id AND back.activity = 'withdrawn' AND back.value = event.seq::text)
            ORDER BY seq
            """,
            [list(set(records.values())), list(records)],
        )
        for seq, *rest in cursor.fetchall():
            line = Line(*rest)
            found.setdefault(line.record or 0, []).append((seq, line))
    return found
