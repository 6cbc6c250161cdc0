"""What one scorecard asked alone cannot settle: it goes by the first day of the period and says so."""

from collections.abc import Callable, Iterable, Iterator

from congtam.engine.findings import Finding, Place, Severity
from congtam.engine.rulebook.as_of import as_of
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.scoring.asked import Run
from congtam.engine.scoring.validity import span, throughout
from congtam.engine.structure import Structure

TOGETHER = "ask for both in one run with --card, and a person decides which scorecard is legal"


def findings_alone(run: Run, library: Callable[[], Iterable[Rulebook]]) -> Iterator[Finding]:
    """Whose kind of staff, and for which kind the rule, changes inside the period; `library` gives the rulebooks among
    which the later one is looked for. Only for a scorecard that is legal for officials, and not for a trial."""
    if run.card.model.legal and run.card.model.subject == "official" and not run.trial:
        yield from _kinds_changed(run)
        yield from _rules_changed(run, library)


def _kinds_changed(run: Run) -> Iterator[Finding]:
    for person in Structure(run.facts, run.calendar).people(run.asked.period, run.asked.until):
        kinds = list(dict.fromkeys(spell.staff_kind for spell in person.spells))
        if len(kinds) > 1 and person.official in run.scores:
            changes = f"inside {run.asked.period.label}: {' then '.join(kinds)}"
            message = f"{person.official}: the kind of staff changes {changes}"
            advice = f"the first day puts the person under {run.card.id}; {TOGETHER}"
            yield Finding("staff-kind-changed", message, advice, Place("spell.csv"), Severity.WARNING)


def _rules_changed(run: Run, library: Callable[[], Iterable[Rulebook]]) -> Iterator[Finding]:
    book, period = run.rulebook, run.asked.period
    for kind in sorted({score.subject.staff_kind for score in run.scores.values() if score.subject.staff_kind}):
        if throughout(book.head, period, kind):
            continue
        ends = span(book.head, kind)[1]
        then_held = as_of(library(), ends, {"staff_kind": kind})
        later = [one.rulebook.id for one in then_held if one.rulebook.scorecards]
        message = f"{book.id} holds for {kind} only until {ends}, inside {period.label}"
        then = f"then: {', '.join(later)}" if later else "no rulebook of the library follows"
        yield Finding("rule-changed", message, f"{then}; {TOGETHER}", Place(book.id), Severity.WARNING)
