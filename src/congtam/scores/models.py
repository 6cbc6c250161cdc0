"""Live scores, what waits to be scored, wake-ups, runs, seals, and questions what would be under other rules."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from congtam.access.models import Account
from congtam.orgs.models import Unit
from congtam.people.models import Person


class _Figures(models.Model):
    """Points under one scorecard in one period, in millionths, of whoever is scored.

    `parts`: the parts that carry points, as `laid.parts` lays them out; `grading`: why the grade is what it is, and
    what waits for a person's decision.
    """

    rulebook = models.CharField(max_length=120)
    scorecard = models.CharField(max_length=64)
    period = models.CharField(max_length=8)
    legal = models.BooleanField(default=True)
    agency = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
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


class _Points(_Figures):
    """The points of one official, and as whom they were scored."""

    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    role = models.CharField(max_length=8)
    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    duty_group = models.CharField(max_length=64)
    staff_kind = models.CharField(max_length=32)
    working_days = models.IntegerField()

    class Meta:
        abstract = True


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


class LiveUnit(_Figures):
    """The score of a unit with all under it as it stands now: of facts known at `seq`, seen at `as_of`. `wake_at`: the
    next instant at which time alone may move it (None: never)."""

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    seq = models.BigIntegerField()
    as_of = models.DateTimeField()
    made_at = models.DateTimeField(db_default=Now())
    wake_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "rulebook", "scorecard", "period"], name="live_unit_once"),
        ]
        indexes = [models.Index(fields=["period", "rulebook", "scorecard"])]


class Mark(models.Model):
    """An official whose live scores no longer fit the facts; `earlier`: those of the period before as well."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    earlier = models.BooleanField(default=False)
    since = models.DateTimeField(db_default=Now())


class UnitMark(models.Model):
    """A unit whose live score, and those of all above it, no longer fit the facts; `earlier`: of the period before as
    well."""

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    earlier = models.BooleanField(default=False)
    since = models.DateTimeField(db_default=Now())


class WakeUp(models.Model):
    """The next instant at which an official (None: everyone) must be scored again though no record arrives."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    person = models.OneToOneField(Person, on_delete=models.RESTRICT, related_name="+", null=True)


class Progress(models.Model):
    """How far live scoring has come: whatever was told up to `seq` is marked or scored, under `rules` by digest, and
    folded under `clocks` by digest. `units`: a digest of the rules and periods by which units are scored; empty where
    none are.

    `complete_at`, `complete_seq`: the last instant and number at which nothing was left to do.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    rules = models.CharField(max_length=64, blank=True)
    clocks = models.CharField(max_length=64, blank=True)
    units = models.CharField(max_length=64, blank=True, default="", db_default="")
    complete_at = models.DateTimeField(null=True)
    complete_seq = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_progress")]


class Run(models.Model):
    """One evaluation of everybody of a scorecard: facts known at `seq`, seen at `as_of`, under rules by digest.

    Nightly runs are of the whole site; those taken for a cycle are of one `agency` and stay (see `taking`).
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=16)  # nightly, nightly_units, draft, final
    agency = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+", null=True)
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
        indexes = [
            models.Index(fields=["period", "rulebook", "scorecard", "-id"]),
            models.Index(fields=["agency", "period"], condition=Q(agency__isnull=False), name="run_of_agency"),
        ]

    @property
    def card(self) -> str:
        """rulebook#scorecard."""
        return f"{self.rulebook}#{self.scorecard}"


class RunScore(_Points):
    """What a run gave one official."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, on_delete=models.RESTRICT, related_name="scores")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "person"], name="run_scores_once")]
        indexes = [models.Index(fields=["person", "period"])]


class UnitScore(_Figures):
    """What a run gave one unit."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, on_delete=models.RESTRICT, related_name="unit_scores")
    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "unit"], name="run_scores_unit_once")]
        indexes = [models.Index(fields=["unit", "period"])]


