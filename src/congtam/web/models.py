"""What pages themselves remember: filters an account last used, and how often an address asked a public page."""

from django.db import models

from congtam.access.models import Account


class Kept(models.Model):
    """The filters an account last used on a page, as the query of its address; what was searched for is left out."""

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=32)
    query = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "page"], name="filters_kept_once")]


class Tries(models.Model):
    """How often somebody asked in a stretch of time beginning at `since`; `who` is a digest, never an address."""

    id = models.BigAutoField(primary_key=True)
    who = models.CharField(max_length=64)
    since = models.DateTimeField(db_index=True)
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["who", "since"], name="tries_counted_once")]
