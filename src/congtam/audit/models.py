"""Entries of the audit, their texts apart, and the batches that chain them."""

from django.db import models
from django.db.models.functions import Now


class Entry(models.Model):
    """One thing done. Numbers only: what was said or changed stands in `EntryText`, referenced by its salted digest."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=Now())
    account = models.BigIntegerField(null=True)  # no foreign keys: an audit outlives what it speaks of
    post = models.BigIntegerField(null=True)
    action = models.CharField(max_length=64)
    subject_kind = models.CharField(max_length=32, blank=True)
    subject = models.BigIntegerField(null=True)
    digest = models.BinaryField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject"]), models.Index(fields=["at"])]


class EntryText(models.Model):
    """What an entry says in words or values; erasable without breaking the chain."""

    entry = models.OneToOneField(
        Entry, primary_key=True, on_delete=models.RESTRICT, db_constraint=False, related_name="text"
    )
    salt = models.BinaryField()
    body = models.JSONField()


class Batch(models.Model):
    """Entries `first` to `last`, `count` of them; batches are numbered without a gap.

    `leaves` holds the number and the digest of each entry in order; `head` is the digest of the head before it and of
    them, so that no entry, and no batch before the last, can change without a later head.
    """

    id = models.BigIntegerField(primary_key=True)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    count = models.IntegerField()
    leaves = models.BinaryField()
    previous = models.BinaryField()
    head = models.BinaryField()
    closed_at = models.DateTimeField(db_default=Now())
