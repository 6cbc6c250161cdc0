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
WITHOUT_ANY = 0.6  # of the officials: beyond that, how far the others differ can hardly be told
MEASURED_RATE = 0.50  # of looks at such a pattern with nothing to find that found something, at worst (docs/adr/0022)


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
    shown = [one.shown for one in discoveries(chances, rate)]
    reach = rate * (sum(shown) + 1) / max(1, sum(chance is not None for chance in chances))
    signs = []
    for point, chance, found in zip(whole.points, chances, shown, strict=True):
        k, n = point.numerator, point.denominator
        if chance is not None and not found and not _could_show(whole, n, reach):
            chance = None
        look = Look.CANNOT_TELL if chance is None else Look.USUAL
        if found and k >= FEWEST_SHOWING:
            look = Look.WORTH_A_LOOK
        usual = per_million(Measure.SHARE, whole.numerator - k, whole.denominator - n)
        items = tuple(dict.fromkeys(shows[point.subject]))
        signs.append(Sign(pattern, "official", (point.subject,), Measure.SHARE, k, n, n, look, usual, chance, items))
    return signs


def _could_show(whole: Funnel, n: int, reach: float) -> bool:
    """Whether n of n, beside those shown, could stand out; where it is the habit of most, being so is usual."""
    return whole.share > HABIT or count_tails(n, n, whole.share, whole.correlation)[0] <= reach


def true_rate(signs: Sequence[Sign], rate: float) -> float:
    """The rate of chance findings that holds for the signs of one pattern: the one asked for or, where more than three
    in five of the officials compared have not one case, the one measured where the few others have many by chance."""
    told = [sign for sign in signs if sign.measure is Measure.SHARE and sign.look is not Look.CANNOT_TELL]
    without = sum(sign.numerator == 0 for sign in told)
    return max(rate, MEASURED_RATE) if without > WITHOUT_ANY * len(told) else rate
