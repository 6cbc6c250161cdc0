"""Records into the database, a chunk at a time and set by set: versions decide, events are appended or taken back."""

import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from struct import Struct
from typing import Any, NamedTuple

from django.db import connection

from congtam.history.copying import copy_in, number, numbers, text, texts
from congtam.history.copying import json as json_cell
from congtam.intake.checking import ITS_ITEM, Checked
from congtam.intake.difference import difference
from congtam.intake.models import Batch, SetAside
from congtam.intake.telling import Answer, Result, Told, Unread
from congtam.intake.words import Problem
from congtam.work.appending import Called, Line, append, describe, items_named, mark, standing_events
from congtam.work.same_work import propose

SALT = 16
_RECORD = Struct(">hiqiqiq")  # the count of the cells, then the length and the value of each: id, batch, source
_SAID = Struct(">iqiqi32si?i?")  # version, item, digest, whether it is withdrawn, whether it stands
_PAYLOAD = Struct(f">hiqi{SALT}s")  # the count, record, salt


class Known(NamedTuple):
    """A version of a record that the site has."""

    id: int
    version: int
    item: int | None
    digest: bytes
    salt: bytes
    standing: bool
    withdrawn: bool
    taken_back: bool
    came_in: int


@dataclass(slots=True)
class _New:
    """A version to be written. `instead_of`: the standing one whose place it takes; `versions`: all of the key, for
    events may still be under the number of one that was taken back."""

    checked: Checked
    version: int
    standing: bool = True
    instead_of: Known | None = None
    versions: Sequence[Known] = ()
    id: int = 0


@dataclass
class Chunk:
    """What is decided about a chunk, and then written with a few statements. `answering`: each record is answered, not
    only counted."""

    batch: Batch
    now: datetime
    answering: bool = True
    new: list[_New] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    counts: Counter[Result] = field(default_factory=Counter)

    def put_aside(self, position: int, row: Unread) -> None:
        """Set a record or row aside."""
        said = {"place": row.place[:300], "message": row.message, "advice": row.advice, "cells": dict(row.cells)}
        self.aside.append(SetAside(batch=self.batch, code=row.code, came_in=row.came_in, **cleaned(said)))
        self.counts["set_aside"] += 1
        if self.answering:
            why = (row.code, row.message, row.advice)
            self.answers.append(Answer(position, row.key, row.version, "set_aside", *why))

    def answer(self, position: int, checked: Checked, version: int, result: Result, code: str = "") -> None:
        """Say what became of a record."""
        self.counts[result] += 1
        if self.answering:
            self.answers.append(Answer(position, checked.told.key, version, result, code))

    def in_turn(self) -> list[Answer]:
        """The answers in the order of the records."""
        return sorted(self.answers, key=lambda answer: answer.position)


