"""What the month left behind: a trace of every deed, a cause of every fault, the figures of every indicator."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from congtam.desk.models import Handover, Question, Recurrence, Remark, Template
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import BoundIndicator
from congtam.engine.rulebook.model import Text
from congtam.engine.rulebook.model.measure import Measure
from congtam.engine.scoring.agency import AgencyRun, evaluate_agency
from congtam.engine.scoring.asked import Asked
from congtam.engine.scoring.run import Run
from congtam.engine.states import State
from congtam.evidence.models import Evidence
from congtam.exemptions.models import Exemption, Incident
from congtam.meetings.models import Closing, Meeting
from congtam.registers.models import Document
from congtam.scores.cards import cards_of
from congtam.scores.facts import facts_about
from congtam.scores.known import cut
from congtam.simulate.desk.log import Deed, Log
from congtam.work.models import Event, Fault, Share

Trace = Callable[[datetime], bool]


def _event(activity: str) -> Trace:
    return lambda at: Event.objects.filter(at=at, activity=activity).exists()


def _asked(kind: str) -> Trace:
    return lambda at: Question.objects.filter(asked_at=at, kind=kind).exists()


def _answered(at: datetime) -> bool:
    return Question.objects.filter(answered_at=at, state="refused").exists()


def _remarked(kind: str) -> Trace:
    return lambda at: Remark.objects.filter(at=at, kind=kind).exists()


TRACES: dict[str, Trace] = {  # deed → what must be there at its very instant
    "take_up": _event("taken_up"),
    "report": _remarked("report"),
    "deliver": _event("finished"),
    "pass_on": _event("passed_on"),
    "relieve": _event("passed_on"),
    "give": _event("assigned"),
    "set_out": _event("assigned"),
    "assign_document": _event("assigned"),
    "take_help": _event("assigned"),
    "order": _event("assigned"),
    "accept": _event("accepted"),
    "return": _event("returned"),
    "grant_time": _event("extended"),
    "refuse_time": _answered,
    "refuse_help": _answered,
    "rate": _event("rated"),
    "confirm": _event("accepted"),
    "recognise": _event("recognised"),
    "ask_time": _asked("more_time"),
    "ask_relief": _asked("refusal"),
    "ask_unit": _asked("coordination"),
    "came_up": _asked("confirmation"),
    "propose": _asked("recognition"),
    "prove": lambda at: Evidence.objects.filter(at=at).exists(),
    "enter_document": lambda at: Document.objects.filter(made_at=at).exists(),
    "call_meeting": lambda at: Meeting.objects.filter(made_at=at).exists(),
    "conclude": _event("assigned"),
    "close_meeting": lambda at: Closing.objects.filter(as_of=at).exists(),
    "make_template": lambda _: Template.objects.exists(),
    "give_template": _event("assigned"),
    "recur": lambda _: Recurrence.objects.exists(),
    "hand_over": lambda at: Handover.objects.filter(made_at=at).exists(),
    "storm": lambda at: Incident.objects.filter(replaced_by=None).exists() and Event.objects.filter(
        activity="paused", attributes__has_key="incident"
    ).exists(),
    "exempt": lambda at: Exemption.objects.exists() and Event.objects.filter(at=at, activity="voided").exists(),
}  # fmt: skip


def without_trace(log: Log) -> list[Deed]:
    """Deeds that were done and left nothing."""
    return [deed for deed in log.deeds if deed.done and deed.act in TRACES and not TRACES[deed.act](deed.at)]


@dataclass(frozen=True)
class Uncaused:
    """A fault that nothing explains."""

    item: int
    kind: str
    at: datetime


def without_cause(now: datetime) -> list[Uncaused]:
    """Faults without a cause: one of quality that no return, reopening or finding made, a delay of a share that was
    finished by its deadline, or whose deadline still lies ahead."""
    found = []
    for fault in Fault.objects.all():
        shares = Share.objects.filter(item=fault.item_id, official=fault.official_id)
        told = Event.objects.filter(item=fault.item_id, at=fault.at, activity__in=("returned", "reopened", "fault"))
        late = any(one.due_at and one.due_at < (one.finished_at or now) for one in shares)
        if not (late if fault.kind == "delay" else told.exists()):
            found.append(Uncaused(fault.item_id, fault.kind, fault.at))
    return found


@dataclass(frozen=True)
class Figure:
    """One indicator of a scorecard over everybody scored with work: of how many it has a `value`, nothing arose, it is
    missing or excused; rows counted and rows unknown. `by_person`: only a named person can give it."""

    card: str
    indicator: str
    title: Text
    by_person: bool
    people: int
    value: int
    nothing: int
    missing: int
    excused: int
    n: int
    n_unknown: int

    @property
    def trace(self) -> str:
        """yes: every figure that could be there is; partly; person: a person has to give it; nothing: none arose."""
        if self.by_person:
            return "person"
        if self.missing or self.n_unknown:
            return "partly"
        return "yes" if self.value else "nothing"


def figures(period: Period, now: datetime) -> list[Figure]:
    """All indicators of the scorecards of officials in a period, measured from the records as they are now."""
    cards = cards_of(period, cut().rules)
    named = [(entry.rulebook, entry.card.id) for entry in cards.entries.values()]
    calendars = {entry.rulebook.id: entry.calendar for entry in cards.entries.values()}
    run: AgencyRun = evaluate_agency(
        facts_about(None, period), named, Asked(period, min(now, period.end)), lambda book: calendars[book.id]
    )
    told = cards.entries.items()
    return [one for key, entry in told for one in _of_card(key, run.runs[key], entry.rulebook.indicators)]


def _of_card(key: str, run: Run, indicators: Mapping[str, BoundIndicator]) -> Iterator[Figure]:
    scores = [score for score in run.scores.values() if score.n_items]
    names = dict.fromkeys(name for score in scores for name in score.measured)
    for name in names:
        model = indicators[name].model
        told = [score.measured[name] for score in scores if name in score.measured]
        of = Counter(one.state for one in told)
        yield Figure(
            card=key,
            indicator=name,
            title=model.title,
            by_person=only_by_person(model.measure),
            people=len(told),
            value=of[State.VALUE],
            nothing=of[State.NOT_APPLICABLE],
            missing=of[State.MISSING],
            excused=of[State.EXCUSED],
            n=sum(one.n for one in told),
            n_unknown=sum(one.n_unknown for one in told),
        )


def only_by_person(measure: Measure) -> bool:
    """Whether a figure is a mark or a word that no record of work can give, or follows from grades of others, which
    wait for such marks."""
    return bool(measure.rating_of or measure.reported or measure.pair)


def kinds_of_work() -> dict[str, int]:
    """How many items of each kind there are."""
    return dict(Counter(Event.objects.filter(activity="registered").values_list("attributes__kind", flat=True)))
