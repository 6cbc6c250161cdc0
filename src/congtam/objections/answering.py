"""Answering a request to review: by the next one up who did not give the line, once, with what is put right at once."""

from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from congtam.access.gate import Right, over_person
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.desk.acting import person_of
from congtam.engine.explaining import formats
from congtam.engine.periods import local_day
from congtam.history.laying import put
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.objections.correcting import Applied, Correction, apply
from congtam.objections.models import OUTCOMES, REFUSED, Answer, Remark, Request, Touched
from congtam.objections.reviewing import responders_of
from congtam.people.queries import names_of

AGAIN, QUEUE = "objections.show_again", "objections"  # the worker's task, one cycle at a time
LONGEST = 2000


def may_answer(seat: Seat, request: Request) -> bool:
    """Whether a seat is the one to answer a request on its day."""
    return seat.person in responders_of(request, seat.day) and over_person(
        seat.writing, Right.ANSWER, request.person_id
    )


def answer(
    seat: Seat,
    request: Request,
    outcome: str,
    reason: str,
    correction: Correction | None = None,
    *,
    now: datetime | None = None,
) -> Answer:
    """Answer a request: upheld or upheld in part with what is put right, or refused; always with a reason. Those whose
    figures change are shown their slips again.

    Raises `Refused`: answered before, by the person or by who gave the line, by anybody but the next one up, without a
    reason, upheld without anything put right.
    """
    with in_order():
        seen = now or timezone.now()
        words = _checked(seat, request, outcome, reason, correction, seen)
        applied = apply(seat, request, correction, words, seen) if correction is not None else Applied()
        made = put(
            seat.actor,
            Answer(
                request=request,
                by_id=person_of(seat),
                outcome=outcome,
                corrected=applied.kind,
                corrected_by=applied.seq,
                at=seen,
            ),
        )
        Remark.objects.create(seq=made.seq, text=words)
        Touched.objects.bulk_create(Touched(answer=made, person_id=one) for one in sorted(applied.touched))
        told = {"outcome": outcome, "line": request.line, "others": len(applied.touched)}
        note(seat.actor, "objections.answer", "person", request.person_id, told)
        if applied.seq is not None:
            app.configure_task(AGAIN, queue=QUEUE, lock=f"{AGAIN}.{request.cycle_id}").defer(cycle=request.cycle_id)
    return made


def answered_before(request: Request) -> Refused | None:
    """Who answered a request and when, as whoever comes second is told; None while nobody did."""
    before = Answer.objects.filter(request=request).first()
    if before is None:
        return None
    who, at = names_of([before.by_id]).get(before.by_id, ""), before.at
    return Refused(
        f"Đề nghị này đã được {who} trả lời lúc {formats.moment(at, 'vi')}; lần này không ghi gì.",
        f"{who} answered this request at {formats.moment(at, 'en')}; nothing was written now.",
    )


def _checked(
    seat: Seat, request: Request, outcome: str, reason: str, correction: Correction | None, now: datetime
) -> str:
    refusal = answered_before(request)
    if refusal is not None:
        raise refusal
    _may(seat, request, now)
    words = reason.strip()[:LONGEST]
    if outcome not in OUTCOMES or not words:
        raise Refused(
            "Trả lời phải chọn chấp nhận hay không, và nêu lý do. Hãy điền đủ rồi gửi lại.",
            "An answer says whether the request is upheld, and why. Fill in both, then send again.",
        )
    if (outcome == REFUSED) != (correction is None):
        raise Refused(
            "Chấp nhận thì phải ghi điều được sửa; không chấp nhận thì không sửa gì. Hãy xem lại lựa chọn.",
            "What is upheld is put right by something; what is refused changes nothing. Look at your choice again.",
        )
    return words


def _may(seat: Seat, request: Request, now: datetime) -> None:
    if seat.person is not None and seat.person == request.person_id:
        raise Refused(
            "Không ai tự trả lời đề nghị của mình. Người ở cấp trên sẽ trả lời.",
            "Nobody answers their own request. The one above does.",
        )
    if seat.person in request.raters:
        raise Refused(
            "Bạn là người đã cho dòng này nên không trả lời đề nghị xem xét lại về nó. Cấp trên kế tiếp trả lời.",
            "You gave this line, so you do not answer a request to review it. The next one up does.",
        )
    if may_answer(seat, request):
        return
    found = responders_of(request, local_day(now))
    if not found:
        raise Refused(
            "Không còn ai trong cơ quan đứng trên người đã cho dòng này. Bộ phận tổ chức cán bộ gửi đề nghị lên "
            "cơ quan cấp trên trực tiếp.",
            "Nobody in the agency stands above who gave this line any more. The personnel office passes it on upwards.",
        )
    who = ", ".join(names_of(found).values())
    raise Refused(f"Người trả lời đề nghị này là {who}.", f"Who answers this request is {who}.")
