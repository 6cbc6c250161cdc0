"""Questions what would be under other rules: asked once, answered by the worker, kept for a while."""

from collections.abc import Collection
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from congtam.engine.findings import Unusable
from congtam.engine.periods import Period
from congtam.engine.rulebook.digest import sha256
from congtam.engine.rulebook.model import Text
from congtam.registry.findings import refusal
from congtam.registry.trying import Tried, before_and_after
from congtam.scores.guarding import AWAY
from congtam.scores.models import Question
from congtam.scores.supposed import as_json, suppose

log = structlog.get_logger(__name__)
ANSWER = "scores.answer"  # the worker's task
KEPT = timedelta(days=30)
BROKE_OFF = Text(
    vi="Máy chủ gặp lỗi khi tính. Chưa có gì thay đổi. Hãy hỏi lại; nếu vẫn vậy, báo quản trị hệ thống.",
    en="The server met an error on the way. Nothing changed. Ask again; if it happens again, tell the administrator.",
)


def ask(
    account: int, tried: Tried, period: Period, units: Collection[int], persons: Collection[int], seq: int
) -> Question:
    """Have the worker answer a question about these people, who work in these units. Asked again by the same account
    while it is kept, it is the same question; one that could not be answered is tried again."""
    told = {"tried": tried, "period": period.label, "units": sorted(units), "persons": sorted(persons), "seq": seq}
    with transaction.atomic():
        known, _ = Question.objects.get_or_create(account_id=account, key=sha256(told), defaults=told)
        question = Question.objects.select_for_update().get(pk=known.pk)
        if question.state == "refused":
            question.state, question.done, question.problem = "waiting", 0, None
            question.save(update_fields=["state", "done", "problem"])
        if question.state == "waiting" and not _queued(question.pk):
            app.configure_task(ANSWER, queue="questions").defer(question_id=question.pk)
    return question


def _queued(number: int) -> bool:
    """Whether the worker has it before it, or in hand."""
    jobs = ProcrastinateJob.objects.filter(task_name=ANSWER, status__in=("todo", "doing"))
    return jobs.filter(args__question_id=number).exists()


def answer(number: int) -> None:
    """Answer a question that waits. The answer is written whole or not at all; doing it twice gives the same."""
    question = Question.objects.filter(pk=number, state="waiting").first()
    if question is None:  # answered before, or no longer kept
        return
    waiting = Question.objects.filter(pk=number, state="waiting")
    try:
        before, after = before_and_after(question.tried)
        answers = [] if before is None else suppose(
            before,
            after,
            Period.parse(question.period),
            frozenset(question.persons),
            question.seq,
            lambda done: waiting.update(done=done),
        )  # fmt: skip
    except AWAY:
        raise  # the worker comes back to it
    except Exception as problem:
        said = refusal(problem.findings).text if isinstance(problem, Unusable) else BROKE_OFF
        if not isinstance(problem, Unusable):
            log.error("question_broke_off", question=number, exc_info=problem)
        waiting.update(state="refused", problem={"vi": said.vi, "en": said.en}, answered_at=timezone.now())
        return
    waiting.update(state="answered", done=len(question.persons), answer=as_json(answers), answered_at=timezone.now())


def drop_old(now: datetime) -> int:
    """Forget questions that were kept long enough; how many."""
    gone, _ = Question.objects.filter(asked_at__lt=now - KEPT).delete()
    return gone
