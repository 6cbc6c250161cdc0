"""Registers of documents in and out: their numbers, the documents, what happened to them, their files and reviews."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from congtam.desk.models import URGENCIES
from congtam.evidence.models import LONGEST_NAME, Stored
from congtam.orgs.models import Unit
from congtam.people.models import Person
from congtam.work.models import Item

IN, OUT = "in", "out"
DIRECTIONS = (IN, OUT)  # văn bản đến, văn bản đi
SECRECY = ("confidential", "secret", "top_secret")  # mật, tối mật, tuyệt mật; none is blank
STATES = (
    "entered", "submitted", "assigned", "done",  # of documents in
    "draft", "review", "returned", "approved", "signed", "issued", "sent",  # of documents out
    "cancelled",
)  # fmt: skip
STEPS = (*STATES, "version", "remark", "corrected", "attached")
PURPOSES = ("scan", "draft", "signed")


class Counter(models.Model):
    """The last number given in one agency, direction and year. Who takes a number holds the row until the end of the
    transaction, so that a number is given exactly when its document is there."""

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    direction = models.CharField(max_length=3)
    year = models.IntegerField()
    last = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "direction", "year"], name="counter_once")]


class Document(models.Model):
    """One document of an agency. One that came in has its number from the start, one that goes out when it is issued;
    a number never changes and is never given again (see the trigger in the migration).

    `symbol`: number and symbol as printed on it; while a document out has no number, only what follows the number.
    `dated`: the day printed on it; `arrived_on`: when it came in. `item`: the work it became, or belongs to.
    `answers`: the document in that it answers. `with_whom`: the leader it was submitted to. `secrecy`: of a secret
    document nothing is kept but its number. `search_key`: without diacritics.
    """

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    direction = models.CharField(max_length=3, choices=[(one, one) for one in DIRECTIONS])
    year = models.IntegerField(null=True)
    number = models.IntegerField(null=True)
    state = models.CharField(max_length=16, choices=[(one, one) for one in STATES])
    kind = models.CharField(max_length=80, blank=True)
    symbol = models.CharField(max_length=120, blank=True)
    dated = models.DateField(null=True)
    arrived_on = models.DateField(null=True)
    issuer = models.CharField(max_length=200, blank=True)
    abstract = models.TextField(blank=True)
    urgency = models.CharField(max_length=16, default="ordinary", choices=[(one, one) for one in URGENCIES])
    secrecy = models.CharField(max_length=16, blank=True)
    signer = models.CharField(max_length=200, blank=True)
    recipients = models.TextField(blank=True)
    item = models.ForeignKey(Item, on_delete=models.RESTRICT, related_name="documents", null=True)
    answers = models.ForeignKey("self", on_delete=models.RESTRICT, related_name="answered_by", null=True)
    drafter = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+", null=True)
    with_whom = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+", null=True)
    made_at = models.DateTimeField()
    search_key = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "direction", "year", "number"], name="document_number_once"),
            models.CheckConstraint(
                condition=Q(number=None, year=None) | Q(number__gte=1, year__isnull=False), name="document_numbered"
            ),
            models.CheckConstraint(condition=Q(direction=OUT) | Q(number__isnull=False), name="document_in_numbered"),
            models.CheckConstraint(
                condition=Q(secrecy="")
                | Q(kind="", symbol="", issuer="", abstract="", signer="", recipients="", search_key="", item=None),
                name="document_secret_says_nothing",
            ),
        ]
        indexes = [
            models.Index(fields=["item"], condition=Q(item__isnull=False), name="registers_of_item"),
            models.Index(fields=["answers"], condition=Q(answers__isnull=False), name="registers_answers"),
            models.Index(fields=["drafter"], condition=Q(drafter__isnull=False), name="registers_drafter"),
            models.Index(fields=["with_whom"], condition=Q(state="submitted"), name="registers_submitted"),
        ]


class Step(models.Model):
    """One thing that happened to a document: who did it, to whom, with what words. Written once."""

    id = models.BigAutoField(primary_key=True)
    document = models.ForeignKey(Document, on_delete=models.RESTRICT, related_name="steps")
    step = models.CharField(max_length=16, choices=[(one, one) for one in STEPS])
    by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+", null=True)
    to = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+", null=True)
    at = models.DateTimeField()
    text = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["document", "at"])]


class Paper(models.Model):
    """A file of a document: the scan of one that came in, a version of a draft (`version` from 1), a signed PDF.
    `signatures`: what was found about them when the file came (see `signatures.Facts`). Written once."""

    id = models.BigAutoField(primary_key=True)
    document = models.ForeignKey(Document, on_delete=models.RESTRICT, related_name="papers")
    purpose = models.CharField(max_length=8, choices=[(one, one) for one in PURPOSES])
    version = models.IntegerField()
    file = models.ForeignKey(Stored, on_delete=models.RESTRICT, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    signatures = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "purpose", "version"], name="paper_version_once"),
        ]


class Review(models.Model):
    """A named person is asked about one version of a draft, and answers once."""

    id = models.BigAutoField(primary_key=True)
    paper = models.ForeignKey(Paper, on_delete=models.RESTRICT, related_name="reviews")
    reviewer = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=16, blank=True)  # approved, returned; dropped: not asked any more
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "reviewer"], name="review_once"),
            models.CheckConstraint(
                condition=Q(answered_at=None, verdict="") | ~Q(verdict="") & Q(answered_at__isnull=False),
                name="review_answered_paired",
            ),
        ]
        indexes = [models.Index(fields=["reviewer"], condition=Q(answered_at=None), name="registers_review_open")]
