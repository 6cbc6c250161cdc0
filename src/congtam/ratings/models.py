"""Marks, reported figures and decisions: what people say where data cannot know. Their words stand apart."""

from django.db import models
from django.db.models import F, Q

from congtam.history.dated import Fact, closed
from congtam.orgs.models import Unit
from congtam.people.models import Person

STAGES = ("self", "verified", "final")


class _OnSubject(Fact):
    """A fact about one official or one unit in one period."""

    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+", null=True)
    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+", null=True)
    period = models.CharField(max_length=8)

    class Meta:
        abstract = True


def _one_subject(name: str) -> models.CheckConstraint:
    both = Q(person__isnull=False, unit__isnull=True) | Q(person__isnull=True, unit__isnull=False)
    return models.CheckConstraint(condition=both, name=name)


class Rating(_OnSubject):
    """A mark on a criterion; `value` in millionths, present exactly when `state` is value."""

    criterion = models.CharField(max_length=64)
    stage = models.CharField(max_length=16, choices=[(one, one) for one in STAGES])
    state = models.CharField(max_length=16)
    value = models.BigIntegerField(null=True)
    by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")

    class Meta:
        constraints = [
            _one_subject("rating_of_one"),
            models.CheckConstraint(
                condition=Q(state="value", value__isnull=False) | (~Q(state="value") & Q(value__isnull=True)),
                name="rating_value_paired",
            ),
            models.CheckConstraint(
                condition=Q(stage="self") | Q(person__isnull=True) | ~Q(person=F("by")), name="nobody_marks_themselves"
            ),
            models.UniqueConstraint(
                fields=["person", "unit", "criterion", "period", "stage"],
                condition=Q(replaced_by__isnull=True),
                nulls_distinct=False,
                name="rating_stands_once",
            ),
        ]
        indexes = [closed("rating_closed"), models.Index(fields=["period", "criterion"])]


class Reported(_OnSubject):
    """A figure a source reports; `value` in millionths."""

    indicator = models.CharField(max_length=64)
    state = models.CharField(max_length=16)
    value = models.BigIntegerField(null=True)
    by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+", null=True)
    source = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            _one_subject("reported_of_one"),
            models.UniqueConstraint(
                fields=["person", "unit", "indicator", "period"],
                condition=Q(replaced_by__isnull=True),
                nulls_distinct=False,
                name="reported_stands_once",
            ),
        ]
        indexes = [closed("reported_closed")]


class Decision(_OnSubject):
    """What a named person decided on a matter the rules leave to people."""

    scorecard = models.CharField(max_length=200)
    matter = models.CharField(max_length=64)
    outcome = models.CharField(max_length=64)
    by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    number = models.CharField(max_length=64)

    class Meta:
        constraints = [
            _one_subject("decision_on_one"),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | ~Q(person=F("by")), name="nobody_decides_on_self"
            ),
            models.UniqueConstraint(
                fields=["person", "unit", "scorecard", "period", "matter"],
                condition=Q(replaced_by__isnull=True),
                nulls_distinct=False,
                name="decision_stands_once",
            ),
        ]
        indexes = [closed("decision_closed")]


class Reason(models.Model):
    """Why, in words: of the rating, figure or decision numbered `seq`. Apart, so that it can be erased."""

    seq = models.BigIntegerField(primary_key=True)
    text = models.TextField()
