"""Who from outside the line is admitted to mark whom."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from congtam.history.dated import DateRangeField, Fact, closed, not_empty
from congtam.orgs.models import Unit
from congtam.people.models import Person


class Admission(Fact):
    """Somebody who does not stand above a person, or above those of a unit and all under it, marks them first, by a
    numbered decision. `criteria`: only these; none: all."""

    rater = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+", null=True)
    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+", null=True)
    criteria = ArrayField(models.CharField(max_length=64), default=list)
    decision = models.CharField(max_length=64)
    days = DateRangeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, unit__isnull=True) | Q(person__isnull=True, unit__isnull=False),
                name="admission_for_one",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | ~Q(person=F("rater")), name="nobody_admitted_to_themselves"
            ),
            not_empty("admission_holds_a_day"),
        ]
        indexes = [closed("admission_closed")]
