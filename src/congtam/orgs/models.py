"""Units as they stand on each day, and the decisions that change them."""

from django.db import models
from django.db.models import F, Q

from congtam.history.dated import DateRangeField, Fact, closed, never_two, not_empty

CHANGES = ("founding", "merger", "split", "transfer", "renaming", "abolition")


class Unit(models.Model):
    """An agency or one of its parts, by an even number (people have odd ones), through all its names and places; `code`
    is what sources call it."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.code


class UnitSpan(Fact):
    """A unit under its parent, with its name, for a stretch of days (half-open). An agency is its own `agency`."""

    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="spans")
    parent = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+", null=True)
    agency = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    name = models.CharField(max_length=200)
    level = models.CharField(max_length=32, default="unit")  # levels are data: agency, department, section, commune …
    days = DateRangeField()
    change = models.ForeignKey("ChangeEvent", on_delete=models.RESTRICT, related_name="spans", null=True)

    class Meta:
        indexes = [closed("unit_span_closed")]
        constraints = [
            never_two("unit_once_a_day", "unit"),
            not_empty("unit_span_holds_a_day"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("unit")), name="unit_not_under_itself"
            ),
        ]


class ChangeEvent(Fact):
    """A decision that founds, merges, splits, renames or abolishes units, or moves tasks between them."""

    kind = models.CharField(max_length=16, choices=[(one, one) for one in CHANGES])
    number = models.CharField(max_length=64)
    decided_on = models.DateField()
    effective_on = models.DateField()


class ChangeShare(models.Model):
    """How much of a predecessor went to a successor, in millionths."""

    change = models.ForeignKey(ChangeEvent, on_delete=models.RESTRICT, related_name="shares")
    predecessor = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+", null=True)
    successor = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+", null=True)
    millionths = models.IntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(millionths__gt=0, millionths__lte=1_000_000), name="share_is_a_share"),
            models.CheckConstraint(
                condition=Q(predecessor__isnull=False) | Q(successor__isnull=False), name="share_names_a_unit"
            ),
        ]
