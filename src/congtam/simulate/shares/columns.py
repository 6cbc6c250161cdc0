"""Rows told by `story` as Arrow columns of a snapshot's `share` table, and the faults laid to them."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from congtam.engine.expressions.nodes import Sort
from congtam.engine.facts.tables import FAULT_KINDS, ORIGINS, ROLES
from congtam.engine.facts.work import WHOLE_WEIGHT
from congtam.engine.measuring.columnar import CODE, FAULT_FIELDS, INSTANT
from congtam.engine.periods import Period
from congtam.engine.rulebook.columns import COLUMNS
from congtam.simulate.catalogue import CATALOGUE, KINDS
from congtam.simulate.shares.draws import Rows
from congtam.simulate.shares.office_time import OfficeTime, microseconds
from congtam.simulate.shares.story import NEXT, SUPPORT, Flags, Holding, Links, Telling

AGENCY_SIZE, SECTION_SIZE = 200, 12
LEFT_OUT = ("item", "month", "as_of", "counted")
STATES: tuple[str, ...] = COLUMNS["share"]["state"].codes
ITEM_STATES: tuple[str, ...] = COLUMNS["share"]["item.state"].codes
OF_KIND = np.array([KINDS.index(product.kind) for product in CATALOGUE])
COEFFICIENT = np.array([round(float(product.coefficient) * 100) for product in CATALOGUE])
SUPPORT_WEIGHT = 300_000
FAULTY, DELAY_VOIDED, EXCUSED = 0.06, 0.03, 0.005  # of the leads; of the delays; of the shares
PROCEDURES = 300
WIDE = {"weight", "satisfaction", "rating"}  # 32 bits
MIDDLE = {"coefficient", "waiting"}  # 16 bits
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Places:
    """Where officials are: agencies of 200, sections of 12; codes have as many digits as they need."""

    count: int

    @cached_property
    def officials(self) -> list[str]:
        return [f"CB{number:07d}" for number in range(1, self.count + 1)]


@dataclass(frozen=True)
class Fates:
    """What became of each row, seen at the end: instants in microseconds, and which of them have not come."""

    holding: Holding
    received: Whole
    due: Whole
    finished: Whole
    open: Flags
    late: Flags
    faulty: Flags
    voided: Flags


@dataclass(frozen=True)
class Columns:
    """Makes pieces of the two tables."""

    telling: Telling
    time: OfficeTime
    period: Period
    places: Places
    _as_of: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_as_of", microseconds(self.period.end))

    @cached_property
    def schema(self) -> pa.Schema:
        return self._share(np.arange(0))[0].schema

    @cached_property
    def fault_schema(self) -> pa.Schema:
        return pa.schema(list(FAULT_FIELDS.items()))

    def piece(self, start: int, stop: int) -> tuple[pa.Table, pa.Table]:
        """The rows from `start` to before `stop`, and the faults laid to them."""
        rows = np.arange(start, stop)
        share, links, own = self._share(rows)
        return share, self._faults(rows, links, own)

    def _fates(self, rows: Rows, links: Links) -> Fates:
        """What became of each row; faults are those laid to the row itself."""
        holding, u = self.telling.holding(rows, links), self.telling.draws.uniform
        due, finished = self.time.close(holding.due), self.time.at(holding.finished)
        late = np.minimum(finished, self._as_of) > due
        finishes = (links.kind == 0) | ((links.kind == SUPPORT) & ~links.second) | ((links.kind == NEXT) & links.second)
        faulty = finishes & (u(rows, 20) < FAULTY) & (finished < self._as_of)
        voided = late & (u(rows, 21) < DELAY_VOIDED)
        received = self.time.at(holding.received)
        return Fates(holding, received, due, finished, finished >= self._as_of, late, faulty, voided)

    def _share(self, rows: Rows) -> tuple[pa.Table, Links, Fates]:
        links = self.telling.links(rows)
        own = self._fates(rows, links)
        passed = (links.kind == NEXT) & ~links.second & ~own.open
        values = {**self._of_item(rows, links, own), **self._of_share(rows, links, own, passed)}
        table = {
            name: _stored(name, values[name]) for name in COLUMNS["share"] if name not in LEFT_OUT and name in values
        }
        official = self.telling.official(rows)
        helps = links.second & (links.kind == SUPPORT)
        table["_official"] = pa.array(official, pa.int32())
        table["_row"] = pa.array(rows, pa.int32())
        table["_item"] = pa.array(np.where(links.second, links.other, rows), pa.int32())
        table["_spell"] = self._coded(official, lambda number: f"{self.places.officials[number]}-1")
        table["_lead_weight"] = pa.array(_lead_weight(links, helps), pa.int32())
        table["_several"] = pa.array(np.zeros(len(rows), dtype=bool))
        return pa.table(table), links, own

    def _of_share(self, rows: Rows, links: Links, own: Fates, passed: Flags) -> dict[str, Any]:
        """The columns that the holder's part has for itself."""
        u = self.telling.draws.uniform
        official = self.telling.official(rows)
        helps = links.second & (links.kind == SUPPORT)
        ended = ~own.open
        accepted = ended & ~passed & (u(rows, 30) < 0.88)
        taken = own.holding.received + 0.02 + 0.5 * u(rows, 31)
        taken_up = self.time.at(np.minimum(taken, own.holding.finished))
        return {
            "official": self._coded(official, lambda number: self.places.officials[number]),
            "unit": self._coded(official // SECTION_SIZE, lambda number: f"P{number + 1:06d}"),
            "agency": self._coded(official // AGENCY_SIZE, lambda number: f"CQ{number + 1:05d}"),
            "role": np.where(helps, ROLES.index("support"), ROLES.index("lead")),
            "state": np.where(passed, _state("passed_on"), np.where(ended, _state("finished"), _state("open"))),
            "weight": _weight(links, helps),
            "received_at": own.received,
            "taken_up_at": np.ma.masked_array(taken_up, (u(rows, 32) > 0.92) | (taken_up >= self._as_of)),
            "due_at": own.due,
            "finished_at": np.ma.masked_array(own.finished, own.open),
            "accepted_at": np.ma.masked_array(self.time.at(own.holding.finished + 0.4), ~accepted),
            "accepted": accepted,
            "excused": ended & own.late & (u(rows, 33) < EXCUSED / 0.28),
            "delay_voided": own.voided,
            "rating": np.ma.masked_array(self._marks(rows, own.late, 34), ~(helps & ended & (u(rows, 35) < 0.75))),
        }

    def _of_item(self, rows: Rows, links: Links, own: Fates) -> dict[str, Any]:
        """The columns of the item, the same for every row of it."""
        u, item = self.telling.draws.uniform, np.where(links.second, links.other, rows)
        product = self.telling.product(item)
        kind = OF_KIND[product]
        received, due = self.telling.arrival(item)
        finished = self._item_finished(links, own)
        late, ended = finished > self.time.close(due), finished < self._as_of
        citizen = np.isin(kind, (KINDS.index("dossier"), KINDS.index("exchange")))
        initiative = kind == KINDS.index("initiative")
        self_started = ~citizen & (initiative | (u(item, 40) < 0.12))
        origin = np.where(citizen, ORIGINS.index("citizen"), ORIGINS.index("assigned"))
        extended = ended & ~late & (u(item, 42) < 0.02)
        moved_late = late & (u(item, 43) < 0.05)
        paused = ~late & (u(item, 44) < np.where(kind == KINDS.index("dossier"), 0.14, 0.015))
        dossier = kind == KINDS.index("dossier")
        procedure = self.telling.draws.below(item, 45, PROCEDURES)
        at_counter = (u(item, 46) < 0.1).astype(np.int64)
        return {
            "kind": self._coded(kind, lambda number: KINDS[number]),
            "origin": np.where(self_started, ORIGINS.index("self_started"), origin),
            "source": self._coded(citizen.astype(np.int64), lambda one: "mot-cua" if one else "dieu-hanh"),
            "procedure": self._coded(procedure, lambda number: f"TTHC-{number + 1:03d}", ~dossier),
            "catalogue": self._coded(product, lambda number: CATALOGUE[number].code),
            "channel": self._coded(at_counter, lambda one: ("online", "counter")[one], ~citizen),
            "coefficient": COEFFICIENT[product],
            "promised_at": np.ma.masked_array(self.time.close(due), ~citizen),
            "returns": (u(item, 47) < 0.02).astype(np.int64),
            "extensions": extended.astype(np.int64),
            "late_extensions": moved_late.astype(np.int64),
            "reopened": (citizen & ended & (u(item, 48) < 0.05)).astype(np.int64),
            "requests": (paused & dossier).astype(np.int64),
            "waiting": np.where(paused, 480 * (1 + self.telling.draws.below(item, 49, 4)), 0),
            "over_limit": np.zeros(len(rows), dtype=bool),
            "signed": ended & np.isin(kind, [KINDS.index(one) for one in ("document", "report", "dossier")]),
            "recognised": initiative & ended & (u(item, 50) < 0.45),
            "satisfaction": np.ma.masked_array(self._marks(item, late, 51), ~(citizen & ended & (u(item, 52) < 0.4))),
            "item.received_at": self.time.at(received),
            "item.due_at": self.time.close(due),
            "item.finished_at": np.ma.masked_array(finished, ~ended),
            "item.state": np.where(ended, ITEM_STATES.index("finished"), ITEM_STATES.index("open")),
        }

    def _item_finished(self, links: Links, own: Fates) -> Whole:
        """When the item is finished: with the row itself, or with the other row where that one finishes it."""
        elsewhere = (links.kind == NEXT) & ~links.second | ((links.kind == SUPPORT) & links.second)
        rows = links.other[elsewhere]
        finished = own.finished.copy()
        finished[elsewhere] = self._fates(rows, self.telling.links(rows)).finished
        return finished

    def _marks(self, rows: Rows, late: Flags, question: int) -> Whole:
        """Marks of 3 to 5 in millionths, lower for late work."""
        drawn = self.telling.draws.uniform(rows, question)
        better = np.where(late, 0.5, 0.1)
        return (3 + (drawn > better).astype(np.int64) + (drawn > better + 0.3)) * WHOLE_WEIGHT

    def _coded(self, numbers: Rows, text: Any, blank: Flags | None = None) -> pa.Array:
        """Texts by dictionary, from numbers."""
        used, places = np.unique(numbers, return_inverse=True)
        words = pa.array([text(int(number)) for number in used], pa.string())
        return pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int32), mask=blank), words)

    def _faults(self, rows: Rows, links: Links, own: Fates) -> pa.Table:
        """The faults of each row's item: its own, and those of the other row of the item."""
        shared = np.flatnonzero(links.kind != 0)
        there = links.other[shared]
        other = self._fates(there, self.telling.links(there))
        table = pa.concat_tables(
            [
                *_laid(rows, own, np.ones(len(rows), dtype=bool)),
                *_laid(rows[shared], other, np.zeros(len(shared), dtype=bool)),
            ]
        )
        return table.sort_by([("_row", "ascending"), ("own", "descending"), ("kind", "ascending")])


