"""Officials compared by a share of their cases: who has more of them than chance and the usual spread explain."""

from collections import defaultdict
from collections.abc import Iterable

from congtam.engine.comparing.discoveries import discoveries
from congtam.engine.comparing.funnel import funnel
from congtam.engine.watching.signs import Look, Measure, Pattern, Sign, per_million

Case = tuple[str, str, bool]  # official, item, whether it shows the pattern
FEWEST_SHOWING = 3  # one or two cases are no pattern


def signs_of_cases(pattern: Pattern, cases: Iterable[Case], minimum: int, rate: float) -> list[Sign]:
    """One sign for each official, by code. All others of the same kind of case are what is usual. Below `minimum`
    cases nothing can be told."""
    shows: dict[str, list[str]] = defaultdict(list)
    all_cases: dict[str, int] = defaultdict(int)
    for official, item, does in cases:
        all_cases[official] += 1
        if does:
            shows[official].append(item)
    counts = {official: (len(shows[official]), all_cases[official]) for official in sorted(all_cases)}
    whole = funnel(counts, minimum)
    chances = [None if point.above is None else point.above for point in whole.points]
    if sum(chance is not None for chance in chances) < 2:
        chances = [None for _ in chances]
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
