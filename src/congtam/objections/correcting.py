"""What an upheld request puts right, as records that enter again: a fault that does not count or an item excused (for
everybody the same cause touched), a mark given anew, a figure reported anew, or a source that is to mend its data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from congtam.access.gate import Right, over_person
from congtam.access.seats import Seat
from congtam.desk.acting import person_of
from congtam.engine.explaining import formats
from congtam.engine.states import State
from congtam.exemptions.exempting import Basis, Chosen, exempt, work_now
from congtam.history.refused import Refused
from congtam.objections.lines import row_of
from congtam.objections.models import GRADE, Request
from congtam.objections.reviewing import indicators_of, opened_of
from congtam.objections.same_cause import MOST, same_batch, same_id, same_incident
from congtam.people.models import Person
from congtam.ratings.actions import rate, report
from congtam.ratings.models import Rating, Reported

EXEMPT, MARK, FIGURE, SOURCE = "exempt", "mark", "figure", "source"


@dataclass(frozen=True)
class Correction:
    """What is put right. `chosen` with the number and day of the document (exempt); `value` in millionths (mark,
    figure); what the source is to mend stands in the reason of the answer."""

    kind: str
    chosen: Sequence[Chosen] = ()
    decision: str = ""
    decided_on: date | None = None
    value: int | None = None


@dataclass(frozen=True)
class Given:
    """The mark or figure a request is about: its `name` as facts call it, the most it may be, and what stands
    (millionths; None: nothing does)."""

    kind: str
    name: str
    stage: str = "final"
    value: int | None = None


@dataclass(frozen=True)
class Cause:
    """The faults that may be wrong for the same reason as what a request names: of `whom` each is, and those `beyond`
    the reach of who answers. `more`: one cause touches more than can be chosen here."""

    own: tuple[Chosen, ...] = ()
    others: tuple[tuple[Chosen, int | None], ...] = ()
    beyond: int = 0
    more: bool = False

    @property
    def all(self) -> tuple[Chosen, ...]:
        """Everything that is put right together."""
        return (*self.own, *(one for one, _ in self.others))


@dataclass(frozen=True)
class Applied:
    """What was put right: by which fact, and whose record besides the one who asked."""

    kind: str = ""
    seq: int | None = None
    touched: frozenset[int] = field(default_factory=frozenset)


def given_at(request: Request) -> Given | None:
    """The one mark or figure that a request is about; None where it is about records of work, or about several."""
    if request.item_id is not None or request.line == GRADE:
        return None
    row = row_of(request.slip)
    run, trace = opened_of(row)
    names = [request.indicator] if request.indicator else indicators_of(run, trace, request.line)
    found: list[tuple[str, str, str]] = []
    for name in names:
        measure = run.rulebook.indicators[name].model.measure
        if measure.rating_of:
            found.append((MARK, measure.rating_of.criterion, measure.rating_of.stage))
        elif measure.reported:
            found.append((FIGURE, measure.reported, ""))
    if len(found) != 1:
        return None
    kind, called, stage = found[0]
    subject = {"person": request.person_id, "period": request.cycle.period}
    if kind == MARK:
        standing = Rating.standing().filter(criterion=called, stage=stage, **subject).values_list("value", flat=True)
    else:
        standing = Reported.standing().filter(indicator=called, **subject).values_list("value", flat=True)
    return Given(kind, called, stage, standing.first())


def cause_of(seat: Seat, request: Request, now: datetime) -> Cause:
    """Everything that the fault or item of a request touched: what it names, and all faults of the same cause that
    this seat may exempt."""
    if request.item_id is None:
        return Cause()
    item, work = request.item_id, work_now(request.item_id, now)
    standing = [one for one in work.faults if one.voided_by is None]
    named = [one for one in standing if request.fault in ("", one.fault)]
    own = tuple(Chosen(int(one.item), one.fault) for one in named if one.official in (None, str(request.person_id)))
    if not own:
        own = (Chosen(item, official=request.person_id),)
    told = [one for one in named if not one.derived]
    found = {Chosen(int(one.item), one.fault): None if one.official is None else int(one.official) for one in standing}
    more = False
    for rows in (
        same_id([one.fault for one in told], item),
        same_batch([seq for one in told for seq in one.records], item),
        same_incident(item, now),
    ):
        more = more or len(rows) > MOST
        found |= {Chosen(one.item_id, one.fault): one.official_id for one in rows[:MOST]}
    others = [(one, whose) for one, whose in found.items() if one not in own]
    reach = [(one, whose) for one, whose in others if whose is None or over_person(seat, Right.EXEMPT, whose)]
    return Cause(own, tuple(reach), len(others) - len(reach), more)


def apply(seat: Seat, request: Request, correction: Correction, reason: str, now: datetime) -> Applied:
    """Put right what is wrong. Inside `in_order()`. Raises `Refused` when it cannot be, or would change nothing."""
    if correction.kind == EXEMPT:
        return _exempt(seat, request, correction, reason, now)
    if correction.kind in (MARK, FIGURE):
        return _anew(seat, request, correction, reason)
    if given_at(request) is not None or request.item_id is not None:
        raise Refused(
            "Dòng này sửa được ngay: hãy ghi điểm đúng, hoặc chọn lỗi không tính.",
            "This line can be put right here: give the right mark, or choose the faults that do not count.",
        )
    return Applied(SOURCE)


def _exempt(seat: Seat, request: Request, correction: Correction, reason: str, now: datetime) -> Applied:
    cause = cause_of(seat, request, now)
    whose = dict(cause.others) | dict.fromkeys(cause.own, request.person_id)
    chosen = list(dict.fromkeys(correction.chosen))
    if not set(chosen) & set(cause.own) or not set(chosen) <= whose.keys():
        raise Refused(
            "Phải chọn lỗi hoặc phần việc mà đề nghị nêu; những mục chọn thêm phải thuộc cùng nguyên nhân. "
            "Hãy mở lại trang rồi chọn lại.",
            "Choose what the request names; anything chosen besides must be of the same cause. Open the page again.",
        )
    if correction.decided_on is None:
        raise Refused(
            "Miễn trừ phải có số văn bản và ngày ký. Hãy điền đủ cả hai.",
            "An exemption needs the number and the day of a document. Fill in both.",
        )
    basis = Basis(correction.decision, correction.decided_on, reason)
    made = exempt(seat, chosen, basis, now=now)
    people = _people(chosen, whose, now) - {request.person_id}
    return Applied(EXEMPT, made.seq, frozenset(people))


def _people(chosen: Iterable[Chosen], whose: dict[Chosen, int | None], now: datetime) -> set[int]:
    """Whose record is changed; a fault laid to nobody by name is everybody's who had the item."""
    found: set[int] = set()
    for one in chosen:
        person = whose[one]
        if person is not None:
            found.add(person)
        else:
            found |= {int(share.official) for share in work_now(one.item, now).shares}
    return found


def _anew(seat: Seat, request: Request, correction: Correction, reason: str) -> Applied:
    given = given_at(request)
    if given is None or given.kind != correction.kind:
        raise Refused(
            "Dòng này không phải một điểm do người chấm nên không chấm lại được. Hãy mở lại trang.",
            "This line is no mark that somebody gave, so it cannot be given anew. Open the page again.",
        )
    if correction.value is None or correction.value == given.value:
        now = formats.points(given.value, "vi") if given.value is not None else "–"
        raise Refused(
            f"Chấp nhận đề nghị thì phải ghi điểm mới khác điểm đang có ({now}). Hãy ghi điểm, hoặc chọn không chấp "
            "nhận.",
            "To uphold the request, give a figure other than the one that stands; or do not uphold it.",
        )
    by, person = Person.objects.get(pk=person_of(seat)), Person.objects.get(pk=request.person_id)
    about = {"period": request.cycle.period, "person": person, "by": by, "reason": reason}
    made: Rating | Reported
    if given.kind == MARK:
        made = rate(seat.actor, criterion=given.name, stage=given.stage, value=correction.value, **about)
    else:
        made = report(seat.actor, indicator=given.name, state=State.VALUE, value=correction.value, **about)
    return Applied(given.kind, made.seq)
