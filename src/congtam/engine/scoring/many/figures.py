"""The figures of many subjects: over rows from totals, given by people, by formula; and how formulas read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from congtam.engine.measuring.totals import Sums, Totals, Whole
from congtam.engine.rulebook.bound import BoundIndicator
from congtam.engine.rulebook.model import BasePoints
from congtam.engine.scoring.many.formulas import Formulas, Others
from congtam.engine.scoring.many.ratios import (
    MISSING,
    NOT_ARISEN,
    THERE,
    Codes,
    Ratios,
    choose,
    constant,
    greatest,
    least,
    times,
    whole,
)
from congtam.engine.scoring.rules import Rules, Subject
from congtam.engine.scoring.subject import Related, SubjectScorer, out_of
from congtam.engine.states import State

STATES = tuple(State)
CODE = {state: np.int8(code) for code, state in enumerate(STATES)}
VALUE, EXCUSED = CODE[State.VALUE], CODE[State.EXCUSED]
_IN_FORMULAS = {State.VALUE: THERE, State.NOT_APPLICABLE: NOT_ARISEN, State.MISSING: MISSING, State.EXCUSED: NOT_ARISEN}
_AS_READ = np.array([_IN_FORMULAS[state] for state in STATES], dtype=np.int8)
_AS_FIGURE = {THERE: State.VALUE, NOT_ARISEN: State.NOT_APPLICABLE, MISSING: State.MISSING}
_AS_STATE = np.array([CODE[_AS_FIGURE[np.int8(code)]] for code in range(3)], dtype=np.int8)
_SURE = np.array([THERE])


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator for many subjects: its state (a code into `STATES`), its value as formulas read it, and on how many
    rows it stands."""

    state: Codes
    read: Ratios
    n: NDArray[np.int64]


@dataclass(frozen=True)
class Group:
    """Subjects that are scored by the same rules from the same totals: what is related to each, and `places` in the
    totals (-1: none, for those without any row)."""

    rules: Rules
    subjects: Sequence[Subject]
    related: Sequence[Related]
    totals: Totals
    places: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.subjects)

    @property
    def n_items(self) -> NDArray[np.int64]:
        """How many items each subject is scored on."""
        return _taken(self.totals.n_items, self.places).astype(np.int64)


def figures(scorer: SubjectScorer, group: Group) -> tuple[dict[str, Figure], Formulas]:
    """Every indicator that the rules need, in their order, and the formulas over them. Raises `BeyondArrays`."""
    rules = group.rules
    made: dict[str, Figure] = {}
    read: dict[str, Ratios] = {}
    formulas = Formulas(read, Others(group.subjects, group.related, scorer.scene.card.grades))
    for name in rules.order:
        indicator = rules.indicators[name]
        if name in rules.over_rows:
            made[name] = _over_rows(indicator, group.totals.sums[name], group.places)
        elif name in rules.formulas:
            made[name] = _formula(indicator, formulas, rules.formula_parameters[name])
        else:
            made[name] = _given(indicator, scorer, group.subjects)
        read[name] = made[name].read
    return made, formulas


def _taken(values: Whole, places: NDArray[np.int64]) -> Whole:
    """The values at the places; zero for a subject without any row."""
    return values[places] if places.min(initial=0) >= 0 else np.append(values, 0)[places]


def _over_rows(indicator: BoundIndicator, sums: Sums, places: NDArray[np.int64]) -> Figure:
    """An indicator from its sums: `RowMeasure.state` and `Measured.value` in arrays."""
    rule, measure = sums.rule, indicator.model.measure
    top, bottom = _taken(sums.top, places), _taken(sums.bottom, places)
    n, scale = _taken(sums.n, places).astype(np.int64), rule.top_scale
    if measure.kind in ("count_of", "sum_of"):
        state, bottom = np.full(len(places), VALUE), whole([1])
    else:
        scale -= rule.bottom_scale
        state = np.where(bottom == 0, _why_nothing(sums, places), VALUE)
        bottom = whole([1]) if measure.kind == "quantile_of" else np.where(bottom == 0, 1, bottom)
    if bool((bottom < 0).any()):
        sign = np.where(bottom < 0, -1, 1)
        top, bottom = times(top, sign), times(bottom, sign)
    value = Ratios(times(top, whole([10 ** max(0, -scale)])), times(bottom, whole([10 ** max(0, scale)])), _SURE)
    if measure.cap is not None:
        value = greatest(constant(0), least(value, constant(measure.cap)))
    return Figure(state, _read(indicator, Ratios(value.top, value.bottom, state)), n)


def _why_nothing(sums: Sums, places: NDArray[np.int64]) -> Codes:
    """Why there is no denominator: values are missing, or all was excused, or nothing arose."""
    excused = np.where(_taken(sums.n_excused, places) > 0, EXCUSED, CODE[State.NOT_APPLICABLE])
    return np.where(_taken(sums.n_unknown, places) > 0, CODE[State.MISSING], excused)


def _formula(indicator: BoundIndicator, formulas: Formulas, parameters: Mapping[str, Any]) -> Figure:
    """A formula, or one of two rates by a condition."""
    measure = indicator.model.measure
    if measure.pair:
        when = formulas.of(indicator.nodes["when"], parameters)
        holds, fails = (constant(Fraction(value)) for value in measure.pair.values)
        chosen = choose(when.top != 0, holds, fails)
        value = Ratios(chosen.top, chosen.bottom, when.state)
    else:
        value = formulas.of(indicator.nodes["formula"], parameters)
    state = _AS_STATE[value.state]
    read = _read(indicator, Ratios(value.top, value.bottom, state))
    return Figure(state, read, np.zeros(1, np.int64))


def _given(indicator: BoundIndicator, scorer: SubjectScorer, subjects: Sequence[Subject]) -> Figure:
    """What people gave: `SubjectScorer.given` in arrays; answers to questions are counted subject by subject."""
    measure = indicator.model.measure
    if measure.survey:
        measured = [scorer.given(indicator, subject) for subject in subjects]
        state = np.array([CODE[one.state] for one in measured], dtype=np.int8)
        value = Ratios(whole([one.top for one in measured]), whole([one.bottom or 1 for one in measured]), state)
        return Figure(state, _read(indicator, value), np.array([one.n for one in measured], dtype=np.int64))
    rows = [scorer.row_given(measure, subject.code) for subject in subjects]
    state = np.array([CODE[State.MISSING if row is None else row.state] for row in rows], dtype=np.int8)
    top = whole([0 if row is None or row.value is None else row.value for row in rows])
    bottom = out_of(measure)
    if measure.rating_of:
        state = np.where(top > bottom, CODE[State.MISSING], state)
    value = Ratios(top, whole([bottom]), state)
    return Figure(state, _read(indicator, value), (state == VALUE).astype(np.int64))


def _read(indicator: BoundIndicator, value: Ratios) -> Ratios:
    """A figure (with a code into `STATES`) as formulas read it: `rates.in_formula` in arrays."""
    state, policy = _AS_READ[value.state], indicator.model.no_opportunity
    if policy == "redistribute":
        return Ratios(value.top, value.bottom, state)
    instead = constant(Fraction(policy.base_rate) if isinstance(policy, BasePoints) else Fraction(0))
    return choose(value.state == CODE[State.NOT_APPLICABLE], instead, Ratios(value.top, value.bottom, state))
