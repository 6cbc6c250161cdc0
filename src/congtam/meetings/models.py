"""Meetings of units: who meets when, what was concluded, and the agenda as it was when the meeting was closed.

What became of a conclusion is read from the item it became, and kept nowhere.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from congtam.history.dated import Fact
from congtam.orgs.models import Unit
from congtam.people.models import Person
from congtam.work.models import Item

KINDS = ("weekly", "monthly")  # giao ban tuần, giao ban tháng


class Meeting(models.Model):
    """A meeting of a unit with all units below it. `taking_part`: persons by number; `next_on`: the day of the next
    one, up to which the agenda looks. One that was called off stays."""

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    kind = models.CharField(max_length=8, choices=[(one, one) for one in KINDS])
    at = models.DateTimeField()
    next_on = models.DateField()
    chair = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    taking_part = ArrayField(models.BigIntegerField(), default=list)
    made_by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    made_at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "at"], condition=Q(called_off_at=None), name="meeting_once_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["unit", "kind", "-at"], name="meetings_of_unit")]


class Conclusion(Fact):
    """One conclusion of a meeting: for a `person` or a `unit`, as the `item` it became; or for nobody, when it is only
    put on record. A correction is another row of the same `series`, about the same item; one that was struck out has no
    standing row. Its words stand apart."""

    meeting = models.ForeignKey(Meeting, on_delete=models.RESTRICT, related_name="conclusions")
    series = models.BigIntegerField()
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+", null=True)
    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+", null=True)
    item = models.ForeignKey(Item, on_delete=models.RESTRICT, related_name="+", null=True)
    by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(item=None, person=None, unit=None)
                | Q(item__isnull=False, person__isnull=False, unit=None)
                | Q(item__isnull=False, person=None, unit__isnull=False),
                name="conclusion_for_somebody_or_on_record",
            ),
            models.UniqueConstraint(
                fields=["series"], condition=Q(replaced_by__isnull=True), name="conclusion_stands_once"
            ),
        ]
        indexes = [models.Index(fields=["meeting", "series"])]


class ConclusionText(models.Model):
    """The words of a conclusion, apart from the facts, so that they can be erased; `why` it was corrected or added
    after the meeting."""

    conclusion = models.OneToOneField(Conclusion, primary_key=True, on_delete=models.RESTRICT, related_name="text")
    text = models.TextField()
    why = models.TextField(blank=True)


class Closing(Fact):
    """A meeting as it was closed: the agenda seen from `as_of` (see `agenda.kept`), and who took part. A correction of
    who took part stands in its place, with the same agenda."""

    meeting = models.ForeignKey(Meeting, on_delete=models.RESTRICT, related_name="closings")
    as_of = models.DateTimeField()
    agenda = models.JSONField()
    attended = ArrayField(models.BigIntegerField(), default=list)
    by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(replaced_by__isnull=True), name="meeting_closed_once"
            ),
        ]
