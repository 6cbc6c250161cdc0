"""Worked examples: small stories beside the rules, written as sentences their author can read, and run as tests.

A story names officials, their marks and their work in a short form; it is turned into ordinary events and goes through
the same fold, the same evaluator and the same scorer as everything else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from congtam.engine.facts.tables import Decision, Event, Facts, Rating, Spell, Unit
from congtam.engine.findings import Finding, Unusable, refuse_if_any, unusable
from congtam.engine.measuring.evaluate import Measured, fixed
from congtam.engine.periods import VIETNAM, Period
from congtam.engine.rulebook.bind import Rulebook
from congtam.engine.rulebook.load import validate
from congtam.engine.rulebook.model import Block, Number
from congtam.engine.rulebook.yaml_source import read_yaml
from congtam.engine.scoring.points import POINT, micropoints, rounded
from congtam.engine.scoring.population import Candidate, apply_caps
from congtam.engine.scoring.run import Asked, Run, evaluate
from congtam.engine.scoring.subject import Score
from congtam.engine.states import State
from congtam.engine.working_time import Calendar


def _moment(value: Any) -> datetime:
    """A day (17:00, the end of office hours) or a day and time, in Vietnam."""
    text = str(value)
    local = datetime.fromisoformat(text) if len(text) > 10 else datetime.combine(date.fromisoformat(text), time(17))
    return local.replace(tzinfo=VIETNAM).astimezone(UTC)


Moment = Annotated[datetime, BeforeValidator(_moment)]


class Hand(Block):
    """One pair of hands an item goes through; `due` is a deadline of their own."""

    official: str
    until: Moment | None = None
    due: Moment | None = None


class Move(Block):
    """A deadline moved, with or without an authority."""

    asked: Moment
    to: Moment
    by: str | None = None
    decision: str | None = None


class WorkStory(Block):
    """One item in a line: size, deadline, finish, and what went wrong. `copies` repeats it."""

    item: str
    kind: str = "task"
    origin: Literal["assigned", "self_started", "citizen"] = "assigned"
    coefficient: Number | None = Decimal(1)
    received: Moment
    due: Moment | None = None
    finished: Moment | None = None
    taken_up: Moment | None = None
    role: Literal["lead", "support"] = "lead"
    weight: Number | None = None
    quality_failures: int = 0
    extra_delays: int = 0
    voided: tuple[str, ...] = ()
    extended: tuple[Move, ...] = ()
    hands: tuple[Hand, ...] = ()
    accepted_by: str | None = None
    rated: Number | None = None
    recognised: str | None = None
    excused: str | None = None
    same_as: str | None = None
    copies: int = 1


class OfficialStory(Block):
    """One official: role, marks, work; `given` sets figures of indicators directly (rates from 0 to 1)."""

    role: Literal["staff", "leader"] = "staff"
    unit: str = "phong"
    staff_kind: str = "civil_servant"
    duty_group: str = "chuyen_mon"
    ratings: dict[str, Number] = Field(default_factory=dict)
    given: dict[str, Number] = Field(default_factory=dict)
    work: tuple[WorkStory, ...] = ()


class DecisionStory(Block):
    """What a named person decided."""

    subject: str
    matter: str
    outcome: str
    by: str
    number: str


class Expected(Block):
    """What must come out for one official; what is not stated is not checked. Points rounded as the rulebook shows."""

    total: Number | None = None
    parts: dict[str, Number] = Field(default_factory=dict)
    rates: dict[str, Number] = Field(default_factory=dict)
    states: dict[str, State] = Field(default_factory=dict)
    grade: str | None = None
    by: str | None = None
    proposals: dict[str, str] | None = None


class CapStory(Block):
    """A population in numbers, and how many may keep the capped grade."""

    rule: str
    good: int
    excellent: int
    limit: Number | None = None
    reading: str | None = None
    allowed: int


class Example(Block):
    """One worked example. The title is the rule it shows, as a sentence."""

    title: str
    scorecard: str
    period: str
    as_of: Moment | None = None
    parameters: dict[str, str] = Field(default_factory=dict)
    officials: dict[str, OfficialStory] = Field(default_factory=dict)
    units: dict[str, str | None] = Field(default_factory=dict)
    marks: dict[str, dict[str, Number]] = Field(default_factory=dict)
    decisions: tuple[DecisionStory, ...] = ()
    expect: dict[str, Expected] = Field(default_factory=dict)
    cap: CapStory | None = None
    trial: bool = False


class ExampleFile(Block):
    """A file of worked examples."""

    examples: tuple[Example, ...]


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
    card = rulebook.scorecards[example.scorecard]
    rule = next(rule for rule in card.model.population_rules if rule.id == story.rule)
    group: dict[str, str | None] = {"agency": "a", "duty_group": "g", "unit": "u", "staff_kind": "s"}
    top, good = rule.cap, card.grades[card.grades.index(rule.cap) + 1]
    people = [Candidate(f"x{i}", top, micropoints(99) - i, group) for i in range(story.excellent)]
    people += [Candidate(f"g{i}", good, micropoints(80) - i, group) for i in range(story.good)]
    limit = Fraction(story.limit if story.limit is not None else rule.limit)
    outcome = apply_caps(rule, card.grades, people, story.reading or "good_after_demotion", limit)[-1]
    yield from _differs("allowed", outcome.allowed, story.allowed)
    yield from _differs("passed", len(outcome.passed), story.allowed)


# -- a story as facts


def story_facts(example: Example) -> Facts:
    """An example's story as contract rows, numbered in the order told."""
    period = Period.parse(example.period)
    at = period.start
    events = tuple(_numbered(example))
    spells = tuple(
        Spell(
            i,
            at,
            f"spell-{code}",
            code,
            f"post-{code}",
            one.unit,
            "so",
            one.duty_group,
            one.role == "leader",
            one.staff_kind,
            date(2019, 1, 1),
        )
        for i, (code, one) in enumerate(example.officials.items(), start=1)
    )
    ratings = tuple(
        Rating(i, at, code, criterion, period.label, "final", State.VALUE, int(value * POINT), "sep")
        for i, (code, criterion, value) in enumerate(
            ((code, c, v) for code, marks in _marks(example).items() for c, v in marks.items()), start=1
        )
    )
    units = tuple(
        Unit(i, at, code, "so", date(2019, 1, 1), parent)
        for i, (code, parent) in enumerate(example.units.items(), start=1)
    )
    decisions = tuple(
        Decision(i, at, one.subject, example.scorecard, period.label, one.matter, one.outcome, one.by, one.number)
        for i, one in enumerate(example.decisions, start=1)
    )
    return Facts(events=events, spells=spells, ratings=ratings, units=units, decisions=decisions)


