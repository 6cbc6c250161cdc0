"""Bottlenecks: work handed from one unit to another that waits there long before anyone takes it up."""

from collections import defaultdict
from math import log, sqrt

import numpy as np

from congtam.engine.facts.work import Share
from congtam.engine.watching.against import Estimate, verdicts
from congtam.engine.watching.signs import Measure, Pattern, Scene, Sign, per_million

FEWEST = 5  # hand-overs
Pair = tuple[str, str]
Wait = tuple[str, int]  # item, minutes


def bottlenecks(scene: Scene, minimum: int = FEWEST) -> list[Sign]:
    """The office minutes from a hand-over in the period between two units to the receiver's taking it up (else
    finishing it, else until now), for each pair of units against all other pairs, on a logarithmic scale."""
    waits: dict[Pair, list[Wait]] = _waits(scene)
    names = {f"{one} {other}": (one, other) for one, other in sorted(waits)}
    spread = _spread(waits)
    places = {
        name: Estimate(_mean_log(waits[pair]), spread / sqrt(len(waits[pair])))
        if len(waits[pair]) >= minimum and spread > 0
        else None
        for name, pair in names.items()
    }
    sums = {pair: sum(minutes for _, minutes in own) for pair, own in waits.items()}
    signs = []
    for name, verdict in verdicts(places, scene.rate).items():
        pair, own = names[name], waits[names[name]]
        others = sum(sums.values()) - sums[pair], sum(map(len, waits.values())) - len(own)
        signs.append(
            Sign(
                pattern=Pattern.BOTTLENECK,
                kind="unit",
                subjects=pair,
                measure=Measure.MINUTES,
                numerator=sums[pair],
                denominator=len(own),
                n=len(own),
                look=verdict.look,
                usual=per_million(Measure.MINUTES, *others),
                p_value=verdict.p_value,
                items=tuple(dict.fromkeys(item for item, _ in sorted(own, key=lambda wait: -wait[1]))),
            )
        )
    return signs


def _waits(scene: Scene) -> dict[Pair, list[Wait]]:
    """Waits for each pair of units, from the share that was passed on to the one received by it."""
    by_item: dict[str, list[Share]] = defaultdict(list)
    for share in scene.shares:
        by_item[share.item].append(share)
    waits: dict[Pair, list[Wait]] = defaultdict(list)
    for item, shares in by_item.items():
        for given in shares:
            if given.state != "passed_on" or given.finished_at is None or not scene.period.contains(given.finished_at):
                continue
            for taken in shares:
                if taken.received_at == given.finished_at and taken.unit and given.unit and taken.unit != given.unit:
                    end = taken.taken_up_at or taken.finished_at or scene.as_of
                    minutes = scene.calendar.working_minutes(taken.received_at, end)
                    waits[given.unit, taken.unit].append((item, minutes))
    return dict(waits)


def _logs(waits: list[Wait]) -> list[float]:
    return [log(1 + minutes) for _, minutes in waits]


def _mean_log(waits: list[Wait]) -> float:
    return float(np.mean(_logs(waits)))


def _spread(waits: dict[Pair, list[Wait]]) -> float:
    """The standard deviation of waits around the mean of their pair, over all pairs: one pair has too few to tell."""
    free = sum(len(own) - 1 for own in waits.values())
    if free < 1:
        return 0.0
    return sqrt(sum(float(np.var(_logs(own))) * len(own) for own in waits.values()) / free)
