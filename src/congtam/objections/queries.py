"""What stands of slips and requests: who was shown what, who may see it, what waits, and how requests went."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.utils import timezone

from congtam.access.gate import Right, over_person, over_unit
from congtam.access.seats import Seat
from congtam.cycles.models import Cycle
from congtam.engine.periods import local_day
from congtam.engine.rulebook.model import Text
from congtam.marking.queries import round_of
from congtam.objections.answering import may_answer
from congtam.objections.lines import Change, changes, differs, lines_of, row_of, rows_of
from congtam.objections.models import REFUSED, Answer, Remark, Request, Slip
from congtam.objections.requests import line_at
from congtam.objections.reviewing import with_responders
from congtam.objections.sayings import said_to
from congtam.objections.terms import Terms, terms_of
from congtam.people.queries import names_of
from congtam.scores.models import Run, RunScore
from congtam.scores.queries import SMALLEST_GROUP
from congtam.scores.taking import Taken


def slips_of(cycle: Cycle) -> list[Slip]:
    """The slips of a cycle as they were shown last, by person."""
    found = Slip.objects.filter(cycle=cycle, replaced_by=None).select_related("cycle", "run")
    return list(found.order_by("person"))


def slips_for(person: int) -> list[Slip]:
    """Everything somebody was shown last, the latest period first."""
    found = Slip.objects.filter(person=person, replaced_by=None).select_related("cycle__agency", "run")
    return sorted(found, key=lambda one: (one.cycle.period, one.shown_at), reverse=True)


def waiting_slips(cycle: Cycle, now: datetime) -> list[Slip]:
    """The slips whose term runs and to some line of which nothing was said yet."""
    return [one for one, _ in waiting_among(slips_of(cycle), now)]


def waiting_among(slips: Iterable[Slip], now: datetime) -> list[tuple[Slip, datetime]]:
    """Those of some slips whose term runs and to some line of which nothing was said yet, with when the term ends."""
    by_cycle: dict[Cycle, list[Slip]] = defaultdict(list)
    for one in slips:
        by_cycle[one.cycle].append(one)
    waiting = []
    for cycle, those in by_cycle.items():
        terms = terms_of(cycle, now)
        found, rows = said_to(those, terms), rows_of(those)
        for one in those:
            until = terms.speak_until(one)
            if until > now and any(line.id not in found[one.seq] for line in lines_of(rows[one.seq])):
                waiting.append((one, until))
    return waiting


def changed_since_slip(cycle: Cycle, taken: Taken | Iterable[Run]) -> list[int]:
    """Whose figures in a run differ from those they were shown last: who is to be shown the slip again."""
    runs = list(taken.runs.values()) if isinstance(taken, Taken) else list(taken)
    slips = slips_of(cycle)
    shown = {one.person_id: row for one, row in zip(slips, rows_of(slips).values(), strict=True)}
    now = {row.person_id: row for row in RunScore.objects.filter(run__in=runs).select_related("run")}
    return sorted(person for person, row in shown.items() if differs(row, now.get(person)))


def difference(slip: Slip) -> list[Change]:
    """In which lines a slip differs from the one it took the place of; none for the first."""
    before = Slip.objects.filter(replaced_by=slip.seq).first()
    return changes(row_of(before), row_of(slip)) if before else []


def may_see(seat: Seat, slip: Slip, terms: Terms) -> bool:
    """Whether a seat sees a slip: the person, the personnel office and who marks that person at once; everybody else
    who sees their points only after the days in which it is theirs alone."""
    if seat.person == slip.person_id or over_unit(seat, Right.KEEP_CYCLE, slip.cycle.agency_id):
        return True
    if not over_person(seat, Right.SEE_POINTS, slip.person_id):
        return False
    return terms.alone_until(slip) <= terms.now or _marks(seat, slip, terms.now)


def open_requests(cycle: Cycle, now: datetime | None = None) -> list[Request]:
    """The requests nobody answered yet, the oldest first, each with who is to answer it today."""
    waiting = Request.objects.filter(cycle=cycle, answer=None).select_related("cycle", "slip__cycle")
    return with_responders(waiting.order_by("asked_at", "seq"), local_day(now or timezone.now()))


def requests_of(person: int) -> list[Request]:
    """What somebody asked for, the latest first."""
    found = Request.objects.filter(person=person).select_related("cycle", "slip__cycle", "answer")
    return list(found.order_by("-seq"))


def requests_in(cycles: Iterable[Cycle]) -> list[Request]:
    """Every request of some cycles, the latest first."""
    found = Request.objects.filter(cycle__in=list(cycles)).select_related("cycle", "slip__cycle", "answer")
    return list(found.order_by("-seq"))


def to_answer(seat: Seat) -> list[Request]:
    """The requests this seat is to answer, the oldest first."""
    waiting = Request.objects.filter(answer=None).select_related("cycle", "slip__cycle").order_by("asked_at", "seq")
    mine = [one for one in waiting if over_person(seat, Right.ANSWER, one.person_id)]
    return [one for one in mine if may_answer(seat, one)]


def may_read(seat: Seat, request: Request) -> bool:
    """Whether a seat sees a request: who asked, who gave the line, who answers or answered it, the personnel office and
    who looks into the agency."""
    if seat.person is not None and seat.person in (request.person_id, *request.raters):
        return True
    if over_unit(seat, Right.SEE_CYCLE, request.cycle.agency_id) or may_answer(seat, request):
        return True
    return Answer.objects.filter(request=request, by=seat.person).exists()


def words_of(seqs: Iterable[int]) -> Mapping[int, str]:
    """What was written to sayings, requests and answers, by their numbers."""
    return dict(Remark.objects.filter(seq__in=list(seqs)).values_list("seq", "text"))


@dataclass(frozen=True)
class Tally:
    """How the requests on one line of a scorecard, or on what one rater gave, went. `upheld` in full or in part of
    `answered`, and half were answered within `days` working days; None where fewer people asked than are ever shown as
    a group."""

    title: Text
    n: int
    answered: int
    upheld: int | None
    days: int | None

    @property
    def share(self) -> int | None:
        """Percent of the answered ones that were upheld."""
        return round(100 * self.upheld / self.answered) if self.upheld is not None and self.answered else None


def by_rule(cycles: Iterable[Cycle]) -> list[Tally]:
    """The requests of cycles by line of a scorecard, most first."""
    groups: dict[tuple[str, str], list[Request]] = defaultdict(list)
    titles: dict[tuple[str, str], Text] = {}
    found = requests_in(cycles)
    rows = rows_of([one.slip for one in found])
    for one in found:
        row = rows[one.slip_id]
        key = (row.card, one.line)
        groups[key].append(one)
        titles[key] = line_at(row, one.line).title
    return _tallies((titles[key], those) for key, those in groups.items())


def by_rater(cycles: Iterable[Cycle]) -> list[Tally]:
    """The requests of cycles by who gave the line, most first."""
    groups: dict[int, list[Request]] = defaultdict(list)
    for one in requests_in(cycles):
        for rater in one.raters:
            groups[rater].append(one)
    names = names_of(groups)
    called = {rater: names.get(rater, str(rater)) for rater in groups}
    return _tallies((Text(vi=called[rater], en=called[rater]), those) for rater, those in groups.items())


def _tallies(groups: Iterable[tuple[Text, list[Request]]]) -> list[Tally]:
    found = [_tally(title, those) for title, those in groups]
    return sorted(found, key=lambda one: (-one.n, one.title.vi))


def _tally(title: Text, requests: list[Request]) -> Tally:
    answered = [one for one in requests if hasattr(one, "answer")]
    if len({one.person_id for one in answered}) < SMALLEST_GROUP:
        return Tally(title, len(requests), len(answered), None, None)
    upheld = sum(one.answer.outcome != REFUSED for one in answered)
    calendar = terms_of(answered[0].cycle, answered[0].answer.at).calendar
    days = [calendar.working_days(local_day(one.asked_at), local_day(one.answer.at)) for one in answered]
    return Tally(title, len(requests), len(answered), upheld, round(median(days)))


def _marks(seat: Seat, slip: Slip, now: datetime) -> bool:
    """Whether a seat marks, or marked, the person of a slip."""
    cells = round_of(slip.cycle, now, [slip.person_id]).cells
    said = (answer.by for one in cells for answer in (one.standing, *one.told) if answer)
    return seat.person in {rater for one in cells for rater in one.asked} | set(said)
