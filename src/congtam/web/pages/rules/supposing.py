"""What a change of rules would do, as a reader may know it.

People are named only to those who may see their points. All others are told of in counts of groups large enough to hide
in, and of one scope only: the answer about a part, taken from that about the whole, would tell of the rest.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from congtam.access import looks
from congtam.access.gate import HELD_BY, Right, over_person
from congtam.access.seats import Role, Seat
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.model import Text
from congtam.orgs.queries import agencies_of, names_of, trees_under, unit_tree
from congtam.people.queries import names_of as people_called
from congtam.people.queries import people_under, units_of_all
from congtam.registry.queries import choice
from congtam.scores.known import cut
from congtam.scores.models import Run as Scored
from congtam.scores.supposed import Answer, Pair, monthly
from congtam.web.pages.rules.small import enough, gathered, kept_apart

OTHER_GRADES = Text(vi="Các mức khác", en="Other grades")
OTHER_MOVES = Text(vi="Các chuyển mức khác", en="Other moves")
NO_GRADE = Text(vi="chưa xếp mức", en="no grade yet")
TOGETHER = Text(vi="Tính chung, để không ai bị nhận ra:", en="Told together, so that nobody is recognised:")
MOST_NAMED = 6  # units told together are named up to so many
AND_MORE = Text(vi="và {n} đơn vị khác", en="and {n} other units")
NOWHERE = 0  # the unit of those without one


@dataclass(frozen=True)
class Row:
    """One person whose points or grade would be others; totals in millionths."""

    name: str
    unit: str
    before: int | None
    after: int | None
    grade_before: str
    grade_after: str
    other_grade: bool


@dataclass(frozen=True)
class OfUnit:
    """How many of a unit, or of several small ones together, would have other points and another grade."""

    name: str
    scored: int
    changed: int
    regraded: int


@dataclass(frozen=True)
class OfGrade:
    """How many hold a grade before and after; grades that few hold stand together."""

    title: str
    before: int
    after: int


@dataclass(frozen=True)
class Effect:
    """What a change would do under one scorecard. `grades` and `moves` are None when too few of those scored are
    unseen; of a move: from, to (empty for what few people did), how many. `unseen`: some who change are not named."""

    title: str
    scored: int
    changed: int
    regraded: int
    grades: list[OfGrade] | None
    moves: list[tuple[str, str, int]] | None
    units: list[OfUnit]
    rows: list[Row]
    unseen: int


def scope_of(seat: Seat) -> frozenset[int]:
    """The units over whose people a seat may ask what would happen: those it has a task in, else its whole agency."""
    held = seat.rules | seat.leads_agency | seat.personnel | seat.audits | seat.leads
    return held or trees_under(agencies_of(seat.units, seat.day).values(), seat.day)


def seen_by(seat: Seat) -> frozenset[int]:
    """The units of which a seat may see everybody's points."""
    by_role = {
        Role.HEAD: seat.leads,
        Role.LEADER: seat.leads_agency,
        Role.PERSONNEL: seat.personnel,
        Role.AUDITOR: seat.audits,
    }
    return frozenset().union(*(units for role, units in by_role.items() if role in HELD_BY[Right.SEE_POINTS]))


def choices_of(seat: Seat) -> list[tuple[str, int, str]]:
    """The units that may be asked about alone, in the order of the tree: code, depth, name. Only those whose people the
    seat may see: of others the whole scope is told, or what it takes away would be."""
    may = scope_of(seat) & seen_by(seat)
    return [(one.code, one.depth, one.name) for one in unit_tree(seat.day) if one.unit in may]


def persons_in(units: Iterable[int], period: Period) -> frozenset[int]:
    """Of whom a question is asked: those who work in the units at the end of the period."""
    return people_under(units, period.until - timedelta(days=1))


def not_tried(book: Rulebook, paths: Iterable[str], period: Period, lang: str) -> list[str]:
    """The scorecards of which some number is set, but which the facts of one period cannot try: those of a year, of
    units."""
    touched = {path.split("/")[1] for path in paths if path.startswith("scorecards/")}
    left = touched & book.scorecards.keys() - set(monthly(book, period))
    return [book.scorecards[name].model.title.in_(lang) for name in sorted(left)]


def known_at(seat: Seat, period: Period) -> int:
    """The number up to which facts are looked at: that of the last nightly run, where there was one, unless the site
    shows points live."""
    runs = Scored.objects.filter(kind="nightly", period=period.label).order_by("-id")
    last: int | None = runs.values_list("seq", flat=True).first()
    live = choice("heads_see_points", seat.day, "last_night") == "live"
    return cut().seq if live or last is None else last


def effect(seat: Seat, answer: Answer, period: str, lang: str) -> Effect:
    """An answer as the seat may know it; that it saw the people it names is written down."""
    return _Told(seat, answer, lang).effect(period)


