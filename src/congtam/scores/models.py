"""Live scores, what waits to be scored, wake-ups, and runs."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from congtam.orgs.models import Unit
from congtam.people.models import Person


class _Points(models.Model):
    """The points of one official under one scorecard in one period, in millionths, and as whom they were scored.

    `parts`: the parts that carry points, as `laid.parts` lays them out; `grading`: why the grade is what it is, and
    what waits for a person's decision.
    """

    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    rulebook = models.CharField(max_length=120)
    scorecard = models.CharField(max_length=64)
    period = models.CharField(max_length=8)
    legal = models.BooleanField(default=True)
    role = models.CharField(max_length=8)
    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    agency = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    duty_group = models.CharField(max_length=64)
    staff_kind = models.CharField(max_length=32)
    working_days = models.IntegerField()
    lowest = models.BigIntegerField()
    highest = models.BigIntegerField()
    earned = models.BigIntegerField()
    measurable = models.BigIntegerField()
    grade = models.CharField(max_length=32, null=True)
    graded_by = models.CharField(max_length=32)
    n_items = models.IntegerField()
    parts = models.JSONField()
    grading = models.JSONField(default=dict)

    class Meta:
        abstract = True

    @property
    def total(self) -> int | None:
        """The points out of all there are; None while figures are missing."""
        return self.lowest if self.lowest == self.highest else None

    @property
    def card(self) -> str:
        """rulebook#scorecard."""
        return f"{self.rulebook}#{self.scorecard}"


class Live(_Points):
    """The score as it stands now: of facts known at `seq`, seen at `as_of`. `forecast`: see `forecast.look_ahead`;
    `losses`: see `losses.losses_of` (None until counted)."""

    id = models.BigAutoField(primary_key=True)
    seq = models.BigIntegerField()
    as_of = models.DateTimeField()
    made_at = models.DateTimeField(db_default=Now())
    forecast = models.JSONField(null=True)
    losses = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "rulebook", "scorecard", "period"], name="live_once"),
        ]
        indexes = [
            models.Index(fields=["period", "rulebook", "scorecard"]),
            models.Index(fields=["unit", "period"]),
            models.Index(fields=["period"], condition=Q(losses__isnull=True), name="live_without_losses"),
        ]


class Mark(models.Model):
    """An official whose live scores no longer fit the facts; `earlier`: those of the period before as well."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    earlier = models.BooleanField(default=False)
    since = models.DateTimeField(db_default=Now())


class WakeUp(models.Model):
    """The next instant at which an official (None: everyone) must be scored again though no record arrives."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    person = models.OneToOneField(Person, on_delete=models.RESTRICT, related_name="+", null=True)


class Progress(models.Model):
    """How far live scoring has come: whatever was told up to `seq` is marked or scored, under `rules` by digest, and
    folded under `clocks` by digest.

    `complete_at`, `complete_seq`: the last instant and number at which nothing was left to do.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    rules = models.CharField(max_length=64, blank=True)
    clocks = models.CharField(max_length=64, blank=True)
    complete_at = models.DateTimeField(null=True)
    complete_seq = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_progress")]


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
        indexes = [models.Index(fields=["person", "period"])]


class Difference(models.Model):
    """A live score that a full run did not confirm: an alarm until somebody looked into it."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, on_delete=models.RESTRICT, related_name="differences")
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    live = models.JSONField()
    full = models.JSONField()
    seen_by = models.BigIntegerField(null=True)
