"""Files handed in as evidence of work: kept once by their digest, checked before they are taken."""

from django.db import models
from django.db.models.functions import Now

from congtam.people.models import Person
from congtam.work.models import Item

LONGEST_NAME = 50  # letters


class Stored(models.Model):
    """A file as the site keeps it, once: `digest` is its SHA-256 (hex), `size` in bytes, `kind` as its content says."""

    digest = models.CharField(primary_key=True, max_length=64)
    size = models.BigIntegerField()
    kind = models.CharField(max_length=8)
    kept_at = models.DateTimeField(db_default=Now())


class ErasedFile(models.Model):
    """The content of a file was erased by a numbered decision; what it was called may stand in other rows, its digest
    stays. Handed in again, it is there again and this row goes."""

    file = models.OneToOneField(Stored, primary_key=True, on_delete=models.RESTRICT, related_name="erased")
    number = models.CharField(max_length=64)
    at = models.DateTimeField()


class Evidence(models.Model):
    """A file handed in to an item: who, when, under which name. Written once."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(Item, on_delete=models.RESTRICT, related_name="evidence")
    file = models.ForeignKey(Stored, on_delete=models.RESTRICT, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "file"], name="evidence_once_per_item")]
