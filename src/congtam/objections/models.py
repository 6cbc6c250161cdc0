"""Draft slips as they were shown, what people said to each line, and requests to review one line with their answers.

Words stand apart in `Remark`, so that they can be erased; figures are those of the run a slip was taken from.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from congtam.cycles.models import Cycle
from congtam.evidence.models import LONGEST_NAME, Stored
from congtam.history.dated import Fact
from congtam.people.models import Person
from congtam.scores.models import Run
from congtam.work.models import Item

AGREE, REMARK, SILENT = "agree", "remark", "silent"
SAID = (AGREE, REMARK, SILENT)
UPHELD, PARTLY, REFUSED = "upheld", "partly", "refused"
OUTCOMES = (UPHELD, PARTLY, REFUSED)
GRADE = "grade"  # the line of a slip that is no part: the grade before caps


class Slip(Fact):
    """The draft result of one person in one cycle, as a run gave it, shown at an instant. Shown again, it is another
    row in the place of the one before; `turn` counts them. `alone_days` working days only the person, who marks them
    and the personnel office see it; after `speak_days` whoever said nothing had no remark."""

    cycle = models.ForeignKey(Cycle, on_delete=models.RESTRICT, related_name="slips")
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    run = models.ForeignKey(Run, on_delete=models.RESTRICT, related_name="+")
    turn = models.SmallIntegerField(default=1)
    shown_at = models.DateTimeField()
    alone_days = models.SmallIntegerField()
    speak_days = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "person"], condition=Q(replaced_by__isnull=True), name="slip_stands_once"
            )
        ]
        indexes = [models.Index(fields=["person"])]


class Saying(Fact):
    """What a person said to one line of their slip; by silence at the instant at which the term passed."""

    slip = models.ForeignKey(Slip, on_delete=models.RESTRICT, related_name="sayings")
    line = models.CharField(max_length=64)
    said = models.CharField(max_length=8, choices=[(one, one) for one in SAID])
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["slip", "line"], condition=Q(replaced_by__isnull=True), name="saying_stands_once"
            )
        ]


class Request(Fact):
    """A request to review one line of a slip: all of it, one `indicator` under it, or one `item` with, when named, its
    `fault`. `raters`: who gave that line, none of whom answers. `due_at` as counted when it was asked."""

    slip = models.ForeignKey(Slip, on_delete=models.RESTRICT, related_name="requests")
    cycle = models.ForeignKey(Cycle, on_delete=models.RESTRICT, related_name="requests")
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    line = models.CharField(max_length=64)
    indicator = models.CharField(max_length=64, blank=True)
    item = models.ForeignKey(Item, on_delete=models.RESTRICT, related_name="+", null=True)
    fault = models.CharField(max_length=200, blank=True)
    raters = ArrayField(models.BigIntegerField(), default=list)
    shown_by = models.ForeignKey(Item, on_delete=models.RESTRICT, related_name="+", null=True)
    file = models.ForeignKey(Stored, on_delete=models.RESTRICT, related_name="+", null=True)
    file_name = models.CharField(max_length=LONGEST_NAME, blank=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()

    responder_id: int | None = None  # who is to answer it on the day it was read for; set by the queries

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["slip", "line", "indicator", "item", "fault"], nulls_distinct=False, name="request_once_a_line"
            ),
            models.CheckConstraint(condition=Q(fault="") | Q(item__isnull=False), name="request_fault_of_an_item"),
        ]
        indexes = [models.Index(fields=["cycle", "person"]), models.Index(fields=["item"])]


class Answer(Fact):
    """The answer to a request, given once: by whom, in which sense. `corrected`: what was put right (see
    `correcting`), with the number of the fact that did it."""

    request = models.OneToOneField(Request, on_delete=models.RESTRICT, related_name="answer")
    by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    outcome = models.CharField(max_length=8, choices=[(one, one) for one in OUTCOMES])
    corrected = models.CharField(max_length=8, blank=True)
    corrected_by = models.BigIntegerField(null=True)
    at = models.DateTimeField()


class Touched(models.Model):
    """Somebody else whose record the correction of an answer changed."""

    id = models.BigAutoField(primary_key=True)
    answer = models.ForeignKey(Answer, on_delete=models.RESTRICT, related_name="touched")
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "person"], name="touched_once")]


class Remark(models.Model):
    """Words of the saying, request or answer numbered `seq`. Apart, so that they can be erased."""

    seq = models.BigIntegerField(primary_key=True)
    text = models.TextField()
