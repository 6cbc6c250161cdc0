"""Whom the planted truths touch: other sections for each pattern where there are enough, people who are there."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from itertools import cycle
from random import Random

from congtam.engine.facts.tables import Spell
from congtam.simulate.days import month_first
from congtam.simulate.office.cast import Cast
from congtam.simulate.organisation import LONG_DAYS
from congtam.simulate.truths import Pattern, Truth

STRENGTHS: dict[Pattern, float] = {
    Pattern.OVERLOADED: 1.8,
    Pattern.BOTTLENECK: 6,
    Pattern.KIND_HEAD: 6,
    Pattern.LAST_MINUTE: 0.95,
    Pattern.REOPENS: 0.6,
    Pattern.SPLITS: 4,
    Pattern.NEGLECTS: 0.6,
}
ON_UNITS = (Pattern.OVERLOADED, Pattern.BOTTLENECK)
ONE_SET_FOR = 1000  # officials


def plant(cast: Cast, patterns: Collection[Pattern], seed: int, first: date, until: date) -> tuple[Truth, ...]:
    """The wanted patterns, once for every started thousand of officials. Those on units begin with the second month
    where there are three or more, so that a before and an after can be seen; the others hold all the time."""
    rng = Random(f"{seed} truths")  # only in agencies of civil servants, so that one scorecard shows them all
    sets = -(-len(cast.organisation.manners) // ONE_SET_FOR)
    kinds = {spell.unit: spell.staff_kind for spell in cast.organisation.spells}
    sections = [unit for unit in cast.organisation.partners if kinds[unit] == "civil_servant"]
    rng.shuffle(sections)
    later = month_first(first, 1) if month_first(first, 3) <= until else first
    chosen = cycle(sections)
    taken: set[str] = set()
    found: list[Truth] = []
    for _ in range(sets):
        for pattern in Pattern:  # in order, so that a truth stays where it is when others are left out
            unit = next(chosen)
            begins = later if pattern in ON_UNITS else first
            units, officials = _whom(cast, pattern, unit, taken, first, until)
            if units or officials:
                taken |= {*units, *officials}
                found.append(Truth(pattern, begins, until, STRENGTHS[pattern], units, officials))
    return tuple(truth for truth in found if truth.pattern in patterns)


def _whom(
    cast: Cast, pattern: Pattern, unit: str, taken: set[str], first: date, until: date
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The units and officials of one truth; none when nobody fits."""
    if pattern is Pattern.OVERLOADED:
        return (unit,), ()
    if pattern is Pattern.BOTTLENECK:
        partners = cast.organisation.partners[unit]
        free = [other for other in partners if other not in taken]
        return ((unit, (free or list(partners))[0]), ()) if partners else ((), ())
    if pattern is Pattern.KIND_HEAD:
        head = cast.organisation.head_of(unit, first)
        return ((), (head,)) if head else ((), ())
    staff = [spell.official for spell in _steady(cast, unit, first, until) if spell.official not in taken]
    return (), tuple(staff[:1])


def _steady(cast: Cast, unit: str, first: date, until: date) -> Iterator[Spell]:
    """Staff of a unit who stay in it and are away for no long time; those away least come first."""
    organisation = cast.organisation
    away: dict[str, int] = {}
    for official in cast.sections[unit]:
        spell = organisation.spell_on(official, first)
        stays = spell is not None and organisation.spell_on(official, until - timedelta(days=1)) == spell
        absences = [absence for absence in organisation.absences if absence.official == official]
        longest = max(((absence.until - absence.first).days for absence in absences), default=0)
        if stays and longest < LONG_DAYS and spell is not None and spell.until is None and not spell.leader:
            away[official] = sum((absence.until - absence.first).days for absence in absences)
    for official in sorted(away, key=lambda one: (away[one], one)):
        spell = organisation.spell_on(official, first)
        if spell is not None:
            yield spell
