"""One period of evaluation of one agency, its steps with their deadlines, what people told of themselves, reminders."""

from django.db import models
from django.db.models import F, Q

from congtam.engine.rulebook.model import STEPS
from congtam.evidence.models import LONGEST_NAME, Stored
from congtam.history.dated import Fact
from congtam.orgs.models import Unit
from congtam.people.models import Person

STATES = ("ahead", "open", "paused", "done")
ANSWERS = ("confirmed", "declined")


class Cycle(models.Model):
    """One period (2026-10, 2026-Q4, 2026) of one agency, for everyone graded there, under whichever scorecard is legal
    for them. `number`: the plan or decision it was opened by."""

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    period = models.CharField(max_length=8)
    number = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "period"], name="cycle_once")]


class Term(models.Model):
    """The deadline of one step as one legal scorecard (rulebook#scorecard) gave it when the cycle was opened; never
    changed, so that a rule that changes meanwhile moves nothing. `days` or `before` as in the rulebook."""

    id = models.BigAutoField(primary_key=True)
    cycle = models.ForeignKey(Cycle, on_delete=models.RESTRICT, related_name="terms")
    card = models.CharField(max_length=200)
    step = models.CharField(max_length=16, choices=[(one, one) for one in STEPS])
    place = models.SmallIntegerField()
    days = models.SmallIntegerField(null=True)
    count = models.CharField(max_length=16)
    before = models.CharField(max_length=5, blank=True)
    by_itself = models.BooleanField()
    due_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "card", "step"], name="term_once"),
            models.CheckConstraint(condition=Q(days=None) ^ Q(before=""), name="term_days_or_day"),
        ]


class Step(Fact):
    """How one step of a cycle stands: due when, in which state since when. A move, a pause, a reopening is another row
    that takes this one's place; why stands apart in `Remark`.

    `due_at` is the deadline as counted or set at `counted_from`; pauses and incidents from then on move it when it is
    read (`cycles.standing`)."""

    cycle = models.ForeignKey(Cycle, on_delete=models.RESTRICT, related_name="steps")
    step = models.CharField(max_length=16, choices=[(one, one) for one in STEPS])
    place = models.SmallIntegerField()
    due_at = models.DateTimeField()
    counted_from = models.DateTimeField()
    state = models.CharField(max_length=8, choices=[(one, one) for one in STATES])
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "step"], condition=Q(replaced_by__isnull=True), name="step_stands_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(replaced_by__isnull=True) & Q(state__in=["open", "paused"]),
                name="cycles_step_due",
            )
        ]


class Remark(models.Model):
    """Why, in words: of the step or claim numbered `seq`. Apart, so that it can be erased."""

    seq = models.BigIntegerField(primary_key=True)
    text = models.TextField()


class Claim(Fact):
    """What somebody says of themselves on one criterion that data cannot know: who can confirm it (`counterpart`), or
    the document that shows it (`evidence`). What is said stands in `Remark`.

    `answer`: of the counterpart; nothing counts before it was confirmed."""

    cycle = models.ForeignKey(Cycle, on_delete=models.RESTRICT, related_name="claims")
    series = models.BigIntegerField()
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    criterion = models.CharField(max_length=64)
    counterpart = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+", null=True)
    evidence = models.ForeignKey(Stored, on_delete=models.RESTRICT, related_name="+", null=True)
    evidence_name = models.CharField(max_length=LONGEST_NAME, blank=True)
    answer = models.CharField(max_length=16, blank=True, choices=[(one, one) for one in ANSWERS])
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(counterpart__isnull=False) | Q(evidence__isnull=False), name="claim_can_be_checked"
            ),
            models.CheckConstraint(
                condition=Q(counterpart=None) | ~Q(counterpart=F("person")), name="nobody_confirms_themselves"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="claim_answer_paired",
            ),
            models.UniqueConstraint(fields=["series"], condition=Q(replaced_by__isnull=True), name="claim_stands_once"),
        ]
        indexes = [
            models.Index(
                fields=["counterpart"], condition=Q(replaced_by__isnull=True, answer=""), name="cycles_claim_asked"
            )
        ]


class SelfReport(models.Model):
    """Somebody said that they have told everything about themselves in a cycle; once, and nothing is added after it."""

    id = models.BigAutoField(primary_key=True)
    cycle = models.ForeignKey(Cycle, on_delete=models.RESTRICT, related_name="self_reports")
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cycle", "person"], name="self_report_once")]


class Reminder(models.Model):
    """Somebody was reminded of something that blocks a step: `about` names it, once a day."""

    id = models.BigAutoField(primary_key=True)
    cycle = models.ForeignKey(Cycle, on_delete=models.RESTRICT, related_name="+")
    step = models.CharField(max_length=16, choices=[(one, one) for one in STEPS])
    to = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    about = models.CharField(max_length=64)
    by = models.BigIntegerField(null=True)
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cycle", "to", "about", "day"], name="reminder_once_a_day")]
        indexes = [models.Index(fields=["to", "at"])]


class SpecialAgency(Fact):
    """Whether an agency is of the special kind (cơ quan đặc thù) for which the rules name other days of the year, by
    which document (`basis`)."""

    agency = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    special = models.BooleanField()
    basis = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency"], condition=Q(replaced_by__isnull=True), name="agency_kind_once")
        ]


class Handed(models.Model):
    """The results of a sealed cycle were handed to the national cadre database: the digest of the file, how many people
    stood in it, and the receipt."""

    id = models.BigAutoField(primary_key=True)
    cycle = models.OneToOneField(Cycle, on_delete=models.RESTRICT, related_name="handed")
    digest = models.CharField(max_length=64)
    people = models.IntegerField()
    receipt = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
