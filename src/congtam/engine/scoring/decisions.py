"""Decisions that decide nothing: an outcome or matter the scorecard does not know is told, never passed over."""

from collections.abc import Iterator

from congtam.engine.facts.tables import Decision
from congtam.engine.findings import Finding, Place, Severity, did_you_mean
from congtam.engine.scoring.asked import Run

GRADED_MATTERS = ("otherwise", "grade")
LEGAL_CARD = "legal_card"  # which scorecard is legal for a person; settled over all cards of an agency


def decisions_make_sense(run: Run) -> Iterator[Finding]:
    """Findings on decisions of this scorecard and period whose matter or outcome means nothing to it."""
    vetoes = [veto.id for veto in run.card.model.vetoes]
    for decision in run.facts.decisions:
        if not run.scorer.speaks_of(decision) or decision.matter == LEGAL_CARD:
            continue
        if decision.matter in vetoes:
            known = ["upheld", "set_aside"]
        elif decision.matter in GRADED_MATTERS:
            known = list(run.card.grades)
        else:
            yield _finding(decision, f"there is no matter {decision.matter!r}", [*vetoes, *GRADED_MATTERS])
            continue
        if decision.outcome not in known:
            yield _finding(decision, f"the outcome {decision.outcome!r} decides nothing on {decision.matter}", known)


def _finding(decision: Decision, message: str, known: list[str]) -> Finding:
    where = Place(f"decision.csv, seq {decision.seq}")
    advice = f"correct the decision with a later row; {did_you_mean(decision.outcome, known)}"
    return Finding("decision-without-effect", f"{decision.subject}: {message}", advice, where, Severity.WARNING)
