"""How long work takes against its deadline, in the shape of a real log.

The pace of an item is the time from receipt to finish divided by the time from receipt to deadline: 1 is the deadline
itself. Its shape was fitted to the receipt phase of environmental permits in a Dutch municipality (CoSeLoG project,
WABO, 2010-10 to 2012-01; 4TU.ResearchData; 1,329 closed cases of 35 officials). Nothing of the data is kept but these
eight figures:

* `LATE_SHARE`: 377 of 1,329 closed cases ended after their deadline;
* `CONCENTRATION`: a beta-binomial over the officials, by maximum likelihood (1.28 + 2.30): how far people differ;
* `IN_TIME`: a beta distribution of the pace of cases in time, by least Cramér–von Mises distance;
* `SLIPS`, `SLIP`, `OVERRUN`: the pace beyond the deadline is an exponential mixture, by maximum likelihood: some cases
  slip by a moment (mean 2 % of the time allowed), the others overrun by much (mean 76 %).

Drawn from these, the pace is within 0.02 of the log's (Kolmogorov–Smirnov distance; a test compares them).
"""

from random import Random

LATE_SHARE = 0.2837
CONCENTRATION = 3.59
IN_TIME = (1.729, 0.8046)
SLIPS, SLIP, OVERRUN = 0.2942, 0.01972, 0.7581
LONGEST = 6.0  # the longest pace of the log was 5.9


def pace_in_time(rng: Random) -> float:
    """A pace from 0 to 1."""
    return rng.betavariate(*IN_TIME)


def pace_late(rng: Random) -> float:
    """A pace above 1."""
    mean = SLIP if rng.random() < SLIPS else OVERRUN
    return min(LONGEST, 1 + rng.expovariate(1 / mean))


def personal_late_share(rng: Random, mean: float = LATE_SHARE) -> float:
    """Which share of their work one official finishes late; officials differ as in the log."""
    return rng.betavariate(mean * CONCENTRATION, (1 - mean) * CONCENTRATION)
