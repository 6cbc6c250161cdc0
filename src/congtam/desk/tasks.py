"""What the worker of jobs does for the desk: silence accepts, and what recurs is given."""

from django.utils import timezone
from procrastinate.contrib.django import app

from congtam.desk.recurring import give_due
from congtam.desk.silence import accept_by_silence

EVERY_FIVE_MINUTES = "*/5 * * * *"
OFFICE_HOURS = "*/5 0-11 * * *"  # from 07:00 in Vietnam: procrastinate counts in UTC


@app.periodic(cron=EVERY_FIVE_MINUTES)
@app.task(queueing_lock="desk.accept_by_silence", pass_context=False)
def accept_unanswered(timestamp: int) -> None:
    """Accept what nobody answered for three working days, as of the instant at which those ended."""
    accept_by_silence(timezone.now())


@app.periodic(cron=OFFICE_HOURS)
@app.task(queueing_lock="desk.give_recurring", pass_context=False)
def give_recurring(timestamp: int) -> None:
    """Give what recurs; asked often, so that a worker that was down at seven does it when it is back."""
    give_due(timezone.now())
