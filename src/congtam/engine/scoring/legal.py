"""Which one scorecard is legal for a person in a period. Where the rule names none, or more than one, a person decides.

A scorecard is legal for those of its kind of staff for whom its rulebook is in force in the period (a month goes by its
first day, a longer period by any of its days), unless the rulebook of another such card supersedes it from the start.
A person decides too where the rule or somebody's kind of staff changes inside the period, and where a rulebook is for a
province or level of agency, which no record tells. A decision chooses among scorecards that can be legal, nothing else.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from congtam.engine.facts.own_word import on_oneself
from congtam.engine.facts.tables import Decision
from congtam.engine.findings import Finding, Place, Severity, did_you_mean
from congtam.engine.periods import Period
from congtam.engine.rulebook.as_of import admits
from congtam.engine.rulebook.bound import BoundScorecard, Rulebook
from congtam.engine.scoring.decisions import LEGAL_CARD, without_effect
from congtam.engine.scoring.everyone import subject_of
from congtam.engine.scoring.subject import Subject
from congtam.engine.scoring.validity import on_any_day, on_first_day, throughout
from congtam.engine.structure import Person
from congtam.engine.working_time import Calendar


@dataclass(frozen=True)
class Entry:
    """One scorecard of an agency's run with what it needs; `key` is rulebook#scorecard."""

    key: str
    rulebook: Rulebook
    card: BoundScorecard
    calendar: Calendar
    trial: bool

    def is_legal_for(self, person: Person, period: Period) -> bool:
        """Whether the rule makes this the person's legal scorecard."""
        head, spell, kinds = self.rulebook.head, person.spell, self.card.model.staff_kind
        return (
            self.can_be_legal
            and on_any_day(head, period, spell.staff_kind)
            and (not kinds or spell.staff_kind in kinds)
            and admits(head.scope, {"staff_kind": spell.staff_kind, "agency": spell.agency})
            and head.scope.leader in (None, spell.leader)
        )

    @property
    def can_be_legal(self) -> bool:
        """Whether a decision may make this somebody's legal scorecard."""
        return self.card.model.legal and not self.trial and self.rulebook.head.status == "in_force"

    @property
    def place_is_known(self) -> bool:
        """Whether records tell that the rulebook is for this agency: they name agencies, not provinces or levels."""
        scope = self.rulebook.head.scope
        return bool(scope.agency) or not (scope.province or scope.agency_level)


def for_information(rulebook: Rulebook, scorecard: str) -> Rulebook:
    """The rulebook where one scores this scorecard for information only: nobody's legal one."""
    card = rulebook.scorecards[scorecard]
    beside = replace(card, model=card.model.model_copy(update={"legal": False}))
    return replace(rulebook, scorecards={**rulebook.scorecards, scorecard: beside})


class LegalBy(StrEnum):
    """Why a scorecard is the legal one, or why it is for a person to say."""

    RULE = "rule"
    DECISION = "decision"
    NONE = "none"  # no scorecard of the run is legal for this kind of staff
    SEVERAL = "several"  # more than one is
    KIND_CHANGED = "kind_changed"  # the kind of staff changed inside the period
    RULE_CHANGED = "rule_changed"  # the only one named begins or ends inside the period
    PLACE_UNKNOWN = "place_unknown"  # the only one named is for a province or level, which no record tells


@dataclass(frozen=True)
class Legal:
    """One person's scorecards: `card` is the legal one (None until a person decides), `candidates` those the rule
    names, `scored` all that score the person, legal or for information, `open_to` those a decision may name."""

    subject: Subject
    card: str | None
    by: LegalBy
    candidates: tuple[str, ...]
    scored: tuple[str, ...]
    kinds: tuple[str, ...]
    open_to: tuple[str, ...] = ()
    decision: Decision | None = None

    @property
    def beside(self) -> tuple[str, ...]:
        """The scorecards whose scores stand beside the legal one for information."""
        return tuple(key for key in self.scored if key != self.card)


def legal_cards(
    people: Iterable[Person],
    entries: Mapping[str, Entry],
    scored: Mapping[str, frozenset[str]],
    decisions: Iterable[Decision],
    period: Period,
) -> dict[str, Legal]:
    """The legal scorecard of each person, by official; `scored` are the officials each card scores."""
    decided = {one.subject: one for one in _on_cards(decisions, period) if not on_oneself(one)}
    return {person.official: _legal(person, entries, scored, decided.get(person.official), period) for person in people}


def _on_cards(decisions: Iterable[Decision], period: Period) -> list[Decision]:
    """The decisions of the period on legal scorecards, in the order learned."""
    on_cards = [one for one in decisions if one.matter == LEGAL_CARD and one.period == period.label]
    return sorted(on_cards, key=lambda one: one.seq)


