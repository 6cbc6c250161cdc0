"""Half a year of marks by invented raters of whom the truth is known: how kind each one is, and how good their people.

Marks follow true work; data show only a sample of it. What a rater adds does not touch the data.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from congtam.engine.comparing.raters import Marked, data_of


@dataclass(frozen=True)
class Office:
    """What to draw; points are of 100. `r0` is `kind` (below 0: harsh) beyond the `usual` differences between raters,
    rates `people` (None: 5 to 12, as the others do) who are `better` in truth, and spreads marks `narrow` times as far
    as others would. `slope`: points for each percent of true work. `items`: how many pieces of work data show of each
    person, from and below."""

    raters: int = 10
    kind: float = 0
    better: float = 0
    people: int | None = None
    narrow: float = 1
    slope: float = 0.5
    usual: float = 1.5
    items: tuple[int, int] = (40, 120)


@dataclass(frozen=True)
class Drawn:
    """What was drawn, and the truth: what each rater adds, and how far `r0` lies above the mean of the others."""

    marks: list[Marked]
    adds: list[float]

    def truth(self, rater: int = 0) -> float:
        """How far a rater lies above the mean of the others."""
        return float(self.adds[rater] - np.delete(self.adds, rater).mean())


def draw(rng: np.random.Generator, office: Office) -> Drawn:
    """One half-year."""
    adds = [float(add) for add in rng.normal(0, office.usual, office.raters)]
    adds[0] += office.kind
    return Drawn([one for rater in range(office.raters) for one in _section(rng, office, rater, adds[rater])], adds)


def _section(rng: np.random.Generator, office: Office, rater: int, add: float) -> Iterator[Marked]:
    people = int(rng.integers(5, 13))
    if rater == 0 and office.people is not None:
        people = office.people
    middle = 0.8 + (rng.normal(0, 3) + (office.better if rater == 0 else 0)) / 100
    true = np.clip(middle + rng.normal(0, 0.08, people), 0.3, 0.99)
    due = rng.integers(*office.items, people)
    well = rng.binomial(due, true)
    marks = 70 + office.slope * (100 * true - 80) + add + rng.normal(0, 4, people)
    if rater == 0:
        marks = marks.mean() + office.narrow * (marks - marks.mean())
    for mark, *done in zip(marks, well, due, strict=True):
        data = data_of(*map(int, done))
        if data is not None:
            yield Marked(f"r{rater}", float(mark), *data)
