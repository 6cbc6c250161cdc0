"""Decisions that decide nothing: an outcome or matter the scorecard does not know is told, never passed over."""

from collections.abc import Iterator

from congtam.engine.facts.own_word import on_oneself
from congtam.engine.facts.tables import Decision
from congtam.engine.findings import Finding, Place, Severity, did_you_mean
from congtam.engine.scoring.asked import Run
from congtam.engine.scoring.population import CAP_OUTCOMES, KEPT, LOWERED

__all__ = ["CAP_OUTCOMES", "KEPT", "LEGAL_CARD", "LOWERED", "cap_matter", "decisions_make_sense", "without_effect"]

_CAP = "cap:"
GRADED_MATTERS = ("otherwise", "grade")
LEGAL_CARD = "legal_card"  # which scorecard is legal for a person; settled over all cards of an agency


def cap_matter(rule: str) -> str:
    """The matter of a decision that keeps a person above a limit on how many, or confirms that they are lowered."""
    return f"{_CAP}{rule}"


def decisions_make_sense(run: Run) -> Iterator[Finding]:
    """Findings on decisions of this scorecard and period whose matter or outcome means nothing to it, and on what
    people decided on or marked of themselves."""
    vetoes = [veto.id for veto in run.card.model.vetoes]
    caps = {cap_matter(rule.id): rule.cap for rule in run.card.model.population_rules}
    yield from _own_marks(run)
    places = {place for spell in run.facts.spells for place in (spell.unit, spell.agency)}
    places |= {unit.unit for unit in run.facts.units}
    for decision in run.facts.decisions:
        if not run.scorer.speaks_of(decision) or decision.matter == LEGAL_CARD:
            continue
        if on_oneself(decision):
            yield without_effect(decision, f"{decision.by} decides on themselves")
            continue
        if decision.matter in vetoes:
            known = ["upheld", "set_aside"]
        elif decision.matter in caps:
            known = list(CAP_OUTCOMES)
        elif decision.matter in GRADED_MATTERS:
            known = list(run.card.grades)
        else:
            message, matters = f"there is no matter {decision.matter!r}", [*vetoes, *caps, *GRADED_MATTERS]
            yield without_effect(decision, message, did_you_mean(decision.matter, matters))
            continue
        if decision.outcome not in known:
            message = f"the outcome {decision.outcome!r} decides nothing on {decision.matter}"
            yield without_effect(decision, message, did_you_mean(decision.outcome, known))
        elif decision.matter in caps and not _holds(run, decision.subject, caps[decision.matter]):
            message = f"the limit is on {caps[decision.matter]}, which their points and conditions do not give"
            yield without_effect(decision, message, "take it back; their own grade stands")
        elif decision.matter == "grade" and places and decision.subject not in places:
            own = did_you_mean("", ["otherwise", *vetoes])
            yield without_effect(decision, "the matter 'grade' is of a unit or an agency, not of a person", own)


def _holds(run: Run, subject: str, grade: str) -> bool:
    score = run.scores.get(subject)
    return score is not None and score.graded.grade == grade


def _own_marks(run: Run) -> Iterator[Finding]:
    """Marks that count which people gave themselves: none of them does."""
    labels = {run.asked.period.label}
    if run.card.model.roll_up:
        labels |= {month.label for month in run.asked.period.months()}
    for mark in run.facts.ratings:
        if on_oneself(mark) and mark.period in labels and mark.subject in run.scores:
            message = f"{mark.subject}: the {mark.stage} mark on {mark.criterion} in {mark.period} is their own"
            advice = "let another person give it, or write the stage as self"
            yield Finding("mark-on-oneself", message, advice, Place(f"rating.csv, seq {mark.seq}"), Severity.WARNING)


def without_effect(decision: Decision, message: str, closest: str = "let another person decide") -> Finding:
    """A decision that decides nothing, and why; `closest`: what would."""
    where, advice = Place(f"decision.csv, seq {decision.seq}"), f"correct the decision with a later row; {closest}"
    return Finding("decision-without-effect", f"{decision.subject}: {message}", advice, where, Severity.WARNING)
