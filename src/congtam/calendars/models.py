"""Days on which the site's calendar differs from the shipped one."""

from django.db import models

from congtam.history.dated import Fact

KINDS = ("off", "working", "morning")


class Day(Fact):
    """A day off, a working day, or a morning, by a numbered decision."""

    day = models.DateField()
    kind = models.CharField(max_length=16, choices=[(one, one) for one in KINDS])
    number = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day"], condition=models.Q(replaced_by__isnull=True), name="day_decided_once"
            )
        ]
