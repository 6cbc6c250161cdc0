"""Officials compared by a share of their cases: who has more of them than chance and the usual spread explain."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from congtam.engine.comparing.discoveries import discoveries
from congtam.engine.comparing.funnel import Funnel, count_tails, funnel
from congtam.engine.watching.against import FEWEST_PLACES
from congtam.engine.watching.signs import Look, Measure, Pattern, Sign, per_million

Case = tuple[str, str, bool]  # official, item, whether it shows the pattern
FEWEST_SHOWING = 3  # one or two cases are no pattern
HABIT = 0.5  # what most cases show is what is usual there


def signs_of_cases(pattern: Pattern, cases: Iterable[Case], minimum: int, rate: float) -> list[Sign]:
    """One sign for each official, by code, against all officials with the same kind of case; the `usual` shown is
    that of the others. Nothing can be told below `minimum` cases, with fewer than four officials, or where even an
    official all of whose cases show the pattern could not stand out, unless most cases there do."""
    shows: dict[str, list[str]] = defaultdict(list)
    all_cases: dict[str, int] = defaultdict(int)
    for official, item, does in cases:
        all_cases[official] += 1
        if does:
            shows[official].append(item)
    counts = {official: (len(shows[official]), all_cases[official]) for official in sorted(all_cases)}
    whole = funnel(counts, minimum)
    chances = [None if point.above is None else point.above for point in whole.points]
    if sum(chance is not None for chance in chances) < FEWEST_PLACES:
        chances = [None for _ in chances]
    chances = _that_could_show(whole, chances, rate)
    signs = []
    for point, chance, found in zip(whole.points, chances, discoveries(chances, rate), strict=True):
        k, n = point.numerator, point.denominator
        look = Look.CANNOT_TELL if chance is None else Look.USUAL
        if found.shown and k >= FEWEST_SHOWING:
            look = Look.WORTH_A_LOOK
        usual = per_million(Measure.SHARE, whole.numerator - k, whole.denominator - n)
        items = tuple(dict.fromkeys(shows[point.subject]))
        signs.append(Sign(pattern, "official", (point.subject,), Measure.SHARE, k, n, n, look, usual, chance, items))
    return signs


def _that_could_show(whole: Funnel, chances: Sequence[float | None], rate: float) -> list[float | None]:
    """The chances, without those of officials who could not be shown, beside those shown, even with n of n."""
    if whole.share > HABIT:
        return list(chances)
    told = sum(chance is not None for chance in chances)
    found = [one.shown for one in discoveries(chances, rate)]
    kept: list[float | None] = []
    for point, chance, shown in zip(whole.points, chances, found, strict=True):
        n = point.denominator
        reach = rate * (sum(found) + (not shown)) / max(1, told)
        can = chance is not None and (shown or count_tails(n, n, whole.share, whole.correlation)[0] <= reach)
        kept.append(chance if can else None)
    return kept
