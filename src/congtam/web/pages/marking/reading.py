"""The rating page laid out: one criterion, everyone of the rater's people on it, and how far the rater has come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from congtam.access.gate import Right, over_person
from congtam.access.seats import Seat
from congtam.cycles.models import Cycle
from congtam.cycles.queries import period_of, require
from congtam.engine.explaining import formats
from congtam.engine.explaining.formats import scaled
from congtam.engine.periods import local_day
from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.points import POINT
from congtam.history.refused import Refused
from congtam.marking.figures import Record, records_of
from congtam.marking.queries import Cell, Sheet, sheet
from congtam.orgs.queries import names_of as units_named
from congtam.people.models import Person
from congtam.people.queries import names_of, staff_of
from congtam.ratings.asked import Criterion
from congtam.web.pages.marking.typed import Typed, standing


@dataclass(frozen=True)
class Tab:
    """One criterion among those asked: how many of its marks are answered."""

    criterion: Criterion
    done: int
    n: int


@dataclass(frozen=True)
class Row:
    """One person on one criterion. `own`: the reader answers (or answered) it; `by`: who else did; `told`: who could
    not tell, and why; `next`: who is asked now, where it is not the reader; `opens`: the reader may open the person's
    points."""

    person: int
    code: str
    name: str
    title: str
    unit: str
    record: Record
    cell: Cell
    own: bool
    by: str
    told: list[tuple[str, str]]
    next: str
    opens: bool
    typed: Typed
    problem: Text | None = None

    @property
    def kept(self) -> Text:
        """That the mark stands."""
        value = self.cell.given.value if self.cell.given else None
        told = {lang: formats.points(value, lang, 2) for lang in ("vi", "en")}
        return Text(vi=f"Đã ghi {told['vi']}", en=f"Written down: {told['en']}")

    @property
    def passed(self) -> Text:
        """To whom the question went."""
        if not self.next:
            return Text(
                vi="Không đủ căn cứ; không còn người chấm, Hội đồng xét", en="Nobody can tell; for the committee"
            )
        return Text(vi=f"Không đủ căn cứ; đã chuyển {self.next}", en=f"Cannot tell; passed on to {self.next}")


@dataclass(frozen=True)
class Page:
    """One criterion of a cycle for one rater. `closed`: why nothing can be written now (None: it can)."""

    cycle: Cycle
    tabs: list[Tab]
    criterion: Criterion | None
    rows: list[Row]
    closed: Text | None
    done: int
    n: int

    @property
    def outcomes(self) -> list[str]:
        """The only marks there are, as they are written; none: any."""
        return [scaled(one, 6, "vi") for one in self.criterion.outcomes] if self.criterion else []

    @property
    def why(self) -> str:
        """Between which marks a reason is needed, for the keyboard: 27.000000:30.000000 0.000000:14.999999."""
        if self.criterion is None or self.criterion.anchors is None or self.criterion.outcomes:
            return ""
        above, told = self.criterion.most + 1, []
        for anchor in self.criterion.anchors.levels:
            start = int(anchor.from_ * POINT)
            if anchor.reason:
                told.append(f"{start / POINT:.6f}:{(above - 1) / POINT:.6f}")  # `:g` would round up to the next band
            above = start
        return " ".join(told)


def page_of(
    seat: Seat,
    cycle: Cycle,
    criterion: str,
    now: datetime,
    typed: Mapping[int, Typed] | None = None,
    problems: Mapping[int, Text] | None = None,
) -> Page:
    """The page of a rater on a criterion (an unknown one: the first with something left); `typed` and `problems` by
    person where something was just sent and not taken."""
    found = sheet(seat, cycle, now=now)
    tabs = [_tab(seat, cells) for cells in found.columns.values()]
    chosen = next((one for one in tabs if one.criterion.criterion == criterion), None)
    chosen = chosen or next((one for one in tabs if one.done < one.n), tabs[0] if tabs else None)
    cells = found.columns[chosen.criterion.criterion] if chosen else ()
    return Page(
        cycle,
        tabs,
        chosen.criterion if chosen else None,
        _rows(seat, found, cells, now, typed or {}, problems or {}),
        _closed(cycle, now),
        sum(tab.done for tab in tabs),
        sum(tab.n for tab in tabs),
    )


def _tab(seat: Seat, cells: Sequence[Cell]) -> Tab:
    return Tab(cells[0].criterion, sum(_answered(one, seat.person) for one in cells), len(cells))


def _answered(cell: Cell, rater: int | None) -> bool:
    return cell.given is not None or (rater not in cell.asked)


def _closed(cycle: Cycle, now: datetime) -> Text | None:
    try:
        require(cycle, "rating", now)
    except Refused as refusal:
        return refusal.text
    return None


def _rows(
    seat: Seat,
    found: Sheet,
    cells: Iterable[Cell],
    now: datetime,
    typed: Mapping[int, Typed],
    problems: Mapping[int, Text],
) -> list[Row]:
    told = list(cells)
    people = [one.member.person for one in told]
    day, period = local_day(now), period_of(found.cycle)
    places = _places(told, day)
    others = {answer.by for one in told for answer in (*one.told, one.standing) if answer}
    others |= {one.asked[0] for one in told if one.asked}
    names = names_of({*people, *others})
    codes = dict(Person.objects.filter(pk__in=people).values_list("pk", "code"))
    units = units_named({one.member.unit for one in told}, day)
    records = records_of(people, period, now)
    rows = []
    for one in _by_unit(told, places):
        person = one.member.person
        by = one.standing.by if one.standing and one.standing.by != seat.person and one.given else None
        rows.append(
            Row(
                person,
                codes[person],
                str(names.get(person, codes[person])),
                places.get(person, (0, ""))[1],
                units.get(one.member.unit, ""),
                records.get(person, Record()),
                one,
                by is None and _may(seat, one),
                names.get(by, f"#{by}") if by else "",
                [(names.get(answer.by, ""), answer.reason) for answer in one.told if answer.by != seat.person],
                names.get(one.asked[0], "") if one.asked and seat.person not in one.asked else "",
                over_person(seat, Right.SEE_POINTS, person),
                typed.get(person) or standing(one, seat.person),
                problems.get(person),
            )
        )
    return rows


def _by_unit(told: Iterable[Cell], places: Mapping[int, tuple[int, str]]) -> list[Cell]:
    """As people stand in lists, those of a unit together."""
    found = sorted(told, key=lambda cell: places.get(cell.member.person, (len(places), "")))
    units = list(dict.fromkeys(cell.member.unit for cell in found))
    return sorted(found, key=lambda cell: units.index(cell.member.unit))


def _may(seat: Seat, cell: Cell) -> bool:
    """Whether the reader is asked, or may correct the own answer."""
    mine = cell.standing is not None and cell.standing.by == seat.person
    return seat.person in cell.asked or mine


def _places(cells: Iterable[Cell], day: date) -> dict[int, tuple[int, str]]:
    """Where people stand in lists, and the titles of their posts."""
    found: dict[int, tuple[int, str]] = {}
    for place, one in enumerate(staff_of({cell.member.unit for cell in cells}, day)):
        found.setdefault(one.person, (place, one.title))
    return found
