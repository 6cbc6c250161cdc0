"""What a change of rules would do, on the facts of a period that is over: the engine asked twice, and compared.

Counts are told of groups that are large enough to hide in; people are named only to those who may see their points,
as the last nightly run knew them unless the site lets points be seen live.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from congtam.access import looks
from congtam.access.gate import Right, over_person, over_unit
from congtam.access.seats import Seat
from congtam.calendars.queries import calendar_for
from congtam.engine.counterfactual import Changed, compare
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.asked import Asked, Run
from congtam.engine.scoring.folds import Folds
from congtam.engine.scoring.one_period import score_period
from congtam.engine.scoring.run import admitted, refuse_without_people
from congtam.history.refused import Refused
from congtam.orgs.queries import agencies_of, names_of, trees_under, unit_tree
from congtam.people.queries import names_of as people_called
from congtam.people.queries import people_under, units_of_all
from congtam.registry.queries import choice
from congtam.scores.facts import facts_about
from congtam.scores.known import cut
from congtam.scores.models import Run as Scored
from congtam.web.pages.rules.small import FEW, folded, hidden_units

MOST = 150
"""More people than this are not computed while somebody waits for a page."""
OTHER_GRADES = Text(vi="Các mức khác", en="Other grades")
OTHER_MOVES = Text(vi="Các chuyển mức khác", en="Other moves")


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
    """How many of a unit would have other points and another grade (None: somebody could be found)."""

    name: str
    scored: int | None
    changed: int | None
    regraded: int | None


@dataclass(frozen=True)
class OfGrade:
    """How many hold a grade before and after; grades that few hold stand together."""

    title: str
    before: int
    after: int


@dataclass(frozen=True)
class Effect:
    """What a change would do under one scorecard. `grades` and `moves` are None when too few people are scored; of a
    move: from, to (empty for what few people did), how many."""

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


def choices_of(seat: Seat) -> list[tuple[str, int, str]]:
    """The units of the scope, in the order of the tree: code, depth, name."""
    scope = scope_of(seat)
    return [(one.code, one.depth, one.name) for one in unit_tree(seat.day) if one.unit in scope]


def suppose(
    seat: Seat, before: Rulebook, after: Rulebook, period: Period, units: Iterable[int], lang: str
) -> list[Effect]:
    """The effect under each monthly scorecard of officials, for those who work in the units at the end of the period.

    Raises `Refused` when these are too many to be computed at once, and `Unusable` when the question makes no sense.
    """
    persons = people_under(units, period.until - timedelta(days=1))
    if len(persons) > MOST:
        raise Refused(
            f"Phạm vi này có {len(persons)} người; trang tính được nhiều nhất {MOST}. Hãy chọn một đơn vị nhỏ hơn.",
            f"There are {len(persons)} people in this scope; the page computes at most {MOST}. Choose a smaller unit.",
        )
    folds = _folds(persons, period, _known_at(seat, period))
    cards = monthly(before, period)
    runs = [(_ask(folds, before, name, period), _ask(folds, after, name, period)) for name in cards]
    return [_effect(seat, one, other, lang) for one, other in runs if one.scores]


def monthly(book: Rulebook, period: Period) -> list[str]:
    """The scorecards of a rulebook that score officials in a period from their work."""
    return [
        name
        for name, card in sorted(book.scorecards.items())
        if card.model.subject == "official"
        and card.model.period in ("any", period.kind.value)
        and card.model.roll_up is None
    ]


def not_tried(book: Rulebook, paths: Iterable[str], period: Period, lang: str) -> list[str]:
    """The scorecards of which some number is set, but which the facts of one period cannot try: those of a year, of
    units."""
    touched = {path.split("/")[1] for path in paths if path.startswith("scorecards/")}
    left = touched & book.scorecards.keys() - set(monthly(book, period))
    return [book.scorecards[name].model.title.in_(lang) for name in sorted(left)]


def _known_at(seat: Seat, period: Period) -> int:
    """The number up to which facts are looked at: that of the last nightly run, where there was one, unless the site
    shows points live."""
    runs = Scored.objects.filter(kind="nightly", period=period.label).order_by("-id")
    last: int | None = runs.values_list("seq", flat=True).first()
    live = choice("heads_see_points", seat.day, "last_night") == "live"
    return cut().seq if live or last is None else last


@lru_cache(maxsize=2)
def _folds(persons: frozenset[int], period: Period, seq: int) -> Folds:
    """The work of people as known at `seq`, folded once for all rules that count time alike; kept for the next number
    somebody tries."""
    return Folds(facts_about(persons, period, seq=seq))


def _ask(folds: Folds, book: Rulebook, scorecard: str, period: Period) -> Run:
    """The scores of a period that is over, under rules that need not have held then."""
    asked = Asked(period, period.end, trial=True)
    card, _ = admitted(book, scorecard, asked)
    refuse_without_people(folds.told)
    return score_period(folds.told, book, card, asked, calendar_for(book, period.first), folds)


def _effect(seat: Seat, before: Run, after: Run, lang: str) -> Effect:
    changed = compare(before, after)
    regraded = [one for one in changed if one.other_grade]
    homes = units_of_all((int(code) for code in before.scores), seat.day)
    called = names_of({unit for found in homes.values() for unit in found}, seat.day)
    titles = _titles(before, lang)
    seen = [one for one in changed if _sees(seat, int(one.subject))]
    told = len(before.scores) >= FEW
    scored = Counter(home[0] for code in before.scores if (home := homes.get(int(code))))
    open_to = {unit for unit in scored if over_unit(seat, Right.SEE_UNIT, unit)}
    whole = scored.keys() == open_to and scored.total() == len(before.scores)
    for one in seen:
        looks.record(seat, int(one.subject), "what_if", before.asked.period.label)
    return Effect(
        before.card.model.title.in_(lang),
        len(before.scores),
        len(changed),
        len(regraded),
        _grades(before, after, titles, lang, whole=whole) if told else None,
        _moves(regraded, titles, lang, whole=whole) if told else None,
        _units(scored, hidden_units(scored, open_to), changed, homes, called),
        _rows(seen, homes, called, titles),
        len(changed) - len(seen),
    )


def _sees(seat: Seat, person: int) -> bool:
    return over_person(seat, Right.SEE_POINTS, person) or over_person(seat, Right.OWN_MONTH, person)


def _titles(run: Run, lang: str) -> dict[str | None, str]:
    none = "chưa xếp mức" if lang == "vi" else "no grade yet"
    return {None: none} | {grade.id: grade.title.in_(lang) for grade in run.card.model.grades}


def _grades(before: Run, after: Run, titles: dict[str | None, str], lang: str, *, whole: bool) -> list[OfGrade]:
    """How many hold each grade; grades that few hold together, unless the `whole` scope may be seen."""
    one, other = (Counter(score.graded.grade for score in run.scores.values()) for run in (before, after))
    order = [*before.card.grades, None]
    cells = {grade: (one[grade], other[grade]) for grade in order if one[grade] or other[grade]}
    kept, rest = (list(cells), ()) if whole else folded(cells)
    return [OfGrade(titles[grade], *cells[grade]) for grade in kept] + (
        [OfGrade(OTHER_GRADES.in_(lang), *rest)] if rest else []
    )


def _moves(
    regraded: Iterable[Changed], titles: dict[str | None, str], lang: str, *, whole: bool
) -> list[tuple[str, str, int]]:
    """How many went from which grade to which; what few people did together, unless the `whole` scope may be seen."""
    counted = Counter((one.grade_before, one.grade_after) for one in regraded)
    cells = {move: (n,) for move, n in counted.items()}
    kept, rest = (list(cells), ()) if whole else folded(cells)
    return [(titles[a], titles[b], counted[a, b]) for a, b in kept] + [(OTHER_MOVES.in_(lang), "", n) for n in rest]


def _units(
    scored: Counter[int],
    hidden: set[int],
    changed: Iterable[Changed],
    homes: dict[int, list[int]],
    called: dict[int, str],
) -> list[OfUnit]:
    """Each person counted in the first of their units."""
    found = list(changed)
    moved = Counter(home[0] for one in found if (home := homes.get(int(one.subject))))
    graded = Counter(home[0] for one in found if one.other_grade and (home := homes.get(int(one.subject))))
    return [
        OfUnit(called.get(unit, "–"), None, None, None)
        if unit in hidden
        else OfUnit(called.get(unit, "–"), n, moved[unit], graded[unit])
        for unit, n in sorted(scored.items(), key=lambda one: called.get(one[0], ""))
    ]


def _rows(
    seen: Iterable[Changed], homes: dict[int, list[int]], called: dict[int, str], titles: dict[str | None, str]
) -> list[Row]:
    names = people_called(int(one.subject) for one in seen)
    return [
        Row(
            names.get(int(one.subject), one.subject),
            ", ".join(called.get(unit, "–") for unit in homes.get(int(one.subject), ())),
            one.before,
            one.after,
            titles[one.grade_before],
            titles[one.grade_after],
            one.other_grade,
        )
        for one in seen
    ]
