"""Sections that receive far more work for each person there than the others."""

from collections import defaultdict
from math import log, sqrt

from congtam.engine.facts.work import Share
from congtam.engine.periods import local_day
from congtam.engine.structure import Structure
from congtam.engine.watching.against import Estimate, verdicts
from congtam.engine.watching.signs import Measure, Pattern, Scene, Sign, per_million

FEWEST = 20  # shares received


def overloaded_sections(scene: Scene, minimum: int = FEWEST) -> list[Sign]:
    """The converted amount received in the period by a unit's people for each of their working days, against all other
    units, on a logarithmic scale. Many small items and few large ones of the same amount are the same load. Work
    without a coefficient is unknown; a unit with more of that than of the other cannot be told. Where nobody's
    working days are known, there is no sign."""
    days = working_days(scene)
    received: dict[str, list[Share]] = defaultdict(list)
    for share in scene.shares:
        if share.unit in days and scene.period.contains(share.received_at):
            received[share.unit].append(share)
    sizes = {unit: [size for one in received[unit] if (size := scene.size(one)) is not None] for unit in sorted(days)}
    unknown = {unit: len(received[unit]) - len(own) for unit, own in sizes.items()}
    amounts = {unit: sum(own) for unit, own in sizes.items()}
    places = {
        unit: Estimate(log(amounts[unit] / days[unit]), sqrt(sum(size**2 for size in own)) / amounts[unit])
        if len(own) >= max(minimum, unknown[unit]) and amounts[unit]
        else None
        for unit, own in sizes.items()
    }
    signs = []
    for unit, verdict in verdicts(places, scene.rate).items():
        others = sum(amounts.values()) - amounts[unit], sum(days.values()) - days[unit]
        signs.append(
            Sign(
                pattern=Pattern.OVERLOADED,
                kind="unit",
                subjects=(unit,),
                measure=Measure.AMOUNT,
                numerator=amounts[unit],
                denominator=days[unit],
                n=len(sizes[unit]),
                look=verdict.look,
                usual=per_million(Measure.AMOUNT, *others),
                p_value=verdict.p_value,
                items=tuple(dict.fromkeys(share.item for share in received[unit])),
                n_unknown=unknown[unit],
            )
        )
    return signs


def working_days(scene: Scene) -> dict[str, int]:
    """The days actually worked in the period by everyone with a spell in a unit; units with none are left out."""
    structure = Structure(scene.facts, scene.calendar)
    until = min(local_day(scene.as_of), scene.period.until)
    days: dict[str, int] = defaultdict(int)
    for person in structure.people(scene.period, until):
        for spell in person.spells:
            days[spell.unit] += structure.days_worked(person.official, [spell], scene.period, until)
    return {unit: count for unit, count in days.items() if count}
