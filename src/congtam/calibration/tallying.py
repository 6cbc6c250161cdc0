"""How votes fall: pure functions over who is entitled and what each said."""

from collections import Counter
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from congtam.calibration.models import ABSTAINED, LEFT

NO_CHOICE = frozenset({ABSTAINED, LEFT})


@dataclass(frozen=True)
class Tally:
    """How many of those entitled voted for each outcome, how many abstained or said nothing yet; `outcome` is what was
    carried (None: nothing was), `by_chair`: the chair's vote settled a tie."""

    entitled: int
    counts: Mapping[str, int]
    abstained: int
    silent: int
    outcome: str | None
    by_chair: bool = False


def tally(votes: Mapping[int, str], entitled: AbstractSet[int], chair: int | None, chair_settles: bool) -> Tally:
    """An outcome is carried by more than half of those present who did not leave; with exactly half of them for each
    of two outcomes, by the chair's vote where the founding decision says so."""
    cast = {member: said for member, said in votes.items() if member in entitled}
    voting = {member for member in entitled if cast.get(member) != LEFT}
    counts = Counter(said for member, said in cast.items() if member in voting and said not in NO_CHOICE)
    abstained = sum(cast.get(member) == ABSTAINED for member in voting)
    silent = len(voting) - sum(counts.values()) - abstained
    carried = next((outcome for outcome, count in counts.items() if 2 * count > len(voting)), None)
    halves = {outcome for outcome, count in counts.items() if 2 * count == len(voting)}
    settled = cast.get(chair) if chair in voting and chair_settles and len(halves) == 2 else None
    by_chair = carried is None and settled in halves
    outcome = settled if by_chair else carried
    return Tally(len(voting), dict(counts), abstained, silent, outcome, by_chair)


def quorate(present: int, members: int, top: int, bottom: int) -> bool:
    """Whether at least `top`/`bottom` of the members are there."""
    return members > 0 and present * bottom >= members * top


def least_present(members: int, top: int, bottom: int) -> int:
    """How many must be there: the share, rounded up."""
    return -(-members * top // bottom)
