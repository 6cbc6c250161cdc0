"""What the worker does about digests: made on the mornings of working days, sent when due, forgotten after a year."""

import time
from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from congtam.notices import hooks, making, sending
from congtam.notices.mail import Post
from congtam.notices.models import Digest, Line, Round, Sending

MORNING = "*/5 0-9 * * *"  # 07:00 to 16:55 in Vietnam: procrastinate counts in UTC
EVERY_MINUTE = "* * * * *"
NIGHT = "50 18 * * *"
KEPT = timedelta(days=400)


@app.periodic(cron=MORNING)
@app.task(queueing_lock="notices.digests", pass_context=False)
def digests(timestamp: int) -> None:
    """Make what is due of today; asked often, so that a worker that was down at half past seven does it when it is
    back."""
    making.make_due(timezone.now())


@app.periodic(cron=EVERY_MINUTE)
@app.task(queueing_lock="notices.send", pass_context=False)
def send(timestamp: int) -> None:
    """Send what is due."""
    mail = Post()

    def by_its_way(one: Sending) -> None:
        if one.way == "email":
            mail.send(one)
        else:
            hooks.post(one, int(time.time()))

    try:
        sending.send_due(timezone.now(), by_its_way)
    finally:
        mail.close()


@app.periodic(cron=NIGHT)
@app.task(queueing_lock="notices.forget", pass_context=False)
def forget(timestamp: int) -> None:
    """Drop digests of more than a year ago, with their lines and sendings."""
    before = timezone.localdate() - KEPT
    for rows in (Line, Sending):
        rows.objects.filter(digest__day__lt=before).delete()
    Digest.objects.filter(day__lt=before).delete()
    Round.objects.filter(day__lt=before).delete()
