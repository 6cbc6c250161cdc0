"""Heads who rate more kindly than the work of those they rate leads to expect."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np

from congtam.engine.facts.work import WHOLE_WEIGHT
from congtam.engine.states import State
from congtam.engine.watching.against import Estimate, verdicts
from congtam.engine.watching.signs import MILLION, Look, Measure, Pattern, Scene, Sign

FEWEST = 5  # people rated


@dataclass(frozen=True, slots=True)
class _Rated:
    """One person as one rater marked them, each month anew, and what data say of the same person."""

    marks: tuple[int, ...]  # millionths of points
    data: int  # millionths

    @property
    def mark(self) -> float:
        return sum(self.marks) / len(self.marks)


def kind_heads(
    scene: Scene, measured: Mapping[str, int] | None = None, criterion: str = "general", minimum: int = FEWEST
) -> list[Sign]:
    """The final marks each rater gave in the period on a criterion, against what other raters give people whose work is
    as good. `measured` is what data alone say of each official, such as their points on the parts that are not rated,
    in millionths; else the share of their work done in time and without fault.

    Kind marks are told from good people only by data: whoever rates fewer than `minimum` people with both, or people
    whose data lie outside those of all other raters, cannot be told. How much better data go with better marks is
    taken from people rated by the same rater, so that kind raters do not bend it.
    """
    marks = _rated(scene, measured if measured is not None else done_well(scene), criterion)
    enough = {by: own for by, own in marks.items() if len(own) >= minimum}
    slope, spread, weight = _within(enough)
    means = {by: (_mean(own, "mark"), _mean(own, "data")) for by, own in marks.items()}
    centre = float(np.mean([data for _, data in means.values()])) if means else 0.0
    places: dict[str, Estimate | None] = {}
    for by, own in sorted(marks.items()):
        mark, data = means[by]
        comparable = spread > 0 and _inside(by, data, {other: means[other][1] for other in enough})
        error = spread * sqrt(1 / len(own) + ((data - centre) ** 2 / weight if weight else 0))
        places[by] = Estimate(mark - slope * (data - centre), error) if by in enough and comparable else None
    signs = []
    for by, verdict in verdicts(places, scene.rate).items():
        usual = None
        if verdict.expected is not None:
            usual = round((verdict.expected + slope * (means[by][1] - centre)) * MILLION)
        signs.append(_sign(by, marks[by], verdict.look, usual, verdict.p_value))
    return signs


def _sign(by: str, own: list[_Rated], look: Look, usual: int | None, p_value: float | None) -> Sign:
    marks = [mark for one in own for mark in one.marks]
    return Sign(
        Pattern.KIND_HEAD, "official", (by,), Measure.POINTS, sum(marks), len(marks), len(own), look, usual, p_value
    )


def done_well(scene: Scene) -> dict[str, int]:
    """Of what fell due to each official in the period, the part finished in time and without fault, in millionths of
    the weight."""
    unvoided = [fault for fault in scene.work.faults if fault.voided_by is None]
    faulty = {(fault.item, fault.official) for fault in unvoided}
    well: dict[str, int] = defaultdict(int)
    whole: dict[str, int] = defaultdict(int)
    for share in scene.shares:
        due = share.due_at
        if due is not None and scene.period.contains(due) and due < scene.as_of and share.state != "passed_on":
            whole[share.official] += share.weight
            if share.finished_at and share.finished_at <= due and (share.item, share.official) not in faulty:
                well[share.official] += share.weight
    return {official: well[official] * WHOLE_WEIGHT // weight for official, weight in whole.items() if weight}


def _rated(scene: Scene, measured: Mapping[str, int], criterion: str) -> dict[str, list[_Rated]]:
    """The people each rater marked and of whom data say something; several months of one person are one person."""
    labels = {scene.period.label, *(month.label for month in scene.period.months())}
    marks: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for rating in scene.facts.ratings:
        if (
            rating.criterion == criterion
            and rating.stage == "final"
            and rating.period in labels
            and rating.state is State.VALUE
            and rating.value is not None
            and rating.by is not None
            and rating.by != rating.subject
            and rating.subject in measured
        ):
            marks[rating.by][rating.subject].append(rating.value)
    return {by: [_Rated(tuple(own[who]), measured[who]) for who in sorted(own)] for by, own in marks.items()}


def _mean(own: list[_Rated], name: str) -> float:
    return float(np.mean([getattr(one, name) for one in own])) / MILLION


def _within(marks: dict[str, list[_Rated]]) -> tuple[float, float, float]:
    """From people rated by the same rater: marks for each unit of data, how far marks stray from that, and the sum of
    squared deviations of data on which both stand. All 0 where data or marks do not differ."""
    data, given = [], []
    for own in marks.values():
        x, y = (np.array([getattr(one, name) for one in own]) / MILLION for name in ("data", "mark"))
        data.append(x - x.mean())
        given.append(y - y.mean())
    free = sum(map(len, data)) - len(data) - 1
    if free < 1:
        return 0.0, 0.0, 0.0
    x, y = np.concatenate(data), np.concatenate(given)
    weight = float(x @ x)
    slope = float(x @ y) / weight if weight > 0 else 0.0
    return slope, sqrt(float(((y - slope * x) ** 2).sum()) / free), weight


def _inside(by: str, data: float, others: dict[str, float]) -> bool:
    """Whether the data of a rater's people lie among those of the other raters' people."""
    rest = [one for other, one in others.items() if other != by]
    return bool(rest) and min(rest) <= data <= max(rest)
