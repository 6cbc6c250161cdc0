"""What the worker does for cycles: deadlines that pass are written down."""

from django.utils import timezone
from procrastinate.contrib.django import app

from congtam.cycles.passing import pass_due

EVERY_FIVE_MINUTES = "*/5 * * * *"


@app.periodic(cron=EVERY_FIVE_MINUTES)
@app.task(queueing_lock="cycles.pass_due", pass_context=False)
def pass_deadlines(timestamp: int) -> None:
    """Write down which deadlines passed by themselves, as of the instants at which they did."""
    pass_due(timezone.now())
