"""What the worker does about slips: writes silence down, and shows slips again after something was put right."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from congtam.cycles.models import Cycle
from congtam.objections.answering import AGAIN, QUEUE
from congtam.objections.slips import settle_silence, show_again

EVERY_TEN_MINUTES = "*/10 * * * *"
WAIT = 60  # seconds


@app.periodic(cron=EVERY_TEN_MINUTES)
@app.task(queue=QUEUE, queueing_lock="objections.settle_silence", pass_context=False)
def write_silence(timestamp: int) -> None:
    """Whoever said nothing to a slip until its term passed had no remark, as of that instant."""
    settle_silence(timezone.now())


@app.task(name=AGAIN, queue=QUEUE, retry=RetryStrategy(wait=WAIT))
def show_slips_again(cycle: int) -> None:
    """Show slips again to everybody whose figures a correction changed."""
    show_again(Cycle.objects.get(pk=cycle), timezone.now())
