"""Live scores, what waits to be scored, wake-ups, and runs."""

from django.db import models
from django.db.models.functions import Now

from congtam.people.models import Person


class _Points(models.Model):
    """The points of one official under one scorecard in one period, in millionths; `parts` as the trace gives them."""

    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    rulebook = models.CharField(max_length=120)
    scorecard = models.CharField(max_length=64)
    period = models.CharField(max_length=8)
    legal = models.BooleanField(default=True)
    lowest = models.BigIntegerField()
    highest = models.BigIntegerField()
    earned = models.BigIntegerField()
    measurable = models.BigIntegerField()
    grade = models.CharField(max_length=32, null=True)
    graded_by = models.CharField(max_length=32)
    n_items = models.IntegerField()
    parts = models.JSONField()

    class Meta:
        abstract = True


class Live(_Points):
    """The score as it stands now: of facts known at `seq`, seen at `as_of`."""

    id = models.BigAutoField(primary_key=True)
    seq = models.BigIntegerField()
    as_of = models.DateTimeField()
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "rulebook", "scorecard", "period"], name="live_once"),
        ]
        indexes = [models.Index(fields=["period", "rulebook", "scorecard"])]


class Mark(models.Model):
    """An official whose live scores no longer fit the facts."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    since = models.DateTimeField(db_default=Now())


class WakeUp(models.Model):
    """An instant at which an item or an official must be looked at again though no record arrives."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    item = models.BigIntegerField(null=True)
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+", null=True)


class Run(models.Model):
    """One evaluation of everybody of a scorecard: facts known at `seq`, seen at `as_of`, under rules by digest."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=16)  # nightly, published
    rulebook = models.CharField(max_length=120)
    scorecard = models.CharField(max_length=64)
    period = models.CharField(max_length=8)
    seq = models.BigIntegerField()
    as_of = models.DateTimeField()
    meaning = models.CharField(max_length=64)
    wording = models.CharField(max_length=64)
    calendar = models.CharField(max_length=64)
    engine = models.CharField(max_length=32)
    made_at = models.DateTimeField(db_default=Now())
    compared = models.IntegerField(default=0)
    differing = models.IntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["period", "rulebook", "scorecard", "-id"])]


class RunScore(_Points):
    """What a run gave one official."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, on_delete=models.RESTRICT, related_name="scores")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "person"], name="run_scores_once")]


class Difference(models.Model):
    """A live score that a full run did not confirm: an alarm until somebody looked into it."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, on_delete=models.RESTRICT, related_name="differences")
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    live = models.JSONField()
    full = models.JSONField()
    seen_by = models.BigIntegerField(null=True)
