"""Items and their events, which are facts; and what the fold makes of them, which is derived and can be made again."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from congtam.history.dated import NextSeq
from congtam.orgs.models import Unit
from congtam.people.models import Person
from congtam.sources.models import Source


class Item(models.Model):
    """One piece of work by number; `key` is what its source calls it."""

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(
        Source, on_delete=models.RESTRICT, related_name="items", db_index=False, db_constraint=False
    )
    key = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="item_once_per_source")]


class ItemText(models.Model):
    """What an item is called, apart from the facts: title, number and symbol (số/ký hiệu), and for a dossier what its
    applicant looks it up by (the last digits of the phone only as a salted digest). `symbol_key` is the symbol as it is
    compared between sources."""

    item = models.OneToOneField(Item, primary_key=True, on_delete=models.RESTRICT, related_name="text")
    title = models.TextField(blank=True)
    symbol = models.CharField(max_length=120, blank=True)
    symbol_key = models.CharField(max_length=120, blank=True, db_index=True)
    search_key = models.TextField(blank=True)
    lookup_salt = models.BinaryField(null=True)
    lookup_digest = models.BinaryField(null=True)


class Event(models.Model):
    """One event of one item (the contract's `event`). Append-only; `record` is the intake record that said it.

    `counterpart` is a person's number, or `@` and the code of an outside party.
    """

    seq = models.BigIntegerField(primary_key=True, db_default=NextSeq())
    recorded_at = models.DateTimeField(db_default=Now())
    item = models.ForeignKey(Item, on_delete=models.RESTRICT, related_name="events", db_constraint=False)
    at = models.DateTimeField()
    activity = models.CharField(max_length=16)
    official = models.ForeignKey(
        Person, on_delete=models.RESTRICT, related_name="+", null=True, db_index=False, db_constraint=False
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.RESTRICT, related_name="+", null=True, db_index=False, db_constraint=False
    )
    counterpart = models.CharField(max_length=65, blank=True)
    value = models.CharField(max_length=200, blank=True)
    decision = models.CharField(max_length=64, blank=True)
    attributes = models.JSONField(default=dict)
    record = models.BigIntegerField(null=True)
    place = models.CharField(max_length=300, blank=True)  # file and row, or push

    class Meta:
        indexes = [
            models.Index(fields=["value"], condition=models.Q(activity="same_as"), name="work_event_same_as"),
            models.Index(fields=["item"], condition=models.Q(activity="same_as"), name="work_event_is_same"),
            models.Index(
                fields=["official"], condition=models.Q(activity__in=("assigned", "fault")), name="work_event_to"
            ),
            models.Index(fields=["counterpart"], condition=models.Q(activity="passed_on"), name="work_event_on_to"),
        ]


class Standing(models.Model):
    """An item as it stands (the contract's `item`), folded from its events up to `seq`.

    `settled`: nothing about it changes as time passes. `again_at`: the next instant at which it must be folded anew
    though no record arrives (an event dated ahead, a clock that stands). `moving`: a clock stands, its own or that of
    the same work seen elsewhere, so that deadline and waiting move with every minute of office time.
    `counts`: its source is the authoritative one; else it is kept to be compared, and feeds no score.
    """

    item = models.OneToOneField(Item, primary_key=True, on_delete=models.RESTRICT, related_name="standing")
    seq = models.BigIntegerField()
    state = models.CharField(max_length=16)
    settled = models.BooleanField()
    moving = models.BooleanField(default=False)
    counts = models.BooleanField(default=True)
    again_at = models.DateTimeField(null=True)
    kind = models.CharField(max_length=32, null=True)
    origin = models.CharField(max_length=32, null=True)
    procedure = models.CharField(max_length=120, null=True)
    catalogue = models.CharField(max_length=64, null=True)
    coefficient = models.IntegerField(null=True)
    channel = models.CharField(max_length=32, null=True)
    source = models.CharField(max_length=64, null=True)  # as the record names it
    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+", null=True)
    agency = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+", null=True, db_index=False)
    received_at = models.DateTimeField()
    promised_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    returns = models.IntegerField()
    reopened = models.IntegerField()
    extensions = models.IntegerField()
    late_extensions = models.IntegerField()
    requests = models.IntegerField()
    waiting = models.IntegerField()
    over_limit = models.BooleanField()
    signed = models.BooleanField()
    recognised = models.BooleanField()
    accepted_at = models.DateTimeField(null=True)
    accepted = models.BooleanField()
    excused = models.BooleanField()
    satisfaction = models.IntegerField(null=True)
    same_as = models.ForeignKey(Item, on_delete=models.RESTRICT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(settled=False) | models.Q(again_at__isnull=True, moving=False),
                name="standing_settled_stays",
            ),
        ]
        indexes = [
            models.Index(fields=["again_at"], condition=models.Q(again_at__isnull=False), name="work_again"),
            models.Index(fields=["item"], condition=models.Q(moving=True), name="work_moving"),
        ]


class Share(models.Model):
    """One official's part in one item (the contract's `share`), with what the row evaluator reads beside it.

    `delay_voided`: the decision by which its delay does not count, should it be late or become so. `lasts_until`: the
    last instant that is known of the item and all its shares, far ahead while anything of it is open: a period that
    begins later has nothing to do with it. `deadlines`: those of the item and all its shares, in order.
    """

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(Item, on_delete=models.RESTRICT, related_name="shares")
    official = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="shares", db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+", null=True)
    agency = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+", null=True, db_index=False)
    spell = models.CharField(max_length=80, null=True)
    role = models.CharField(max_length=8)
    weight = models.IntegerField()
    state = models.CharField(max_length=16)
    received_at = models.DateTimeField()
    taken_up_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted = models.BooleanField()
    excused = models.BooleanField()
    rating = models.IntegerField(null=True)
    turn = models.IntegerField()
    delay_voided = models.CharField(max_length=64, null=True)
    lasts_until = models.DateTimeField()
    deadlines = ArrayField(models.DateTimeField())

    class Meta:
        indexes = [
            models.Index(fields=["official", "lasts_until"], name="work_share_lasting"),
            models.Index(fields=["official", "due_at"]),
            models.Index(
                fields=["unit", "due_at"], condition=models.Q(finished_at__isnull=True), name="work_share_open"
            ),
        ]


class Fault(models.Model):
    """One fault of an item (the contract's `fault`), as the fold found it."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(Item, on_delete=models.RESTRICT, related_name="faults")
    fault = models.CharField(max_length=200)
    kind = models.CharField(max_length=16)
    at = models.DateTimeField()
    official = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+", null=True)
    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+", null=True)
    charged_to = models.DateField(null=True)
    voided_by = models.CharField(max_length=64, null=True)
    derived = models.BooleanField()
    share = models.CharField(max_length=200, null=True)
    records = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        indexes = [  # of those that were told: delays are found by their shares
            models.Index(fields=["at"], condition=models.Q(derived=False), name="work_fault_told"),
            models.Index(
                fields=["charged_to"], condition=models.Q(charged_to__isnull=False), name="work_fault_charged"
            ),
        ]


class ToFold(models.Model):
    """An item whose events changed and that waits to be folded; written with the events, taken away with the fold.

    `not_before`: for an item that comes into being only then, by an event dated ahead.
    """

    item = models.OneToOneField(
        Item, primary_key=True, on_delete=models.RESTRICT, related_name="+", db_constraint=False
    )
    since = models.DateTimeField(db_default=Now(), db_index=True)
    not_before = models.DateTimeField(null=True)


class SameWork(models.Model):
    """Two items that may be the same work, found by number and symbol; a person says whether they are."""

    id = models.BigAutoField(primary_key=True)
    one = models.ForeignKey(Item, on_delete=models.RESTRICT, related_name="+")
    other = models.ForeignKey(Item, on_delete=models.RESTRICT, related_name="+")
    why = models.CharField(max_length=200)
    state = models.CharField(max_length=16, default="proposed")  # proposed, confirmed, refused
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="same_work_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="same_work_smaller_first"),
            models.CheckConstraint(
                condition=models.Q(state="proposed", decided_at__isnull=True)
                | (~models.Q(state="proposed") & models.Q(decided_at__isnull=False)),
                name="same_work_decided_paired",
            ),
        ]
