"""Where points come from: the tree of parts of a scorecard, and how a rate becomes points."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field, model_validator

from congtam.engine.rulebook.model.values import Block, Expression, Id, Number, Sourced, Text
from congtam.engine.rulebook.yaml_source import KeyPath


class Step(Sourced):
    """From this rate on, so many points."""

    from_: Number = Field(alias="from")
    points: Number


class Between(Block):
    """No points at `zero`, all at `full`, in proportion between."""

    zero: Number
    full: Number


class Curve(Sourced):
    """How a rate becomes points: in proportion (default), against a target, by steps, or between two rates."""

    target: Number | None = None
    steps: tuple[Step, ...] = ()
    between: Between | None = None


class FormulaFor(Block):
    """One variant of a formula, for staff, for leaders, or for all."""

    for_: Literal["staff", "leader", "all"] = Field(default="all", alias="for")
    is_: Expression = Field(alias="is")


class Part(Sourced):
    """One part of a scorecard: points from an indicator, a formula over indicators, or parts of its own."""

    id: Id
    title: Text
    points: Number
    from_: Id | None = Field(default=None, alias="from")
    formula: tuple[FormulaFor, ...] = ()
    curve: Curve = Curve()
    parts: tuple["Part", ...] = ()

    @model_validator(mode="after")
    def _one_way(self) -> "Part":
        ways = [bool(self.from_), bool(self.formula), bool(self.parts)]
        if sum(ways) != 1:
            raise ValueError("a part gets its points from one of `from`, `formula` or `parts`")
        return self


def parts_with_paths(parts: tuple[Part, ...], path: KeyPath = ("parts",)) -> Iterator[tuple[Part, KeyPath]]:
    """Every part of a tree with its path in the file, parents first."""
    for index, part in enumerate(parts):
        yield part, (*path, index)
        yield from parts_with_paths(part.parts, (*path, index, "parts"))
