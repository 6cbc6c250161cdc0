"""Worked examples: small stories beside the rules, written as sentences their author can read, and run as tests.

A story goes through the same fold, the same evaluator and the same scorer as everything else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from congtam.engine.findings import Finding, Unusable, refuse_if_any, unusable
from congtam.engine.measuring.evaluate import Measured, fixed
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.load import validate
from congtam.engine.rulebook.yaml_source import read_yaml
from congtam.engine.scoring.points import POINT, micropoints, rounded
from congtam.engine.scoring.population import Candidate, apply_caps
from congtam.engine.scoring.run import Asked, Run, evaluate
from congtam.engine.scoring.subject import Score
from congtam.engine.stories import CapStory, Example, ExampleFile, Expected, story_facts
from congtam.engine.working_time import Calendar


@dataclass(frozen=True)
class Told:
    """An example with the file it stands in."""

    file: str
    example: Example

    def __str__(self) -> str:
        return f"{self.file}: {self.example.title}"


def read_examples(rulebook: Rulebook) -> list[Told]:
    """All worked examples beside a rulebook. Raises `Unusable` with every finding."""
    findings: list[Finding] = []
    told: list[Told] = []
    for path in sorted((rulebook.draft.folder / "examples").glob("*.yaml")):
        name = f"{rulebook.id}/examples/{path.name}"
        try:
            found, block = validate(read_yaml(path, name), ExampleFile)
        except Unusable as refusal:
            findings += refusal.findings
            continue
        findings += found
        told += [Told(name, example) for example in block.examples] if block else []
    refuse_if_any(findings)
    return told


def differences(rulebook: Rulebook, example: Example, calendar: Calendar) -> list[str]:
    """Run one example; each difference from what it expects is a sentence, and none means that it holds."""
    if example.cap is not None:
        return list(_cap_differences(rulebook, example, example.cap))
    run = run_example(rulebook, example, calendar)
    found = []
    for code, expected in example.expect.items():
        if code not in run.scores:
            found.append(f"{code}: not scored")
            continue
        found += [f"{code}: {text}" for text in _differences(run, _given(run, example, code), expected)]
    return found


def run_example(rulebook: Rulebook, example: Example, calendar: Calendar) -> Run:
    """The run of an example's story."""
    period = Period.parse(example.period)
    asked = Asked(period, example.as_of or period.end, overrides=example.parameters, trial=example.trial)
    return evaluate(story_facts(example), rulebook, example.scorecard, asked, calendar)


def _given(run: Run, example: Example, code: str) -> Score:
    """The score with the figures the story gives directly."""
    score, given = run.scores[code], example.officials[code].given if code in example.officials else {}
    if not given:
        return score
    unknown = sorted(set(given) - set(run.rulebook.indicators))
    if unknown:
        raise unusable("unknown-indicator", f"the example gives {unknown[0]!r}, which is no indicator", "correct it")
    measured: dict[str, Measured] = {**score.measured, **{name: fixed(Fraction(v)) for name, v in given.items()}}
    return run.scorer.rescore(score.subject, run.related[code], measured, enough=True)


def _differences(run: Run, score: Score, expected: Expected) -> Iterator[str]:
    shown = run.card.model.rounding.shown
    if expected.total is not None:
        yield from _differs("total", _points(score.total, shown), expected.total)
    for part_id, points in expected.parts.items():
        part = score.part(part_id)
        yield from _differs(part_id, _points(part.points if part else None, shown), points)
    unknown = sorted({*expected.rates, *expected.states} - set(score.measured))
    if unknown:
        yield f"{unknown[0]} is expected to be measured, and is not"
        return
    for name, rate in expected.rates.items():
        value = score.measured[name].value
        seen = None if value is None else Decimal(rounded(round(value * POINT), 4)) / POINT
        yield from _differs(name, seen, rate)
    for name, state in expected.states.items():
        yield from _differs(f"{name} state", score.measured[name].state, state)
    if expected.grade is not None:
        yield from _differs("grade", score.graded.grade or "none", expected.grade)
    if expected.by is not None:
        yield from _differs("by", score.graded.by.value, expected.by)
    if expected.proposals is not None:
        yield from _differs("proposals", {p.veto: p.state.value for p in score.graded.proposals}, expected.proposals)


def _points(micro: int | None, places: int) -> Decimal | None:
    return None if micro is None else Decimal(rounded(micro, places)) / POINT


def _differs(what: str, seen: Any, expected: Any) -> Iterator[str]:
    if seen != expected:
        yield f"{what} is {seen}, expected {expected}"


def _cap_differences(rulebook: Rulebook, example: Example, story: CapStory) -> Iterator[str]:
    card = rulebook.scorecards.get(example.scorecard)
    rules = {rule.id: rule for rule in card.model.population_rules} if card else {}
    if card is None or story.rule not in rules:
        yield f"{example.scorecard} has no population rule {story.rule!r}; it was expected to limit"
        return
    rule = rules[story.rule]
    group: dict[str, str | None] = {"agency": "a", "duty_group": "g", "unit": "u", "staff_kind": "s"}
    top, good = rule.cap, card.grades[card.grades.index(rule.cap) + 1]
    people = [Candidate(f"x{i}", top, micropoints(99) - i, group) for i in range(story.excellent)]
    people += [Candidate(f"g{i}", good, micropoints(80) - i, group) for i in range(story.good)]
    limit = Fraction(story.limit if story.limit is not None else rule.limit)
    outcome = apply_caps(rule, card.grades, people, story.reading or "good_after_demotion", limit)[-1]
    yield from _differs("allowed", outcome.allowed, story.allowed)
    yield from _differs("passed", len(outcome.passed), story.allowed)
