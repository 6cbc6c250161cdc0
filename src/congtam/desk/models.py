"""What the desk keeps beside the events of an item: what was asked for, who must answer, what people said.

What happened stands in the events (`work.Event`) and nowhere else; here are only the personal texts, the questions that
wait for a named person, and what recurs.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from congtam.orgs.models import Unit
from congtam.people.models import Person
from congtam.work.models import Item

URGENCIES = ("ordinary", "urgent", "very_urgent", "express")  # thường, khẩn, thượng khẩn, hỏa tốc
CAUSES = ("own", "outside")  # of a delay, as its holder declares it: chủ quan, khách quan
QUESTIONS = (
    "more_time",  # gia hạn: to who may grant it
    "acceptance",  # nghiệm thu: of work delivered, to who gave it
    "coordination",  # phối hợp: to the head of another unit
    "escalation",  # a coordination that found no answer: to the common superior
    "confirmation",  # việc phát sinh: to whoever was there
    "recognition",  # sáng kiến: to who may recognise it
    "refusal",  # xin không nhận: to who gave it
)
STATES = ("open", "granted", "refused", "taken_back")
EVERY = ("week", "month", "quarter")
OUTCOMES = ("given", "given_late", "not_given", "stopped")


class Brief(models.Model):
    """What a piece of work is to be, as it was given: the five clears that no event holds, apart from the facts.

    `giver` gave it, acting for `unit`. `product`: what is to be handed over; `authority`: what the holder may decide
    alone; `issuer`, `incoming`, `basis`: who issued the document that orders it, its number on arrival, its number and
    symbol; `first_due`: the deadline as first given; `part_of`: the work it was cut from. `secret`: only counted.
    """

    item = models.OneToOneField(Item, primary_key=True, on_delete=models.RESTRICT, related_name="brief")
    giver = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    product = models.TextField(blank=True)
    authority = models.TextField(blank=True)
    instruction = models.TextField(blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    incoming = models.CharField(max_length=64, blank=True)
    basis = models.CharField(max_length=120, blank=True)
    urgency = models.CharField(max_length=16, default="ordinary", choices=[(one, one) for one in URGENCIES])
    first_due = models.DateTimeField(null=True)
    part_of = models.ForeignKey(Item, on_delete=models.RESTRICT, related_name="+", null=True)
    secret = models.BooleanField(default=False)
    given_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["giver"]), models.Index(fields=["part_of"])]


class Question(models.Model):
    """Something one person asks of another about an item, and the answer. Asked once, answered once.

    `wanted`: the instant asked for, of more time. `until`: when silence answers (acceptance only: it counts as given,
    `by_default`). `told`: what the answer needs (an event to be written once it is granted). `cause` and `proof`: of a
    delay, as declared, with the document that confirms it.
    """

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(Item, on_delete=models.RESTRICT, related_name="questions")
    kind = models.CharField(max_length=16, choices=[(one, one) for one in QUESTIONS])
    by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    to = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    text = models.TextField(blank=True)
    wanted = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    cause = models.CharField(max_length=8, blank=True)
    proof = models.CharField(max_length=120, blank=True)
    told = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=16, default="open", choices=[(one, one) for one in STATES])
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+", null=True)
    answer = models.TextField(blank=True)
    by_default = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None) | ~Q(state="open") & Q(answered_at__isnull=False),
                name="question_answered_paired",
            ),
            models.CheckConstraint(condition=~Q(by=F("to")) | Q(kind="acceptance"), name="nobody_asks_themselves"),
            models.UniqueConstraint(
                fields=["item", "kind", "by"], condition=Q(state="open"), name="question_open_once"
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(kind="acceptance"), name="silence_accepts_only"),
        ]
        indexes = [
            models.Index(fields=["to"], condition=Q(state="open"), name="desk_question_to"),
            models.Index(fields=["by"], condition=Q(state="open"), name="desk_question_by"),
            models.Index(fields=["until"], condition=Q(state="open", until__isnull=False), name="desk_question_until"),
        ]


class Remark(models.Model):
    """What somebody said of an item while doing something to it: a report, a reason. `entry` is that of the journal."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(Item, on_delete=models.RESTRICT, related_name="remarks")
    by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+", null=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=16)  # the activity or the question it belongs to
    text = models.TextField()
    entry = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["item", "at"])]


