"""What the worker does about incidents: stops the clocks of many items, and looks for work that became known late."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from congtam.exemptions.incidents import QUEUE, STOP
from congtam.exemptions.stopping import go_on
from congtam.exemptions.sweeping import sweep

EVERY_TEN_MINUTES = "*/10 * * * *"
WAIT = 60  # seconds


@app.task(name=STOP, queue=QUEUE, retry=RetryStrategy(wait=WAIT))
def stop(series: int) -> None:
    """Stop the clocks of an incident, however often it takes; what was done before a kill is not done twice."""
    go_on(series)


@app.periodic(cron=EVERY_TEN_MINUTES)
@app.task(queue=QUEUE, queueing_lock="exemptions.sweep", lock=STOP, pass_context=False)
def sweep_late(timestamp: int) -> None:
    """Items that became known since the last time fall into the incidents of their stretch."""
    sweep()
