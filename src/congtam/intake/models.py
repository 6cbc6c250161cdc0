"""Batches of records, records by version, their payloads apart, and rows set aside."""

from django.db import models
from django.db.models.functions import Now

from congtam.sources.models import Source
from congtam.work.models import Item

RUNNING = ("queued", "reading")  # states of an upload that is left to the worker


class Upload(models.Model):
    """A file on its way in: received piece by piece, its mapping reviewed, then read by the worker.

    `report` is what `files` counts: rows read, used, set aside, left out; while it is read, how far (`Progress`).
    `problem` says why it was refused.
    """

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(Source, on_delete=models.RESTRICT, related_name="uploads")
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    state = models.CharField(max_length=16, default="receiving")  # and review, queued, reading, done, refused, erased
    mapping = models.TextField(blank=True)
    report = models.JSONField(null=True)
    problem = models.TextField(blank=True)
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(received__gte=0, received__lte=models.F("size")), name="upload_within_its_size"
            ),
        ]


class Batch(models.Model):
    """Records that came together. `kind`: push, upload, mend (set-aside rows replayed), withdrawal (of `of`).

    `taken`: how many of its records are dealt with (of a withdrawal: have fallen), committed with them: what was cut
    off goes on from there. `ended_at`: when the last of them was; a withdrawal or a mend without it is under way.
    """

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(Source, on_delete=models.RESTRICT, related_name="batches")
    kind = models.CharField(max_length=16)
    upload = models.ForeignKey(Upload, on_delete=models.RESTRICT, related_name="batches", null=True)
    of = models.ForeignKey("self", on_delete=models.RESTRICT, related_name="withdrawals", null=True)
    received_at = models.DateTimeField(db_default=Now())
    made_by = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=400, blank=True)
    accepted = models.IntegerField(default=0)
    updated = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    set_aside = models.IntegerField(default=0)
    taken = models.BigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="withdrawal", of__isnull=False)
                | (~models.Q(kind="withdrawal") & models.Q(of__isnull=True)),
                name="batch_withdrawal_names_its_batch",
            ),
            models.UniqueConstraint(fields=["of"], name="batch_withdrawn_once"),
        ]
        indexes = [models.Index(fields=["source", "received_at"])]


class Record(models.Model):
    """What a source said about one thing, at a version. `standing`: the highest version not taken back with its batch
    (by the batch `taken_back`). `digest` is salted with the salt of its payload, so that it tells nothing by itself."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, on_delete=models.RESTRICT, related_name="records", db_constraint=False)
    source = models.ForeignKey(
        Source, on_delete=models.RESTRICT, related_name="records", db_index=False, db_constraint=False
    )
    key = models.CharField(max_length=200)
    version = models.BigIntegerField()
    item = models.ForeignKey(Item, on_delete=models.RESTRICT, related_name="records", null=True, db_constraint=False)
    digest = models.BinaryField()
    withdrawn = models.BooleanField(default=False)  # this version says that the record was wrong
    standing = models.BooleanField(default=True)
    taken_back = models.ForeignKey(Batch, on_delete=models.RESTRICT, related_name="+", null=True, db_index=False)
    came_in = models.BigIntegerField(null=True)  # the batch that told it first, when it was told again later

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "key", "version"],
                condition=models.Q(taken_back__isnull=True),
                name="record_version_once",
            ),
            models.UniqueConstraint(
                fields=["source", "key"], condition=models.Q(standing=True), name="record_stands_once"
            ),
            models.CheckConstraint(
                condition=models.Q(standing=False) | models.Q(taken_back__isnull=True),
                name="record_taken_back_is_closed",
            ),
            models.CheckConstraint(condition=models.Q(version__gte=0), name="record_version_counts_up"),
        ]
        indexes = [  # beside that of the versions not taken back
            models.Index(
                fields=["source", "key"], condition=models.Q(taken_back__isnull=False), name="record_taken_back"
            )
        ]


class Payload(models.Model):
    """The text of a record as it came, apart from the facts; `Record.digest` is salted with `salt`. Erased, the same
    text can no longer be recognised: it would be taken for another one."""

    record = models.OneToOneField(
        Record, primary_key=True, on_delete=models.RESTRICT, related_name="payload", db_constraint=False
    )
    salt = models.BinaryField()
    body = models.JSONField()


class SetAside(models.Model):
    """A row or record that could not be used, with its reason and its cells, until it is mended or dropped.

    `cells` are those of the row, or the body of a pushed record; closed, that one goes without its phone. An open row
    with `replayed_in` was mended and waits until the worker has read its file again.
    """

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, on_delete=models.RESTRICT, related_name="rows_set_aside")
    place = models.CharField(max_length=300)
    code = models.CharField(max_length=64)
    message = models.TextField()
    advice = models.TextField()
    cells = models.JSONField()
    came_in = models.BigIntegerField(null=True)  # as of a record
    state = models.CharField(max_length=16, default="open")  # open, replayed, dropped
    replayed_in = models.ForeignKey(Batch, on_delete=models.RESTRICT, related_name="+", null=True)
    closed_by = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", closed_at__isnull=True)
                | (~models.Q(state="open") & models.Q(closed_at__isnull=False)),
                name="set_aside_closed_paired",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="replayed") | models.Q(replayed_in__isnull=False),
                name="set_aside_replay_named",
            ),
        ]
        indexes = [models.Index(fields=["state", "code"])]
