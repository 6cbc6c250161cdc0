"""What the worker of jobs does: it erases what was approved, and once a night whatever was held or cut off."""

from django.utils import timezone
from procrastinate.contrib.django import app

from congtam.retention.carrying_out import CARRY_OUT, carry_out, unfinished

EVERY_NIGHT = "30 18 * * *"  # 01:30 in Vietnam: procrastinate counts in UTC


@app.task(name=CARRY_OUT)
def erase_list(series: int) -> None:
    """Erase one approved list."""
    carry_out(series, timezone.now())


@app.periodic(cron=EVERY_NIGHT)
@app.task(queueing_lock="retention.go_on", pass_context=False)
def go_on(timestamp: int) -> None:
    """Go on with approved lists of which something was held, or that were cut off."""
    for series in unfinished():
        carry_out(series, timezone.now())
