"""The row evaluator: one indicator for one subject in one period, row by row, in plain Python.

It is the reference. Whatever else computes an indicator must give the same whole numbers.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import Any

from congtam.engine.expressions.compute import compute
from congtam.engine.measuring.rows import Row
from congtam.engine.measuring.select import Membership, select
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import BoundIndicator
from congtam.engine.states import State

Function = Callable[[Mapping[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class RowPart:
    """What one row gave to one indicator: whole numbers in the indicator's scales, or `unknown`."""

    key: str
    item: str
    top: int
    bottom: int
    unknown: bool = False
    row: Row | None = None


@dataclass(frozen=True)
class Measured:
    """An indicator for a subject: numerator and denominator as whole numbers of 10^-scale, re-adding from `parts`.

    `n` rows counted, `n_unknown` rows a value was missing for, `n_pending` rows not decided yet; `excused`: whether the
    rule passed over rows for that reason alone.
    """

    state: State
    top: int = 0
    bottom: int = 0
    top_scale: int = 0
    bottom_scale: int = 0
    n: int = 0
    n_unknown: int = 0
    n_pending: int = 0
    parts: tuple[RowPart, ...] = ()
    additive: bool = True
    cap: Fraction | None = None
    excused: bool = False

    @cached_property
    def value(self) -> Fraction | None:
        """Numerator by denominator, exactly; None unless the state is VALUE. A capped rate is never below zero either:
        faults charged later may outweigh the work of a month, but not the other criteria."""
        if self.state is not State.VALUE:
            return None
        ratio = Fraction(self.top * 10**self.bottom_scale, self.bottom * 10**self.top_scale)
        return ratio if self.cap is None else max(Fraction(0), min(ratio, self.cap))


def fixed(value: Fraction) -> Measured:
    """A figure that comes from no rows."""
    return Measured(State.VALUE, value.numerator, value.denominator)


@dataclass(frozen=True)
class RowMeasure:
    """An indicator over rows, ready to be asked for subject after subject; `parameters` as bound (whole millionths)."""

    indicator: BoundIndicator
    parameters: Mapping[str, Any]
    among: Function | None
    top: Function
    bottom: Function
    top_scale: int
    bottom_scale: int

    @classmethod
    def of(cls, indicator: BoundIndicator, parameters: Mapping[str, Any]) -> "RowMeasure":
        """Compile an indicator's nodes with its parameters bound (whole millionths)."""
        nodes = indicator.nodes
        functions = {key: compute(node, parameters) for key, node in nodes.items()}
        scale = {key: node.type.scale or 0 for key, node in nodes.items()}
        kind = indicator.model.measure.kind
        one: Function = lambda row: 1  # noqa: E731 (a constant function)
        among = functions.get("among")
        if kind == "ratio_of":
            return cls(
                indicator, parameters, among, functions["top"], functions["bottom"], scale["top"], scale["bottom"]
            )
        if kind in ("sum_of", "mean_of", "quantile_of"):
            return cls(indicator, parameters, among, functions["value"], one, scale["value"], 0)
        weigh, weigh_scale = functions.get("weigh", one), scale.get("weigh", 0)
        that = functions.get("that", lambda row: True)
        return cls(indicator, parameters, among, _where(that, weigh), weigh, weigh_scale, weigh_scale)

    def part(self, row: Row) -> RowPart | None:
        """What one row of the period gives; None when the rule does not look at it."""
        looked_at = True if self.among is None else self.among(row)
        if looked_at is False:
            return None
        top, bottom = (None, None) if looked_at is None else (self.top(row), self.bottom(row))
        if top is None and bottom is not None and self.indicator.model.unknown == "count_as_not_met":
            top = 0
        if top is None or bottom is None:
            return RowPart(row["_key"], row["_item"], 0, 0, True, row)
        return RowPart(row["_key"], row["_item"], top, bottom, False, row)

    def measure(self, rows: Iterable[Row], period: Period, as_of: datetime) -> Measured:
        """The indicator over the rows of one subject."""
        model = self.indicator.model
        return self.over(select(rows, model.measure, model.shared_work, period, as_of))

    def over(self, selected: Iterable[tuple[Membership, Row]]) -> Measured:
        """The indicator over the rows of one subject that `select` chose."""
        parts: list[RowPart] = []
        pending = excused = 0
        for belongs, row in selected:
            part = self.part(row)
            if part is None:
                excused += self._is_excused(row)
            elif belongs is Membership.PENDING:
                pending += 1
            else:
                parts.append(part)
        return self.total(parts, pending, excused > 0)

    def parts(self, selected: Iterable[tuple[Membership, Row]]) -> list[RowPart]:
        """What the rows that `select` chose give, those not decided yet included."""
        return [part for _, row in selected if (part := self.part(row)) is not None]

    def _is_excused(self, row: Row) -> bool:
        """Whether the rule would look at a row it passes over, were it not excused."""
        return bool(row["excused"]) and self.among is not None and self.among({**row, "excused": False}) is not False

    def total(self, parts: Iterable[RowPart], pending: int = 0, excused: bool = False) -> Measured:
        """The indicator from its row parts: they re-add exactly."""
        kept = tuple(parts)
        known = [part for part in kept if not part.unknown]
        quantile = self.indicator.model.measure.quantile_of
        tops = [part.top for part in known]
        top = _in_order(tops, Fraction(quantile.at)) if quantile else sum(tops)
        bottom = sum(part.bottom for part in known)
        unknown = len(kept) - len(known)
        return self.state(top, bottom, n=len(known), n_unknown=unknown, pending=pending, excused=excused, parts=kept)

    def state(
        self,
        top: int,
        bottom: int,
        *,
        n: int,
        n_unknown: int,
        pending: int,
        excused: bool,
        parts: tuple[RowPart, ...] = (),
    ) -> Measured:
        """The indicator from its sums over the rows that count (of a quantile, `top` is the value at its rank).

        Counts and sums have no denominator; of the others, no denominator means that nothing arose, that all was
        excused, or that values are missing."""
        state, bottom_scale, additive = State.VALUE, self.bottom_scale, True
        if self._kind in ("count_of", "sum_of"):
            bottom, bottom_scale = 1, 0
        elif bottom == 0:
            state = _nothing(n_unknown, excused)
        elif self._kind == "quantile_of":
            bottom, additive = 1, False
        counts = (n, n_unknown, pending)
        scales = (self.top_scale, bottom_scale)
        return Measured(state, top, bottom, *scales, *counts, parts, additive, self._cap, excused)

    @cached_property
    def _kind(self) -> str:
        return self.indicator.model.measure.kind

    @cached_property
    def _cap(self) -> Fraction | None:
        cap = self.indicator.model.measure.cap
        return None if cap is None else Fraction(cap)


def _in_order(values: list[int], at: Fraction) -> int:
    """The value at rank ⌈at × n⌉, at least the first; 0 when there is none."""
    return sorted(values)[max(0, ceil(at * len(values)) - 1)] if values else 0


def _nothing(n_unknown: int, excused: bool) -> State:
    """Why there is no denominator: values are missing, or all was excused, or nothing arose."""
    if n_unknown:
        return State.MISSING
    return State.EXCUSED if excused else State.NOT_APPLICABLE


def _where(that: Function, weigh: Function) -> Function:
    """The weight where the condition holds, zero where it does not, missing where it is missing."""

    def where(row: Mapping[str, Any]) -> Any:
        holds = that(row)
        return None if holds is None else (weigh(row) if holds else 0)

    return where