class _Told:
    """One answer, and who of those scored may be seen."""

    def __init__(self, seat: Seat, answer: Answer, lang: str):
        self.lang, self.answer = lang, answer
        self.homes = units_of_all((one.person for one in answer.pairs), seat.day)
        seat.homes.update({one.person: self.homes.get(one.person, []) for one in answer.pairs})
        self.seat = seat
        self.seen = {one.person for one in answer.pairs if _sees(seat, one.person)}
        self.titles = {None: NO_GRADE.in_(lang)} | {grade: title.in_(lang) for grade, title in answer.grades}
        self.called = names_of({unit for found in self.homes.values() for unit in found}, seat.day)

    def effect(self, period: str) -> Effect:
        """Everything that may be told."""
        pairs = self.answer.pairs
        changed = [one for one in pairs if one.changed]
        named = sorted((one for one in changed if one.person in self.seen), key=lambda one: not one.regraded)
        told = enough(len(pairs) - len(self.seen))
        looks.record_all(self.seat, {one.person for one in named}, "what_if", period)
        return Effect(
            self.answer.title.in_(self.lang),
            len(pairs),
            len(changed),
            sum(one.regraded for one in pairs),
            self._grades() if told else None,
            self._moves() if told else None,
            self._units() if told else [],
            self._rows(named),
            len(changed) - len(named),
        )

    def _unseen(self) -> list[Pair]:
        return [one for one in self.answer.pairs if one.person not in self.seen]

    def _grades(self) -> list[OfGrade]:
        """How many hold each grade; those grades together that few unseen people hold."""
        every, unseen = _by_grade(self.answer.pairs), _by_grade(self._unseen())
        order = [grade for grade in (*(grade for grade, _ in self.answer.grades), None) if grade in every]
        kept = kept_apart({grade: unseen.get(grade, (0, 0)) for grade in order})
        rest = [every[grade] for grade in order if grade not in kept]
        told = [OfGrade(self.titles[grade], *every[grade]) for grade in order if grade in kept]
        return [*told, OfGrade(OTHER_GRADES.in_(self.lang), *map(sum, zip(*rest, strict=True)))] if rest else told

    def _moves(self) -> list[tuple[str, str, int]]:
        """How many went from which grade to which; what few unseen people did, together."""
        every, unseen = _by_move(self.answer.pairs), _by_move(self._unseen())
        kept = kept_apart({move: (unseen[move],) for move in every})
        told = [(self.titles[one], self.titles[other], every[one, other]) for one, other in kept]
        rest = every.total() - sum(n for _, _, n in told)
        return [*told, (OTHER_MOVES.in_(self.lang), "", rest)] if rest else told

    def _units(self) -> list[OfUnit]:
        """Each person counted in the first of their units; units with few unseen people together."""
        scored, changed, regraded = Counter[int](), Counter[int](), Counter[int]()
        for one in self.answer.pairs:
            home = self._home(one.person)
            scored[home] += 1
            changed[home] += one.changed
            regraded[home] += one.regraded
        unseen = Counter(self._home(one.person) for one in self._unseen())
        together = gathered({unit: unseen[unit] for unit in scored})
        order = sorted(scored, key=lambda unit: self.called.get(unit, "–"))
        told = [
            OfUnit(self.called.get(unit, "–"), scored[unit], changed[unit], regraded[unit])
            for unit in order
            if unit not in together
        ]
        small = [unit for unit in order if unit in together]
        sums = (sum(counted[unit] for unit in small) for counted in (scored, changed, regraded))
        return [*told, OfUnit(self._names(small), *sums)] if small else told

    def _names(self, units: list[int]) -> str:
        names = [self.called.get(unit, "–") for unit in units]
        more = [AND_MORE.in_(self.lang).format(n=len(names) - MOST_NAMED)] if len(names) > MOST_NAMED else []
        return f"{TOGETHER.in_(self.lang)} {'; '.join([*names[:MOST_NAMED], *more])}"

    def _home(self, person: int) -> int:
        return next(iter(self.homes.get(person, ())), NOWHERE)

    def _rows(self, named: list[Pair]) -> list[Row]:
        names = people_called(one.person for one in named)
        return [
            Row(
                names.get(one.person, str(one.person)),
                ", ".join(self.called.get(unit, "–") for unit in self.homes.get(one.person, ())),
                one.before.total,
                one.after.total,
                self.titles[one.before.grade],
                self.titles[one.after.grade],
                one.regraded,
            )
            for one in named
        ]


def _sees(seat: Seat, person: int) -> bool:
    return over_person(seat, Right.SEE_POINTS, person) or over_person(seat, Right.OWN_MONTH, person)


def _by_grade(pairs: Iterable[Pair]) -> dict[str | None, tuple[int, int]]:
    told = list(pairs)
    had, has = Counter(one.before.grade for one in told), Counter(one.after.grade for one in told)
    return {grade: (had[grade], has[grade]) for grade in had.keys() | has.keys()}


def _by_move(pairs: Iterable[Pair]) -> Counter[tuple[str | None, str | None]]:
    return Counter((one.before.grade, one.after.grade) for one in pairs if one.regraded)
