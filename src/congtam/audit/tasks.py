"""Closing a batch of the audit every few minutes."""

import structlog
from procrastinate.contrib.django import app

from congtam.audit.actions import close_batch
from congtam.audit.queries import Head

EVERY_FIVE_MINUTES = "*/5 * * * *"


@app.periodic(cron=EVERY_FIVE_MINUTES)
@app.task(queueing_lock="audit.close", pass_context=False)
def close(timestamp: int) -> None:
    """Chain what was written since the last batch; its head also goes to the log, which sites keep elsewhere."""
    batch = close_batch()
    if batch is not None:
        head = Head(batch.pk, batch.last, batch.count, bytes(batch.head))
        structlog.get_logger("congtam.audit").info(f"audit head {head.line()}")
