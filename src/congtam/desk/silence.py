"""Work that nobody answered for three working days counts as accepted, at that instant, by who was silent."""

from datetime import datetime

from django.utils import timezone

from congtam.desk.acting import Happening, write
from congtam.desk.models import Question
from congtam.desk.questions import answered
from congtam.history.sequence import in_order

BY_DEFAULT = "by_default"


def accept_by_silence(now: datetime | None = None) -> int:
    """Accept whatever waits longer than it may; how many that were. Each is written by itself."""
    seen = now or timezone.now()
    waiting = Question.objects.filter(state="open", until__lte=seen).order_by("until", "pk")
    count = 0
    for number in list(waiting.values_list("pk", flat=True)):
        with in_order():
            question = Question.objects.filter(pk=number, state="open").first()
            count += question is not None and settle(question, seen)
    return count


def silent(question: Question, now: datetime) -> bool:
    """Whether silence has answered a question, be it written down yet or not."""
    return question.until is not None and question.until <= now


def settle(question: Question, now: datetime) -> bool:
    """Accept by silence what waited until `question.until`; whether it did. Inside `in_order()`."""
    if question.until is None or not silent(question, now):
        return False
    accepted = Happening("accepted", counterpart=question.to_id, value=BY_DEFAULT, at=question.until)
    write(None, "desk.accept_by_silence", question.item_id, [accepted], now, silent=question.to_id)
    answered(question, "granted", question.until, None, silent=True)
    return True