def _marks(example: Example) -> dict[str, dict[str, Decimal]]:
    return {**{code: one.ratings for code, one in example.officials.items()}, **example.marks}


def _numbered(example: Example) -> Iterator[Event]:
    seq = 0
    for code, official in example.officials.items():
        for story in official.work:
            for copy in range(story.copies):
                item = story.item if story.copies == 1 else f"{story.item}-{copy + 1}"
                for event in _story_events(code, story, item):
                    seq += 1
                    yield Event(seq, event["at"], **event)


def _story_events(code: str, story: WorkStory, item: str) -> Iterator[dict[str, Any]]:
    attributes: dict[str, Any] = {"kind": story.kind, "origin": story.origin}
    if story.coefficient is not None:
        attributes["coefficient"] = str(story.coefficient)
    yield {"item": item, "at": story.received, "activity": "registered", "attributes": attributes}
    if story.due:
        yield {"item": item, "at": story.received, "activity": "due", "value": story.due.isoformat()}
    last = code
    for event in _hands(code, story, item):
        last = event.get("counterpart") or last
        yield event
    yield from _moves(story, item)
    yield from _ending(last, story, item)


def _hands(code: str, story: WorkStory, item: str) -> Iterator[dict[str, Any]]:
    share: dict[str, Any] = {"role": story.role}
    if story.weight is not None:
        share["weight"] = str(story.weight)
    yield {"item": item, "at": story.received, "activity": "assigned", "official": code, "attributes": share}
    if story.taken_up:
        yield {"item": item, "at": story.taken_up, "activity": "taken_up", "official": code}
    giver = code
    for hand in story.hands:
        own = {"due_at": hand.due.isoformat()} if hand.due else {}
        assert hand.until is not None, "a hand says when it received the item: until of the one before"
        yield {
            "item": item,
            "at": hand.until,
            "activity": "passed_on",
            "official": giver,
            "counterpart": hand.official,
            "attributes": own,
        }
        giver = hand.official


def _moves(story: WorkStory, item: str) -> Iterator[dict[str, Any]]:
    for move in story.extended:
        yield {
            "item": item,
            "at": move.asked,
            "activity": "extended",
            "value": move.to.isoformat(),
            "counterpart": move.by,
            "decision": move.decision,
        }


def _ending(last: str, story: WorkStory, item: str) -> Iterator[dict[str, Any]]:
    at = story.finished or story.received
    for kind, count in (("quality", story.quality_failures), ("delay", story.extra_delays)):
        for n in range(count):
            yield {
                "item": item,
                "at": at,
                "activity": "fault",
                "official": last,
                "value": kind,
                "attributes": {"fault": f"{kind}-{n + 1}"},
            }
    if story.finished:
        yield {"item": item, "at": story.finished, "activity": "finished", "official": last}
    person = {"item": item, "at": at, "official": last}
    if story.accepted_by:
        yield {**person, "activity": "accepted", "counterpart": story.accepted_by}
    if story.rated is not None:
        yield {**person, "activity": "rated", "counterpart": "doi-tac", "value": str(story.rated)}
    if story.recognised:
        yield {**person, "activity": "recognised", "decision": story.recognised}
    if story.excused:
        yield {**person, "activity": "excused", "counterpart": "giam-doc", "decision": story.excused}
    for fault in story.voided:
        name = f"delay:{item}:{last}" if fault == "delay" else fault
        yield {
            "item": item,
            "at": at,
            "activity": "voided",
            "value": name,
            "counterpart": "giam-doc",
            "decision": "01/QĐ",
        }
    if story.same_as:
        yield {"item": item, "at": at, "activity": "same_as", "value": story.same_as}


__all__ = ["Told", "differences", "read_examples", "run_example", "story_facts"]
