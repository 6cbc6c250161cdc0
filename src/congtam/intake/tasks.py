"""What the worker does with files."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

from congtam.history.actor import Actor
from congtam.intake.models import Upload
from congtam.intake.uploads import READ_FILE, read_upload

TRIES = 5
EVERY_MINUTE = "* * * * *"


@app.task(name=READ_FILE, queue="files", retry=TRIES)
def read_file(upload_id: int) -> None:
    """Read an uploaded file; what was committed before a kill is not read twice."""
    upload = Upload.objects.select_related("source").get(pk=upload_id)
    if upload.state in ("queued", "reading"):
        read_upload(Actor(account=upload.made_by, name="worker"), upload)


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="intake.go_on", queueing_lock="intake.go_on", pass_context=True)
async def go_on(context: JobContext, timestamp: int) -> None:
    """Take up readings again whose worker was killed."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(task_name=READ_FILE):
        await jobs.retry_job(job)
