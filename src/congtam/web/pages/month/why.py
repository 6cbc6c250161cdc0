"""A score opened as a page: total, parts, figures, rows, work, records; every sentence is the engine's own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from congtam.engine.explaining.formats import scaled
from congtam.engine.explaining.parts import figures_behind
from congtam.engine.explaining.sentences import Line, explain
from congtam.engine.explaining.words import CERTAINTIES
from congtam.engine.rulebook.model import Certainty, LegalBasis
from congtam.engine.scoring.run import Run
from congtam.engine.scoring.tree import PartScore
from congtam.engine.trace import Trace, TraceIndicator, TraceRow
from congtam.web.pages.worklist.words import ACTIVITIES
from congtam.work.models import Event


@dataclass(frozen=True)
class Row:
    """What one piece of work gave to a figure, as people read it; `opened`: it stands further down on the page."""

    item: str
    code: str
    name: str
    top: str
    bottom: str
    unknown: bool
    opened: bool


@dataclass(frozen=True)
class Figure:
    """One indicator: its sentence, on what it rests in law, and of the `n` rows it counts those shown."""

    id: str
    said: str
    basis: str
    unverified: bool
    n: int
    rows: list[Row]
    behind: list["Figure"]


@dataclass(frozen=True)
class Part:
    """A part of the scorecard with its figures."""

    id: str
    title: str
    said: str
    figures: list[Figure]
    parts: list["Part"]


@dataclass(frozen=True)
class Record:
    """One record behind a piece of work: its number, when it happened and became known, and where it stands."""

    seq: int
    at: datetime
    recorded_at: datetime
    what: str
    place: str
    source: str


@dataclass(frozen=True)
class Work:
    """A piece of work that cost points: the engine's sentences and its records."""

    item: str
    said: list[Line]
    records: list[Record]


@dataclass(frozen=True)
class Why:
    """The whole page."""

    summary: list[str]
    parts: list[Part]
    conditions: list[str]
    work: list[Work]
    within_reach: list[str]
    basis: list[str]


def told(run: Run, trace: Trace, lang: str, most: int | None = None) -> Why:
    """The page of a score. `run` holds the names of what it speaks of. `most`: so many rows of each figure are shown,
    those that cost points first, and so much work that cost points, the costliest first (None: all)."""
    page = _Page(run, trace, lang, most)
    return Why(
        page.section("header") + page.section("total", "graded", "months"),
        [page.part(one) for one in trace.parts],
        page.conditions(),
        page.work(),
        page.section("pending", "reach"),
        page.section("rulebook.notice", "indicators", "header", last=True),
    )


class _Page:
    def __init__(self, run: Run, trace: Trace, lang: str, most: int | None):
        self.run, self.trace, self.lang, self.most = run, trace, lang, most
        self.lines = [line for section in explain(run, trace, lang) for line in section.lines]
        costly = {line.node.split(".")[1] for line in self.lines if line.node.startswith("records.")}
        self.opened = dict.fromkeys([record.item for record in trace.records if record.item in costly][:most])
        self.said = {line.node: line.text for line in self.lines if line.node.startswith(("parts.", "indicators."))}

    def section(self, *nodes: str, last: bool = False) -> list[str]:
        """The sentences of some nodes. The node `header` is told twice: what is scored, and at the end on what."""
        found = [line for line in self.lines if any(_under(line.node, node) for node in nodes)]
        headers = [line for line in found if line.node == "header"]
        left_out = headers[:1] if last else headers[1:]
        return [line.text for line in found if line not in left_out and not line.node.startswith("indicators.")]

    def part(self, part: PartScore) -> Part:
        """A part with what is inside it."""
        names = part.indicators
        return Part(
            part.id,
            part.title.in_(self.lang),
            self.said.get(f"parts.{part.id}", part.title.in_(self.lang)),
            [self.figure(self.trace.indicators[name]) for name in names if name in self.trace.indicators],
            [self.part(one) for one in part.parts],
        )

    def figure(self, one: TraceIndicator) -> Figure:
        """A figure with its rows and those it is computed from."""
        behind = [self.trace.indicators[name] for name in figures_behind(self.run, one.id)]
        return Figure(
            one.id,
            self.said.get(f"indicators.{one.id}", one.title.in_(self.lang)),
            basis_said(one.legal_basis, one.certainty, self.lang),
            one.certainty is Certainty.UNVERIFIED,
            len(one.rows),
            [self._row(one, row.item, row.top, row.bottom, row.unknown) for row in self._shown(one)],
            [self.figure(inner) for inner in behind],
        )

    def conditions(self) -> list[str]:
        """Figures that only conditions of grades read."""
        shown = {f"indicators.{name}" for part in self.trace.parts for name in _figures(self.run, part)}
        return [text for node, text in self.said.items() if node.startswith("indicators.") and node not in shown]

    def work(self) -> list[Work]:
        """Every piece of work that cost points, with its records."""
        costly = [record for record in self.trace.records if record.item in self.opened]
        records = records_of({seq for one in costly for seq in one.records}, self.lang)
        return [
            Work(
                one.item,
                [
                    line
                    for line in self.lines
                    if _under(line.node, f"records.{one.item}") and not line.node.endswith(".records")
                ],
                [records[seq] for seq in one.records if seq in records],
            )
            for one in costly
        ]

    def _shown(self, one: TraceIndicator) -> Sequence[TraceRow]:
        return one.rows if self.most is None else sorted(one.rows, key=lambda row: row.top >= row.bottom)[: self.most]

    def _row(self, one: TraceIndicator, item: str, top: int, bottom: int, unknown: bool) -> Row:
        names = self.run.facts.named
        return Row(
            item,
            names.get(("item.code", item), item),
            names.get(("item", item), ""),
            scaled(top, one.top_scale, self.lang),
            scaled(bottom, one.bottom_scale, self.lang),
            unknown,
            item in self.opened,
        )


def records_of(seqs: Iterable[int], lang: str) -> Mapping[int, Record]:
    """Records by number, with the file and row (or the push) they came from. One query."""
    rows = Event.objects.filter(seq__in=list(seqs)).select_related("item__source")
    return {
        one.seq: Record(
            one.seq,
            one.at,
            one.recorded_at,
            ACTIVITIES[one.activity].in_(lang) if one.activity in ACTIVITIES else one.activity,
            one.place,
            one.item.source.name,
        )
        for one in rows
    }


def basis_said(basis: LegalBasis | None, certainty: Certainty, lang: str) -> str:
    """An act with its article, and how sure that is."""
    sure = CERTAINTIES[certainty].in_(lang)
    if basis is None:
        return sure
    where = f"{basis.act}, {basis.article}" if basis.article else basis.act
    return f"{where} – {sure}"


def _figures(run: Run, part: PartScore) -> Iterable[str]:
    for name in part.indicators:
        yield name
        yield from figures_behind(run, name)
    for inside in part.parts:
        yield from _figures(run, inside)


def _under(node: str, root: str) -> bool:
    return node == root or node.startswith(f"{root}.")