def _laid(rows: Rows, fates: Fates, own: Flags) -> list[pa.Table]:
    """The faults of some rows, `own` where they are laid to that very row."""
    return [
        _fault_table(rows, own, fates.late, fates.due, "delay", fates.voided),
        _fault_table(rows, own, fates.faulty, fates.finished, "quality", np.zeros(len(rows), dtype=bool)),
    ]


def _fault_table(rows: Rows, own: Flags, those: Flags, at: Whole, kind: str, voided: Flags) -> pa.Table:
    count = int(those.sum())
    return pa.table(
        {
            "_row": pa.array(rows[those], pa.int32()),
            "kind": pa.array(np.full(count, FAULT_KINDS.index(kind)), CODE),
            "at": pa.array(at[those]).cast(INSTANT),
            "charged_to": pa.nulls(count, pa.date32()),
            "voided": pa.array(voided[those]),
            "derived": pa.array(np.full(count, kind == "delay")),
            "own": pa.array(own[those]),
        }
    )


def _weight(links: Links, helps: Flags) -> Whole:
    of_supported = np.where(helps, SUPPORT_WEIGHT, WHOLE_WEIGHT - SUPPORT_WEIGHT)
    return np.where(links.kind == SUPPORT, of_supported, np.where(links.kind == NEXT, WHOLE_WEIGHT // 2, WHOLE_WEIGHT))


def _lead_weight(links: Links, helps: Flags) -> Whole:
    """Under `credit: lead_whole`: being helped leaves the lead whole."""
    return np.where(helps, SUPPORT_WEIGHT, np.where(links.kind == NEXT, WHOLE_WEIGHT // 2, WHOLE_WEIGHT))


def _state(code: str) -> int:
    return STATES.index(code)


def _stored(name: str, values: Any) -> pa.Array:
    """A column as a snapshot stores it."""
    if isinstance(values, pa.Array):
        return values
    blank = np.ma.getmaskarray(values) if isinstance(values, np.ma.MaskedArray) else None
    plain = np.ma.getdata(values)
    kind = COLUMNS["share"][name]
    if kind.sort is Sort.INSTANT:
        return pa.array(plain, pa.int64(), mask=blank).cast(INSTANT)
    if kind.sort is Sort.BOOLEAN:
        return pa.array(plain, pa.bool_(), mask=blank)
    if kind.codes:
        return pa.array(plain, CODE, mask=blank)
    width = pa.int32() if name in WIDE else pa.int16() if name in MIDDLE else pa.int8()
    return pa.array(plain, width, mask=blank)
