"""What is done at night about scores."""

from django.utils import timezone
from procrastinate.contrib.django import app

from congtam.scores.full import nightly

NIGHT = "20 18 * * *"  # 01:20 in Vietnam: procrastinate counts in UTC


@app.periodic(cron=NIGHT)
@app.task(queueing_lock="scores.nightly", pass_context=False)
def nightly_run(timestamp: int) -> None:
    """Score everyone anew and hold every live score against it."""
    nightly(timezone.now())
