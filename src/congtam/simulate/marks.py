"""What heads say about people each month: marks on criteria that data cannot know."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from congtam.engine.facts.tables import Rating, Spell
from congtam.engine.states import State
from congtam.simulate.days import Workdays, local, month_first
from congtam.simulate.organisation import Organisation
from congtam.simulate.truths import Pattern, Planted

WHOLE = 1_000_000
QUARTER = WHOLE // 4  # general marks are given in quarter points
HIGHEST = 30
SELF_RATED = 0.6
KIND_STRAYS = 0.25  # who rates everyone kindly tells people apart less


def ratings_of_month(
    organisation: Organisation,
    days: Workdays,
    first: date,
    rng: Random,
    planted: Planted,
    state_of: Callable[[str], tuple[State, str | None]] = lambda official: (State.VALUE, None),
    halved: Callable[[str, str], bool] = lambda criterion, official: False,
) -> Iterator[Rating]:
    """The marks for everyone who was there in the month of `first`, given on its last working day.

    `state_of` an official's mark may be missing or excused, for a reason; `halved` are the marks of leaders (100 % or
    50 %) that are the lower one.
    """
    last = days.days[days.index(month_first(first, 1)) - 1]
    whole = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    for official in organisation.manners:
        spell = organisation.spell_on(official, last)
        if spell and any(organisation.present(official, day) for day in whole):
            yield from _general(organisation, rng, spell, last, planted, state_of(official))
            if spell.leader:
                for criterion in ("organising", "rallying"):
                    mark = 50 if halved(criterion, official) else 100
                    by = organisation.superior(official, last)
                    yield _rating(official, criterion, last, mark * WHOLE, by)


def _general(
    organisation: Organisation,
    rng: Random,
    spell: Spell,
    last: date,
    planted: Planted,
    state: tuple[State, str | None],
) -> Iterator[Rating]:
    official, by = spell.official, organisation.superior(spell.official, last)
    manner, kind = organisation.manners[official], planted.strength(Pattern.KIND_HEAD, last, by)
    strays = rng.gauss(0, manner.strays)
    points = _kindly(manner.general, kind) + strays * (KIND_STRAYS if kind else 1)
    mark = max(0, min(HIGHEST * 4, round(4 * points)))
    final = _rating(official, "general", last, mark * QUARTER, by)
    if rng.random() < SELF_RATED:
        own = min(HIGHEST * 4, mark + rng.randint(0, 6)) * QUARTER
        yield replace(final, stage="self", value=own, by=official, recorded_at=local(last, 9, 30))
    yield replace(final, state=state[0], value=final.value if state[0] is State.VALUE else None, reason=state[1])


def _kindly(worth: float, kind: float) -> float:
    """What a too kind head gives: more than it is worth, and the more the less it is worth."""
    return worth if not kind else max(worth + kind, HIGHEST - 5)


def _rating(official: str, criterion: str, last: date, value: int, by: str | None) -> Rating:
    return Rating(0, local(last, 16, 40), official, criterion, f"{last:%Y-%m}", "final", State.VALUE, value, by)
