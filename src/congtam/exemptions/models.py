"""Incidents, which stop the clocks of many items for a stretch, and exemptions, by which faults or shares do not count.

What they do stands in the events of the items; here is who decided it, by which document, and which items it touches.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from congtam.history.dated import Fact
from congtam.people.models import Person
from congtam.work.models import Item

KINDS = ("storm", "source_down", "congtam_down", "closure", "other")


class Incident(Fact):
    """A stretch `[first, until)` for which the clocks of units, with all below them, stand by a decision.

    `until` None: it is not over. A correction is another row of the same `series` that takes its place; an incident
    taken back has no standing row.
    """

    series = models.BigIntegerField()
    kind = models.CharField(max_length=16, choices=[(one, one) for one in KINDS])
    title = models.CharField(max_length=120)
    units = ArrayField(models.BigIntegerField())
    first = models.DateTimeField()
    until = models.DateTimeField(null=True)
    decision = models.CharField(max_length=64)
    decided_on = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("first")), name="incident_ends_later"),
            models.CheckConstraint(condition=~Q(decision=""), name="incident_by_decision"),
            models.UniqueConstraint(
                fields=["series"], condition=Q(replaced_by__isnull=True), name="incident_stands_once"
            ),
        ]


class Touched(models.Model):
    """An item whose clock an incident stops, or once did. `seen`: the number of the row, or of the taking back, by
    which its events were last put right; where it is not the latest one, they wait to be."""

    id = models.BigAutoField(primary_key=True)
    series = models.BigIntegerField()
    item = models.ForeignKey(Item, on_delete=models.RESTRICT, related_name="+")
    seen = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "item"], name="incident_touches_once")]
        indexes = [models.Index(fields=["item"]), models.Index(fields=["series", "seen"])]


class Swept(models.Model):
    """Up to which number events were looked through for items that fall into an incident; one row."""

    id = models.SmallIntegerField(primary_key=True)
    seq = models.BigIntegerField()


class Exemption(Fact):
    """Faults that do not count, or shares and items, by a document of a named authority. One that is taken back has
    `replaced_by`. Why stands in the remarks of the items."""

    by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    decision = models.CharField(max_length=64)
    decided_on = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(decision=""), name="exemption_by_decision")]


class ExemptionLine(models.Model):
    """One fault of an exemption; without `fault` the share of `official`, or without that the whole item. `entry`: of
    the journal, by which the event is found."""

    id = models.BigAutoField(primary_key=True)
    exemption = models.ForeignKey(Exemption, on_delete=models.RESTRICT, related_name="lines")
    item = models.ForeignKey(Item, on_delete=models.RESTRICT, related_name="+")
    fault = models.CharField(max_length=200, blank=True)
    official = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+", null=True)
    entry = models.BigIntegerField()