class Template(models.Model):
    """Work that is given again and again in a unit; retired, never deleted. `days`: working days it may take. A change
    is another template, which `replaces` this one."""

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    title = models.CharField(max_length=400)
    product = models.TextField(blank=True)
    authority = models.TextField(blank=True)
    instruction = models.TextField(blank=True)
    catalogue = models.CharField(max_length=64, blank=True)
    coefficient = models.IntegerField(null=True)  # hundredths
    days = models.IntegerField()
    made_by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    retired_at = models.DateTimeField(null=True)
    replaces = models.OneToOneField("self", on_delete=models.RESTRICT, related_name="replaced_by", null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(days__gte=0, days__lte=400), name="template_days_sane")]


class Recurrence(models.Model):
    """A template given by itself: every week, month or quarter, on its `on`-th working day, to the same people, in the
    name of who set it up. `next_on`: the day on which it is given next."""

    id = models.BigAutoField(primary_key=True)
    template = models.ForeignKey(Template, on_delete=models.RESTRICT, related_name="recurrences")
    lead = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    support = ArrayField(models.BigIntegerField(), default=list)
    every = models.CharField(max_length=8, choices=[(one, one) for one in EVERY])
    on = models.IntegerField()
    next_on = models.DateField()
    giver = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    stopped_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(on__gte=1, on__lte=60), name="recurrence_on_sane")]
        indexes = [models.Index(fields=["next_on"], condition=Q(ended_at=None), name="desk_recurrence_next")]


class Occasion(models.Model):
    """What a recurrence did on one of its days; once, whatever happens to the worker. `day`: on which it was to be
    given; `missed`: days before it that had passed as well; `seen_at`: when who set it up said they know, of what did
    not go as set up."""

    id = models.BigAutoField(primary_key=True)
    recurrence = models.ForeignKey(Recurrence, on_delete=models.RESTRICT, related_name="occasions")
    day = models.DateField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=16, choices=[(one, one) for one in OUTCOMES])
    item = models.ForeignKey(Item, on_delete=models.RESTRICT, related_name="+", null=True)
    missed = models.IntegerField(default=0)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recurrence", "day"], name="occasion_once_a_day"),
            models.CheckConstraint(
                condition=Q(outcome__in=("given", "given_late")) ^ Q(item=None), name="occasion_gave_or_not"
            ),
        ]
        indexes = [
            models.Index(
                fields=["recurrence"], condition=Q(seen_at=None) & ~Q(outcome="given"), name="desk_occasion_untold"
            )
        ]


class Handover(models.Model):
    """A person's open work passed to others at once, because a post ends or leave begins; its minutes are printed from
    it. `why`: post_ends, leave, other; `decision`: number of the document that orders it."""

    id = models.BigAutoField(primary_key=True)
    giver = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="handovers")
    why = models.CharField(max_length=16)
    decision = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    made_at = models.DateTimeField()


class HandoverLine(models.Model):
    """One item handed over: what it was called then, how it stood, who received it."""

    id = models.BigAutoField(primary_key=True)
    handover = models.ForeignKey(Handover, on_delete=models.RESTRICT, related_name="lines")
    item = models.ForeignKey(Item, on_delete=models.RESTRICT, related_name="+")
    receiver = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    due_at = models.DateTimeField(null=True)
    late = models.BooleanField(default=False)


class Typed(models.Model):
    """How long somebody spent filling in the forms of the desk on a day, as their browser counted it: whole seconds
    with keys pressed, and how many forms were sent. Feeds no score."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    day = models.DateField()
    form = models.CharField(max_length=32)
    seconds = models.IntegerField(default=0)
    keys = models.IntegerField(default=0)
    sent = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day", "form"], name="typed_once_a_day")]
