"""One unit's score opened down to its records: the same figures as a full run, with the trace."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from congtam.engine.facts.known import known
from congtam.engine.facts.tables import Facts
from congtam.engine.findings import Unusable, unusable
from congtam.engine.periods import Period
from congtam.engine.scoring.asked import Asked, Run
from congtam.engine.scoring.everyone import units_of
from congtam.engine.scoring.legal import Entry
from congtam.engine.scoring.one_period import open_scene
from congtam.engine.scoring.subject import Related, Subject
from congtam.engine.structure import Structure
from congtam.engine.trace import Trace, trace
from congtam.orgs.models import UnitSpan
from congtam.people.models import PostSpan, Spell
from congtam.scores.cards import cards_at
from congtam.scores.facts import said_of_units, structure_about
from congtam.scores.known import cut
from congtam.scores.units.marking import new
from congtam.scores.units.rows import items_in
from congtam.work.linked import linked
from congtam.work.models import Event, Standing
from congtam.work.queries import events_of


def opened(
    unit_id: int, period: Period, rulebook: str, scorecard: str, *, as_of: datetime, seq: int
) -> tuple[Run, Trace]:
    """A unit's score in a period seen at `as_of`, of facts and rules known at `seq`, and its trace.

    Raises `Unusable` when the card scores no units in the period, or not this one.
    """
    entry = cards_at(period, cut().rules, seq, "unit").entries.get(f"{rulebook}#{scorecard}")
    if entry is None:
        raise _not_scored(f"{rulebook}#{scorecard} scores no units in {period.label}")
    asked = Asked(period, min(as_of, period.end), seq=seq)
    structure = structure_about(seq=seq)
    subjects = units_of(structure, Structure(structure, entry.calendar), asked)
    subject = next((one for one in subjects if one.code == str(unit_id)), None)
    if subject is None:
        raise _not_scored(f"unit {unit_id} does not stand in {period.label}")
    run = _run(entry, subject, _facts(subject, structure, asked, seq), asked)
    return run, trace(run, subject.code)


def _run(entry: Entry, subject: Subject, told: Facts, asked: Asked) -> Run:
    """The run of one card with this unit alone."""
    scorer, work = open_scene(told, entry.rulebook, entry.card, asked, entry.calendar)
    scores, related = {subject.code: scorer.score(subject, Related())}, {subject.code: Related()}
    return Run(
        entry.rulebook, entry.card, asked, told, entry.calendar, scores, related, work, scorer, trial=entry.trial
    )


def _facts(subject: Subject, structure: Facts, asked: Asked, seq: int) -> Facts:
    said = said_of_units([subject.code], asked.period, seq=seq)
    told = replace(structure, ratings=said.ratings, reported=said.reported, decisions=said.decisions)
    return known(replace(told, events=tuple(events_of(_items(subject, asked.period, seq), seq))), None, seq)


def _items(subject: Subject, period: Period, seq: int) -> Collection[int] | None:
    """What may count for a unit, and whatever was told of since; everything (None) when people or units moved since."""
    if any(new(kind, seq, cut().seq).exists() for kind in (UnitSpan, PostSpan, Spell)):
        return None
    since = Event.objects.filter(seq__gt=seq).values_list("item_id", flat=True).distinct()
    group = linked(items_in(subject.units, period) | set(since))
    return group - set(Standing.objects.filter(item__in=group, counts=False).values_list("item_id", flat=True))


def _not_scored(message: str) -> Unusable:
    return unusable("not-in-force", message, "choose a scorecard and a unit of that period")
