"""Which one scorecard is legal for a person in a period. Where the rule names none, or more than one, a person decides.

A scorecard is legal for those of its kind of staff for whom its rulebook is in force on the first day of the period,
unless the rulebook of another such card supersedes it.
Somebody whose kind of staff changes inside the period is for a person to decide too, whatever the first day says.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from congtam.engine.facts.tables import Decision
from congtam.engine.findings import Finding, Place, Severity, did_you_mean
from congtam.engine.periods import Period
from congtam.engine.rulebook.as_of import admits, holds_on
from congtam.engine.rulebook.bound import BoundScorecard, Rulebook
from congtam.engine.scoring.decisions import LEGAL_CARD
from congtam.engine.scoring.everyone import subject_of
from congtam.engine.scoring.subject import Subject
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
            self.card.model.legal
            and not self.trial
            and head.status == "in_force"
            and holds_on(self.rulebook, period.first, spell.staff_kind)
            and (not kinds or spell.staff_kind in kinds)
            and admits(head.scope, {"staff_kind": spell.staff_kind, "agency": spell.agency})
            and head.scope.leader in (None, spell.leader)
        )


class LegalBy(StrEnum):
    """Why a scorecard is the legal one, or why it is for a person to say."""

    RULE = "rule"
    DECISION = "decision"
    NONE = "none"  # no scorecard of the run is legal for this kind of staff
    SEVERAL = "several"  # more than one is
    KIND_CHANGED = "kind_changed"  # the kind of staff changed inside the period


@dataclass(frozen=True)
class Legal:
    """One person's scorecards: `card` is the legal one (None until a person decides), `candidates` those the rule
    names, `scored` all that score the person, legal or for information."""

    subject: Subject
    card: str | None
    by: LegalBy
    candidates: tuple[str, ...]
    scored: tuple[str, ...]
    kinds: tuple[str, ...]
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
    decided = {
        decision.subject: decision
        for decision in sorted(decisions, key=lambda decision: decision.seq)
        if decision.matter == LEGAL_CARD and decision.period == period.label
    }
    return {person.official: _legal(person, entries, scored, decided.get(person.official), period) for person in people}


def _legal(
    person: Person,
    entries: Mapping[str, Entry],
    scored: Mapping[str, frozenset[str]],
    decision: Decision | None,
    period: Period,
) -> Legal:
    own = tuple(key for key in entries if person.official in scored[key])
    named = _standing([entries[key] for key in own if entries[key].is_legal_for(person, period)], period)
    kinds = tuple(dict.fromkeys(spell.staff_kind for spell in person.spells))
    subject = subject_of(person)
    if decision is not None and decision.outcome in own and not entries[decision.outcome].trial:
        return Legal(subject, decision.outcome, LegalBy.DECISION, named, own, kinds, decision)
    if len(kinds) > 1:
        return Legal(subject, None, LegalBy.KIND_CHANGED, named, own, kinds, decision)
    if len(named) == 1:
        return Legal(subject, named[0], LegalBy.RULE, named, own, kinds, decision)
    return Legal(subject, None, LegalBy.SEVERAL if named else LegalBy.NONE, named, own, kinds, decision)


def _standing(named: list[Entry], period: Period) -> tuple[str, ...]:
    """Those of several that no other supersedes; what may still be used by a transition clause stands."""
    gone = {
        book
        for one in named
        for book in one.rulebook.head.supersedes
        if not any(clause.rulebook == book and period.first < clause.until for clause in one.rulebook.head.transition)
    }
    return tuple(one.key for one in named if one.rulebook.id not in gone)


def legal_findings(people: Mapping[str, Legal], period: Period) -> Iterator[Finding]:
    """What a person must settle: nobody's scorecard is ever picked in silence."""
    for code, one in people.items():
        if one.decision is not None and one.by is not LegalBy.DECISION:
            message = f"{code}: the outcome {one.decision.outcome!r} names no scorecard that scores {code} by rule"
            advice = f"correct the decision with a later row; {did_you_mean(one.decision.outcome, one.scored)}"
            where = Place(f"decision.csv, seq {one.decision.seq}")
            yield Finding("decision-without-effect", message, advice, where, Severity.WARNING)
        if one.card is None:
            yield _to_settle(code, one, period)


def _to_settle(code: str, one: Legal, period: Period) -> Finding:
    kinds = " then ".join(one.kinds)
    record = f"or record a decision on {code} (matter {LEGAL_CARD}, period {period.label}, outcome rulebook#scorecard)"
    match one.by:
        case LegalBy.NONE:
            name, message = "no-legal-card", f"{code} ({kinds}): no scorecard of this run is legal in {period.label}"
            advice = f"add one: congtam rulebook list --staff-kind {one.kinds[0]}; {record}"
        case LegalBy.SEVERAL:
            message = f"{code} ({kinds}): {len(one.candidates)} scorecards are legal: {', '.join(one.candidates)}"
            name, advice = "several-legal-cards", f"leave one out, {record}"
        case _:
            named = f"; the first day names {', '.join(one.candidates)}" if one.candidates else ""
            message = f"{code}: the kind of staff changes inside {period.label}: {kinds}{named}"
            name, advice = "staff-kind-changed", f"correct spell.csv if it is wrong, {record}"
    return Finding(name, message, advice, Place("spell.csv"), Severity.WARNING)
