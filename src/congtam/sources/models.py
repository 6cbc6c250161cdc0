"""Sources, their contracts, tokens, own counts, and which is authoritative for what, when."""

from django.db import models
from django.db.models.functions import Now

from congtam.history.dated import DateRangeField, Fact, never_two, not_empty
from congtam.orgs.models import Unit
from congtam.people.models import Post


class Source(models.Model):
    """A system or person that hands over data. `due_time`: until when of a working day its data are promised."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    owner = models.ForeignKey(Post, on_delete=models.RESTRICT, related_name="+", null=True)
    due_time = models.TimeField(null=True)
    native = models.BooleanField(default=False)  # what is written in Công Tâm itself: it hands over nothing, never late
    mapping = models.TextField(blank=True)  # the reviewed mapping of its files, when it hands over files
    first = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("first")),
                name="source_holds_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Token(models.Model):
    """What a source signs its pushes with; only the digest is kept."""

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(Source, on_delete=models.RESTRICT, related_name="tokens")
    label = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.BigIntegerField(null=True)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class Datum(models.Model):
    """A kind of data that must have one source, such as incoming documents; `work_kind` is the kind of its items,
    empty for any."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    work_kind = models.CharField(max_length=32, blank=True)


class Authority(Fact):
    """The one authoritative source of a datum in a unit's tree, for a stretch of days. Others are reference only."""

    datum = models.ForeignKey(Datum, on_delete=models.RESTRICT, related_name="authorities")
    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.RESTRICT, related_name="authorities")
    days = DateRangeField()
    number = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [never_two("one_authority_a_day", "datum", "unit"), not_empty("authority_holds_a_day")]


class OwnCount(Fact):
    """How many records a source says it has received or made on a day: to be reconciled with what arrived."""

    source = models.ForeignKey(Source, on_delete=models.RESTRICT, related_name="own_counts")
    day = models.DateField()
    count = models.IntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(count__gte=0), name="own_count_not_negative"),
            models.UniqueConstraint(
                fields=["source", "day"], condition=models.Q(replaced_by__isnull=True), name="own_count_stands_once"
            ),
        ]