class Difference(models.Model):
    """A live score of an official or a unit that a full run did not confirm: an alarm until somebody looked into it."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, on_delete=models.RESTRICT, related_name="differences")
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+", null=True)
    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+", null=True)
    live = models.JSONField()
    full = models.JSONField()
    seen_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, unit__isnull=True) | Q(person__isnull=True, unit__isnull=False),
                name="difference_of_one",
            ),
        ]


class Seal(models.Model):
    """A period of an agency fixed for good, from facts known at `seq`: the digest of its body, its envelope and the
    digest of that. `known`: its own place in the order of facts (none: made before seals had one). `number` counts the
    seals of the agency and period; each but the first `supersedes` the one before, which stays as it is. `previous`:
    the seal made before it, whatever the agency. `by`: the account."""

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    period = models.CharField(max_length=24)
    number = models.IntegerField()
    seq = models.BigIntegerField()
    known = models.BigIntegerField(null=True)
    as_of = models.DateTimeField()
    body = models.CharField(max_length=64)
    head = models.CharField(max_length=64, unique=True)
    envelope = models.JSONField()
    previous = models.OneToOneField("self", on_delete=models.RESTRICT, related_name="+", null=True)
    supersedes = models.OneToOneField("self", on_delete=models.RESTRICT, related_name="+", null=True)
    people = models.IntegerField()
    made_at = models.DateTimeField()
    by = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "period", "number"], name="seal_numbered_once")]


class SealFile(models.Model):
    """What a seal holds, as its file but for the texts that may be erased. In the database, not beside it: written in
    the transaction of the seal, kept by the same trigger, in every backup."""

    seal = models.OneToOneField(Seal, primary_key=True, on_delete=models.RESTRICT, related_name="file")
    data = models.BinaryField()


class SealText(models.Model):
    """One sealed text, apart, so that it can be erased while its leaf stays: `place` in its part, with its salt.
    `person`: of whom it tells."""

    id = models.BigAutoField(primary_key=True)
    seal = models.ForeignKey(Seal, on_delete=models.RESTRICT, related_name="texts")
    place = models.IntegerField()
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+", null=True)
    salt = models.BinaryField()
    row = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seal", "place"], name="seal_text_once")]


class SealedScore(models.Model):
    """What a seal says of one person: the points (millionths; None where figures were missing), the grade before limits
    and the final one, where it comes from (see `engine.scoring.final.FinalBy`), and as whom they were graded."""

    id = models.BigAutoField(primary_key=True)
    seal = models.ForeignKey(Seal, on_delete=models.RESTRICT, related_name="scores")
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    rulebook = models.CharField(max_length=120)
    scorecard = models.CharField(max_length=64)
    points = models.BigIntegerField(null=True)
    before = models.CharField(max_length=32, null=True)
    grade = models.CharField(max_length=32, null=True)
    by = models.CharField(max_length=32)
    cap = models.CharField(max_length=64, null=True)
    role = models.CharField(max_length=8)
    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    post_title = models.CharField(max_length=120)
    duty_group = models.CharField(max_length=64)
    staff_kind = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seal", "person"], name="sealed_once")]
        indexes = [models.Index(fields=["person"])]

    @property
    def card(self) -> str:
        """rulebook#scorecard."""
        return f"{self.rulebook}#{self.scorecard}"


class SealSecret(models.Model):
    """What the site salts its seals with: made once, so that sealing the same again gives the same digest."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    secret = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_seal_secret")]


class Question(models.Model):
    """What an account asked of other rules (`tried`, see `registry.trying`): of whom, on the facts of a period as known
    at `seq`; kept for a while with its answer (see `supposed.Answer`).

    `units`: the scope in which it was asked; `key`: a digest by which the same question is known; `done`: how many
    people are scored so far; `problem`: why there is no answer, in both languages.
    """

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.RESTRICT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    tried = models.JSONField()
    units = models.JSONField()
    persons = models.JSONField()
    period = models.CharField(max_length=8)
    seq = models.BigIntegerField()
    key = models.CharField(max_length=64)
    state = models.CharField(max_length=16, default="waiting")  # waiting, answered, refused
    done = models.IntegerField(default=0)
    answer = models.JSONField(null=True)
    problem = models.JSONField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="question_asked_once")]
