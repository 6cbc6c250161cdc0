"""What the worker does about pages: tokens of forms are forgotten at night."""

from django.utils import timezone
from procrastinate.contrib.django import app

from congtam.web import once

NIGHT = "40 18 * * *"  # 01:40 in Vietnam


@app.periodic(cron=NIGHT)
@app.task(queueing_lock="web.forget", pass_context=False)
def forget_sent(timestamp: int) -> None:
    """Drop the tokens that were kept long enough."""
    once.forget(timezone.now())
