"""What the worker of jobs does for the desk: silence accepts."""

from django.utils import timezone
from procrastinate.contrib.django import app

from congtam.desk.silence import accept_by_silence

EVERY_FIVE_MINUTES = "*/5 * * * *"


@app.periodic(cron=EVERY_FIVE_MINUTES)
@app.task(queueing_lock="desk.accept_by_silence", pass_context=False)
def accept_unanswered(timestamp: int) -> None:
    """Accept what nobody answered for three working days, as of the instant at which those ended."""
    accept_by_silence(timezone.now())
