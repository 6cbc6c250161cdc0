"""Parameters: their types in expressions, and their values on a day, for a role, staff kind and edition."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from congtam.engine.expressions.nodes import EXACT, Sort, Type, number
from congtam.engine.facts.cells import parse_scaled
from congtam.engine.findings import did_you_mean, unusable
from congtam.engine.rulebook.model import Parameter, ParameterValue

PARAMETER_SCALE = 6


def parameter_types(given: Mapping[str, Parameter], *, exact: bool) -> dict[str, Type]:
    """The names and types of parameters; those that are a vector give one name per entry (`weights.entry`)."""
    types: dict[str, Type] = {}
    for name, parameter in given.items():
        value = parameter.values[0].value
        figure = EXACT if exact else number(PARAMETER_SCALE)
        if isinstance(value, dict):
            types.update({f"{name}.{entry}": figure for entry in value})
        elif isinstance(value, str):
            types[name] = Type(Sort.TEXT, codes=parameter.choices)
        else:
            types[name] = figure
    return types


def resolve(
    given: Mapping[str, Parameter], day: date, who: Mapping[str, str], overrides: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Name to value: whole millionths for numbers, text for choices; vectors as `name.entry`.

    Of the values that hold for `who` (role, staff_kind, edition) the latest one begun by `day` counts, and of
    those the most specific. A parameter with no value on the day is left out, and whoever reads it finds it missing.
    """
    values: dict[str, Any] = {}
    for name, parameter in given.items():
        chosen = _chosen(parameter, day, who)
        if overrides and name in overrides:
            values[name] = _override(name, parameter, overrides[name])
        elif chosen is not None:
            values.update(_named(name, chosen.value))
    return values


def exact_parameters(values: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters as formulas read them: ratios instead of whole millionths."""
    unit = 10**PARAMETER_SCALE
    return {name: Fraction(value, unit) if isinstance(value, int) else value for name, value in values.items()}


def _named(name: str, value: Decimal | str | dict[str, Decimal]) -> dict[str, Any]:
    if isinstance(value, dict):
        return {f"{name}.{entry}": _scaled(figure) for entry, figure in value.items()}
    return {name: value if isinstance(value, str) else _scaled(value)}


def _chosen(parameter: Parameter, day: date, who: Mapping[str, str]) -> ParameterValue | None:
    fitting = [
        value
        for value in parameter.values
        if (value.from_ is None or value.from_ <= day)
        and all(who.get(key) == wanted for key, wanted in value.for_.items())
    ]
    return max(fitting, key=lambda value: (len(value.for_), value.from_ or date.min), default=None)


def _scaled(value: Decimal) -> int:
    return int(value.scaleb(PARAMETER_SCALE).to_integral_value())


def _override(name: str, parameter: Parameter, text: str) -> str | int:
    if parameter.choices:
        if text not in parameter.choices:
            raise unusable("bad-parameter", f"{name} cannot be {text!r}", did_you_mean(text, parameter.choices))
        return text
    if isinstance(parameter.values[0].value, dict):
        raise unusable("bad-parameter", f"{name} has one figure per entry", "change the rulebook to try others")
    try:
        value = parse_scaled(text, PARAMETER_SCALE)
    except ValueError as error:
        raise unusable("bad-parameter", f"{name}={text!r} is not a number: {error}", "write it like 0.25") from None
    if value < 0:
        raise unusable("bad-parameter", f"{name} cannot be less than 0", "write a figure from 0 up")
    if is_share(parameter) and value > 10**PARAMETER_SCALE:
        raise unusable("bad-parameter", f"{name} is a share and cannot be more than 1", "write 0.2 for 20 %")
    return value


def is_share(parameter: Parameter) -> bool:
    """Whether a parameter is a share of something: every value of it lies between 0 and 1, and none is either."""
    values = [held.value for held in parameter.values]
    return all(isinstance(value, Decimal) and 0 < value < 1 for value in values)


def check_names(given: Mapping[str, Parameter], overrides: Mapping[str, str]) -> None:
    """Raise `Unusable` when an override names no parameter."""
    for name in overrides:
        if name not in given:
            raise unusable("unknown-parameter", f"there is no parameter {name!r}", did_you_mean(name, given))
