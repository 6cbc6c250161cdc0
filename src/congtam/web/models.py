"""What pages themselves remember: filters an account last used, how often an address asked a public page, and which
forms were done."""

from django.db import models
from django.db.models.functions import Now

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


class Sent(models.Model):
    """A form that was done: whoever sends its token again under the same account is led to `address`. Kept 30 days."""

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+", db_index=False)
    token = models.CharField(max_length=64)
    address = models.TextField(blank=True)
    at = models.DateTimeField(db_default=Now(), db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "token"], name="sent_once")]
