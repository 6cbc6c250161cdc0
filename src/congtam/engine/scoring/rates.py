"""Figures to the share of a part's points: what did not arise is left out, what is missing has bounds."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from congtam.engine.expressions.compute import NOT_ARISEN
from congtam.engine.measuring.evaluate import Measured
from congtam.engine.rulebook.bound import BoundIndicator
from congtam.engine.rulebook.model import BasePoints, Part
from congtam.engine.scoring.curves import share_of_points
from congtam.engine.scoring.rules import Rules
from congtam.engine.scoring.tree import Rate
from congtam.engine.states import State


def in_formula(indicator: BoundIndicator, measured: Measured) -> Any:
    """An indicator as formulas read it: a ratio, NOT_ARISEN, or None when missing. Where nothing arose the
    indicator's own rule speaks first: zero, a base rate, or leave it out; what was excused is always left out."""
    if measured.state is State.VALUE:
        return measured.value
    if measured.state is State.MISSING:
        return None
    policy = indicator.model.no_opportunity
    if measured.state is State.EXCUSED or policy == "redistribute":
        return NOT_ARISEN
    return Fraction(policy.base_rate) if isinstance(policy, BasePoints) else Fraction(0)


def rate(part: Part, rules: Rules, measured: Mapping[str, Measured], environment: Mapping[str, Any]) -> Rate:
    """The share of its points that a leaf part earns. What is missing is bounded by its worst and its best."""
    if part.from_:
        indicator = rules.indicators[part.from_]
        direction = indicator.model.direction
        used: tuple[str, ...] = (part.from_,)
        value: Any = environment[part.from_]
        state = measured[part.from_].state
    else:
        formula = rules.part_formulas[part.id]
        direction, used, state = "up", formula.indicators, State.NOT_APPLICABLE
        value = formula.function(environment)
    if value is NOT_ARISEN:
        return Rate(state if state is State.EXCUSED else State.NOT_APPLICABLE, indicators=used)
    if value is None:
        return _bounds(part, rules, environment, used)
    share = share_of_points(value, part.curve, direction, part.points)
    return Rate(State.VALUE, share, share, used)


def _bounds(part: Part, rules: Rules, environment: Mapping[str, Any], used: tuple[str, ...]) -> Rate:
    """What a formula would give with its missing figures at nothing and at everything; all open for a bare figure."""
    everything = Rate(State.MISSING, Fraction(0), Fraction(1), used)
    if part.from_:
        return everything
    function = rules.part_formulas[part.id].function
    ends = [function({**environment, **{n: Fraction(end) for n in used if environment[n] is None}}) for end in (0, 1)]
    if any(end is None or end is NOT_ARISEN for end in ends):
        return everything
    shares = sorted(share_of_points(end, part.curve, "up", part.points) for end in ends)
    return Rate(State.MISSING, shares[0], shares[1], used)
