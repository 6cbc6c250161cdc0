"""What the worker does with files."""

from procrastinate.contrib.django import app

from congtam.history.actor import Actor
from congtam.intake.models import Upload
from congtam.intake.uploads import read_upload

STALLED = 5  # a reading whose worker was killed is tried again so often


@app.task(queue="files", retry=STALLED)
def read_file(upload_id: int) -> None:
    """Read an uploaded file; what was committed before a kill is not read twice."""
    upload = Upload.objects.select_related("source").get(pk=upload_id)
    if upload.state in ("queued", "reading"):
        read_upload(Actor(account=upload.made_by, name="worker"), upload)
