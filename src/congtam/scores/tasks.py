"""What the worker of jobs does about scores: at night, and when somebody asks what would be under other rules."""

from django.utils import timezone
from procrastinate.contrib.django import app

from congtam.scores import questions
from congtam.scores.full import nightly

NIGHT = "20 18 * * *"  # 01:20 in Vietnam: procrastinate counts in UTC
TRIES = 5


@app.periodic(cron=NIGHT)
@app.task(queueing_lock="scores.nightly", pass_context=False)
def nightly_run(timestamp: int) -> None:
    """Score everyone anew and hold every live score against it; forget old questions."""
    nightly(timezone.now())
    questions.drop_old(timezone.now())


@app.task(name=questions.ANSWER, queue="questions", retry=TRIES)
def answer_question(question_id: int) -> None:
    """Answer a question; one whose worker was killed is answered from its beginning."""
    questions.answer(question_id)