def cleaned(said: dict[str, Any]) -> dict[str, Any]:
    """The same with signs in place of characters the database cannot keep, so that a person can see and mend them."""
    text = json.dumps(said, ensure_ascii=False).replace("\\u0000", "\u2400")
    whole: dict[str, Any] = json.loads(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    return whole


def refused(told: Told, problem: Problem) -> Unread:
    """A record that cannot be used, as a row set aside: with the cells it was made of, else with what it says."""
    cells = told.cells
    if cells is None:
        cells = told.body() | {"version": told.version} | ({"phone": told.phone} if told.phone else {})
    why = (problem.code, problem.message, problem.advice)
    return Unread(told.place, *why, cells, told.came_in, told.key, told.version)


def store(chunk: Chunk, records: Sequence[tuple[int, Checked]]) -> None:
    """Write records (with their positions) that each have a key of their own, and whatever was set aside before. Inside
    `in_order()`."""
    known = known_versions(chunk.batch.source_id, [checked.told.key for _, checked in records])
    for position, checked in records:
        _decide(chunk, position, checked, known.get(checked.told.key, ()))
    SetAside.objects.bulk_create(chunk.aside)
    if chunk.new:
        items = items_of_all(chunk.batch.source_id, [one.checked for one in chunk.new])
        _write_records(chunk, items)
        standing = [one for one in chunk.new if one.standing]
        tell([Telling(one.checked, one.id, one.versions) for one in standing], items, chunk.now)
    chunk.new, chunk.aside = [], []


def items_of_all(source: int, records: Iterable[Checked]) -> dict[str, int]:
    """The numbers of all items that records speak of, by key."""
    told = list(records)
    others = [said.names for checked in told for said in checked.said if said.names]
    return items_named(source, [*[checked.item for checked in told], *others])


def known_versions(source: int, keys: Sequence[str]) -> Mapping[str, list[Known]]:
    """Every version of records by key, each asked for once, also those taken back with their batch: each half has an
    index of its own. The keys are looked up one by one, for the database would rather read a whole table of some
    hundred thousand records than look for thousands of keys at once."""
    found: dict[str, list[Known]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT found.key, found.id, version, item_id, digest, salt, standing, withdrawn,
                   taken_back_id IS NOT NULL, coalesce(came_in, batch_id)
            FROM unnest(%(keys)s::text[]) AS asked (key) CROSS JOIN LATERAL (
                SELECT * FROM intake_record
                WHERE source_id = %(source)s AND key = asked.key AND taken_back_id IS NULL
                UNION ALL
                SELECT * FROM intake_record
                WHERE source_id = %(source)s AND key = asked.key AND taken_back_id IS NOT NULL
            ) AS found JOIN intake_payload payload ON payload.record_id = found.id
            """,
            {"source": source, "keys": texts(keys)},
        )
        for key, *rest in cursor.fetchall():
            found[key].append(Known(*rest))
    return found


def _decide(chunk: Chunk, position: int, checked: Checked, versions: Sequence[Known]) -> None:
    version = checked.told.version
    held = [one for one in versions if not one.taken_back]
    standing = next((one for one in held if one.standing), None) if held else None
    if standing is None:
        chunk.new.append(_New(checked, 1 if version is None else version, versions=versions))
        chunk.answer(position, checked, chunk.new[-1].version, "accepted", _withdrawn(checked))
        return
    if version is None:
        if (same := _same(standing, checked)) or _older(checked, standing):
            chunk.answer(position, checked, standing.version, "unchanged", "" if same else "outdated")
            return
        version = max(one.version for one in held) + 1
    twin = next((one for one in held if one.version == version), None)
    if twin is not None:
        _again(chunk, position, checked, twin)
    elif version < standing.version:
        chunk.new.append(_New(checked, version, standing=False, versions=versions))
        chunk.answer(position, checked, version, "unchanged", "outdated")
    else:
        chunk.new.append(_New(checked, version, instead_of=standing, versions=versions))
        chunk.answer(position, checked, version, "updated", _withdrawn(checked))


def _withdrawn(checked: Checked) -> str:
    return "withdrawn" if checked.told.withdrawn else ""


def _older(checked: Checked, standing: Known) -> bool:
    """Whether a record told again came in before what stands now."""
    return checked.told.came_in is not None and checked.told.came_in < standing.came_in


def _same(known: Known, checked: Checked) -> bool:
    return checked.digest(bytes(known.salt)) == bytes(known.digest)


def _again(chunk: Chunk, position: int, checked: Checked, twin: Known) -> None:
    """A version that came before: the same text again, or a contradiction."""
    if _same(twin, checked):
        chunk.answer(position, checked, twin.version, "unchanged", "" if twin.standing else "outdated")
        return
    problem = Problem("version-conflict", version=twin.version, key=checked.told.key)
    chunk.put_aside(position, refused(checked.told, problem)._replace(version=twin.version))


def _write_records(chunk: Chunk, items: Mapping[str, int]) -> None:
    new, batch = chunk.new, chunk.batch
    salts = os.urandom(SALT * len(new))
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('intake_record_id_seq') FROM generate_series(1, %s)", [len(new)])
        for one, (id_,) in zip(new, cursor.fetchall(), strict=True):
            one.id = id_
        closed = [one.instead_of.id for one in new if one.instead_of]
        if closed:
            cursor.execute("UPDATE intake_record SET standing = false WHERE id = ANY(%s::bigint[])", [numbers(closed)])
    batch_id, source_id = batch.pk, batch.source_id
    records, payloads = [], []
    for at, one in enumerate(new):
        told, body, salt = one.checked.told, one.checked.text, salts[at * SALT : (at + 1) * SALT]
        item, digest = items[one.checked.item], one.checked.digest(salt)
        start = _RECORD.pack(10, 8, one.id, 8, batch_id, 8, source_id) + text(told.key)
        said = _SAID.pack(8, one.version, 8, item, 32, digest, 1, told.withdrawn, 1, one.standing)
        records.append(start + said + number(told.came_in))
        payloads.append(_PAYLOAD.pack(3, 8, one.id, SALT, salt) + json_cell(body))
    columns = "id, batch_id, source_id, key, version, item_id, digest, withdrawn, standing, came_in"
    copy_in("intake_record", columns, records)
    copy_in("intake_payload", "record_id, salt, body", payloads)


class Telling(NamedTuple):
    """A record that stands now, by its number (0: nothing stands any more), with every version of its key before."""

    checked: Checked
    id: int
    versions: Sequence[Known]


def tell(tellings: Sequence[Telling], items: Mapping[str, int], now: datetime) -> None:
    """Make the events of records what they say now: what is new is appended, what fell away taken back, and what stays
    not touched."""
    before = standing_events(
        {version.id: version.item for one in tellings for version in one.versions if version.item is not None}
    )
    lines: list[Line] = []
    touched: set[int] = set()
    for one in tellings:
        came = _lines(items, one)
        if old := sorted(event for version in one.versions for event in before.get(version.id, ())):
            fell, came = difference(old, came)
            lines += [_taken_back(seq, line, one.id or None, now) for seq, line in fell]
            touched.update(line.item for _, line in fell)
        lines += came
        if came:
            touched.add(items[one.checked.item])
    append(lines, now)
    if touched:
        mark(touched)
    told = [(items[one.checked.item], one.checked.told) for one in tellings]
    called = [Called(item, one.title, one.symbol, one.phone) for item, one in told]
    called = [one for one in called if any(one[1:])]
    describe(called)
    propose([one.item for one in called if one.symbol])


def _lines(items: Mapping[str, int], one: Telling) -> list[Line]:
    item, record, place = items[one.checked.item], one.id, one.checked.told.place
    lines = []
    for at, activity, official, unit, counterpart, value, decision, attributes, names in one.checked.said:
        if names:
            value = value.replace(ITS_ITEM, str(items[names]))
        lines.append(Line(item, at, activity, official, unit, counterpart, value, decision, attributes, record, place))
    return lines


def _taken_back(seq: int, line: Line, record: int | None, now: datetime) -> Line:
    return Line(line.item, now, "withdrawn", None, None, "", str(seq), "", "{}", record, "")
