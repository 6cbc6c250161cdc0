"""Questions that wait for a named person: asked once, answered once."""

from datetime import datetime
from typing import Any

from congtam.access.gate import Right, over_person
from congtam.access.seats import Seat
from congtam.desk.models import Question
from congtam.desk.parties import called
from congtam.engine.explaining import formats
from congtam.engine.periods import local_day
from congtam.engine.working_time import Calendar
from congtam.history.refused import Refused

SILENT_DAYS = 3  # working days after which silence accepts


def ask(item: int, kind: str, by: int, to: int | None, now: datetime, **told: Any) -> Question:
    """Put a question to a person. Raises `Refused` when there is nobody to ask, or the same still waits."""
    if to is None:
        raise Refused(
            "Không có người phụ trách cấp trên để hỏi về việc này. Hãy đề nghị bộ phận tổ chức ghi người phụ trách.",
            "There is no head above to ask about this work. Have the personnel office record who heads the unit.",
        )
    waits = Question.objects.filter(item=item, kind=kind, by=by, state="open").first()
    if waits is not None:
        asked = formats.moment(waits.asked_at, "vi")
        raise Refused(
            f"Đề nghị này đã gửi lúc {asked} và đang chờ {called([waits.to_id])} trả lời.",
            f"This was asked already at {formats.moment(waits.asked_at, 'en')} and waits for {called([waits.to_id])}.",
        )
    return Question.objects.create(item_id=item, kind=kind, by_id=by, to_id=to, asked_at=now, **told)


def still_open(number: int) -> Question:
    """A question that waits. Raises `Refused`, naming who answered it and when, for one that does no longer."""
    question = Question.objects.select_for_update().get(pk=number)
    if question.state == "open":
        return question
    who = called([question.answered_by_id or question.to_id])
    assert question.answered_at is not None, "what is not open was answered"
    raise Refused(
        f"Đề nghị này đã được trả lời hoặc rút lúc {formats.moment(question.answered_at, 'vi')} ({who}). "
        "Lần bấm này không ghi thêm gì.",
        f"This was answered or taken back at {formats.moment(question.answered_at, 'en')} ({who}). "
        "Nothing more was written.",
    )


def may_answer(seat: Seat, question: Question) -> bool:
    """Whether a seat answers a question: the person asked, or a head over them; never who asked."""
    if seat.person is None or seat.person == question.by_id:
        return False
    return seat.person == question.to_id or over_person(seat, Right.GIVE_WORK, question.to_id)


def must_answer(seat: Seat, question: Question) -> None:
    """Raises `Refused` for a seat that has no part in the answer."""
    if not may_answer(seat, question):
        raise Refused(
            f"Đề nghị này gửi {called([question.to_id])}; chỉ người ấy hoặc người phụ trách cấp trên trả lời được.",
            f"This was asked of {called([question.to_id])}; only they or a head above them may answer.",
        )


def answered(
    question: Question, state: str, now: datetime, by: int | None, text: str = "", silent: bool = False
) -> None:
    """Close a question. `by`: who did; None for silence."""
    question.state, question.answered_at, question.answered_by_id = state, now, by
    question.answer, question.by_default = text, silent
    question.save()


def drop(item: int, now: datetime, by: int | None, *, of: int | None = None, kinds: tuple[str, ...] = ()) -> None:
    """Questions that have lost their sense are taken back: all that wait about an item, or those of one person or of
    some kinds. `by`: whose deed took it away."""
    waiting = Question.objects.filter(item=item, state="open")
    if of is not None:
        waiting = waiting.filter(by=of)
    if kinds:
        waiting = waiting.filter(kind__in=kinds)
    waiting.update(state="taken_back", answered_at=now, answered_by=by)


def silence_ends(calendar: Calendar, now: datetime) -> datetime:
    """The close of the third working day after `now`: until then work delivered waits for an answer."""
    return calendar.close_of(calendar.add_working_days(local_day(now), SILENT_DAYS))