def _legal(
    person: Person,
    entries: Mapping[str, Entry],
    scored: Mapping[str, frozenset[str]],
    decision: Decision | None,
    period: Period,
) -> Legal:
    own = tuple(key for key in entries if person.official in scored[key])
    named = _standing([entries[key] for key in own if entries[key].is_legal_for(person, period)], person, period)
    kinds = tuple(dict.fromkeys(spell.staff_kind for spell in person.spells))
    open_to = tuple(key for key in own if entries[key].can_be_legal)
    subject = subject_of(person)
    if decision is not None and decision.outcome in open_to:
        return Legal(subject, decision.outcome, LegalBy.DECISION, named, own, kinds, open_to, decision)
    by = _by_rule([entries[key] for key in named], kinds, person, period)
    return Legal(subject, named[0] if by is LegalBy.RULE else None, by, named, own, kinds, open_to, decision)


def _by_rule(named: list[Entry], kinds: tuple[str, ...], person: Person, period: Period) -> LegalBy:
    """Whether the rule alone names one scorecard, or why a person must."""
    if len(kinds) > 1:
        return LegalBy.KIND_CHANGED
    if len(named) != 1:
        return LegalBy.SEVERAL if named else LegalBy.NONE
    if not named[0].place_is_known:
        return LegalBy.PLACE_UNKNOWN
    whole = throughout(named[0].rulebook.head, period, person.spell.staff_kind)
    return LegalBy.RULE if whole else LegalBy.RULE_CHANGED


def _standing(named: list[Entry], person: Person, period: Period) -> tuple[str, ...]:
    """Those of several that no other supersedes. One that begins inside the period, or may be for another place,
    supersedes nothing; what may still be used by a transition clause stands."""
    gone = {
        book
        for one in named
        if one.place_is_known and on_first_day(one.rulebook.head, period, person.spell.staff_kind)
        for book in one.rulebook.head.supersedes
        if not any(clause.rulebook == book and period.first < clause.until for clause in one.rulebook.head.transition)
    }
    return tuple(one.key for one in named if one.rulebook.id not in gone)


def legal_findings(people: Mapping[str, Legal], decisions: Iterable[Decision], period: Period) -> Iterator[Finding]:
    """What a person must settle, and decisions that settle nothing or depart from the rule: nobody's scorecard is ever
    picked in silence."""
    for decision in _on_cards(decisions, period):
        if on_oneself(decision):
            yield without_effect(decision, f"{decision.by} decides on their own legal scorecard")
        elif decision.subject not in people:
            message = f"nobody of that code has a post in {period.label}"
            yield without_effect(decision, message, did_you_mean(decision.subject, people))
    for code, one in people.items():
        if one.decision is not None:
            yield from _on_decision(code, one, one.decision)
        if one.card is None:
            yield _to_settle(code, one, period)


def _on_decision(code: str, one: Legal, decision: Decision) -> Iterator[Finding]:
    if one.by is not LegalBy.DECISION and decision.outcome in one.scored:
        message = f"{decision.outcome} cannot be legal: it is for information, a proposal, an example or a trial"
        yield without_effect(decision, message, did_you_mean("", one.open_to))
    elif one.by is not LegalBy.DECISION:
        message = f"the outcome {decision.outcome!r} names no scorecard that scores {code} by rule"
        yield without_effect(decision, message, did_you_mean(decision.outcome, one.open_to))
    elif len(one.kinds) == 1 and len(one.candidates) == 1 and one.card not in one.candidates:
        message = f"{code}: decision {decision.number} of {decision.by} takes {one.card}, the rule {one.candidates[0]}"
        advice = "make sure that the decision may depart from the rule, or correct it with a later row"
        where = Place(f"decision.csv, seq {decision.seq}")
        yield Finding("decision-over-rule", message, advice, where, Severity.WARNING)


def _to_settle(code: str, one: Legal, period: Period) -> Finding:
    kinds = " then ".join(one.kinds)
    outcomes = " or ".join(one.open_to)
    record = (
        f"or record a decision on {code} (matter {LEGAL_CARD}, period {period.label}, outcome {outcomes})"
        if one.open_to
        else "no scorecard of this run can be made legal by a decision"
    )
    named, label = ", ".join(one.candidates), period.label
    match one.by:
        case LegalBy.NONE:
            name, message = "no-legal-card", f"{code} ({kinds}): no scorecard of this run is legal in {label}"
            advice = f"add one: congtam rulebook list --staff-kind {one.kinds[0]}; {record}"
        case LegalBy.SEVERAL:
            message = f"{code} ({kinds}): {len(one.candidates)} scorecards are legal: {named}"
            name, advice = "several-legal-cards", f"leave one out, {record}"
        case LegalBy.RULE_CHANGED:
            message = f"{code} ({kinds}): the rule changes inside {label}; {named} holds for a part of it"
            name, advice = "rule-changed", f"add the scorecard of the rest: congtam rulebook list, {record}"
        case LegalBy.PLACE_UNKNOWN:
            message = f"{code} ({kinds}): {named} is for a province or level of agency, which no record tells"
            name, advice = "place-unknown", f"name the agencies in the scope of the rulebook (scope: agency), {record}"
        case _:
            first = f"; the first day names {named}" if named else ""
            message = f"{code}: the kind of staff changes inside {label}: {kinds}{first}"
            name, advice = "staff-kind-changed", f"correct spell.csv if it is wrong, {record}"
    return Finding(name, message, advice, Place("spell.csv"), Severity.WARNING)
