"""What the worker does with files and batches. One that was killed is taken up again by `serving.working`."""

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from congtam.history.actor import Actor
from congtam.intake.actions import go_on_withdrawing
from congtam.intake.jobs import FILES, READ_FILE, WITHDRAW
from congtam.intake.models import RUNNING, Batch, Upload
from congtam.intake.reading import go_on_mending, mend_under_way, read_upload, refuse

TRIES = 5
WAITS = 3  # seconds before a second try, and to that power before each later one
WAIT = 60  # seconds


@app.task(
    name=READ_FILE, queue=FILES, pass_context=True, retry=RetryStrategy(max_attempts=TRIES, exponential_wait=WAITS)
)
def read_file(context: JobContext, upload_id: int) -> None:
    """Read an uploaded file, or read it again for rows of it that were mended; what was committed before a kill is not
    taken in twice. The last try that fails says so on the upload, so that somebody can have it read again."""
    upload = Upload.objects.select_related("source").get(pk=upload_id)
    if upload.state not in RUNNING:
        return
    try:
        if mend := mend_under_way(upload):
            go_on_mending(_worker(mend.made_by), upload, mend)
        else:
            read_upload(_worker(upload.made_by), upload)
    except Exception as error:
        if context.job.attempts >= TRIES:
            kind = type(error).__name__
            refuse(upload, f"Máy gặp lỗi {kind} qua {TRIES + 1} lần thử. Báo quản trị hệ thống, rồi cho đọc lại.")
        raise


@app.task(name=WITHDRAW, queue=FILES, retry=RetryStrategy(wait=WAIT))
def withdraw(withdrawal_id: int) -> None:
    """Bring a withdrawal to its end, however often it takes: half of a batch must not be left."""
    withdrawal = Batch.objects.select_related("of").get(pk=withdrawal_id)
    go_on_withdrawing(_worker(withdrawal.made_by), withdrawal)


def _worker(asked_by: int | None) -> Actor:
    return Actor(account=asked_by, name="worker")
