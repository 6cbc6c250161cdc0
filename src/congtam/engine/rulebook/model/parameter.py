"""What expressions may name beside columns: parameters, dated and by role, and terms."""

from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import Field, model_validator

from congtam.engine.rulebook.model.values import Day, Expression, Number, Sourced, Text


class ParameterValue(Sourced):
    """One value of a parameter from a day on, for a role, staff kind or edition when stated."""

    value: Number | str | dict[str, Number]
    from_: Day | None = Field(default=None, alias="from")
    for_: dict[str, str] = Field(default_factory=dict, alias="for")

    @model_validator(mode="before")
    @classmethod
    def _typed(cls, data: Any) -> Any:
        return {**data, "value": _number_if_any(data["value"])} if isinstance(data, dict) and "value" in data else data


def _number_if_any(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, bool):
        try:
            return Decimal(value)
        except InvalidOperation:
            return value
    return value


class Parameter(Sourced):
    """A figure or choice of the rulebook: dated, and by role where the rule says so."""

    title: Text
    choices: tuple[str, ...] = ()
    values: tuple[ParameterValue, ...]

    @model_validator(mode="before")
    @classmethod
    def _one_value(cls, data: Any) -> Any:
        if isinstance(data, dict) and "value" in data and "values" not in data:
            return {**{k: v for k, v in data.items() if k != "value"}, "values": [{"value": data["value"]}]}
        return data


class Term(Sourced):
    """A named condition or figure that rules use by name."""

    title: Text
    is_: Expression = Field(alias="is")
