"""Accounts, mandates of auditors, and who looked at whom."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Now

from congtam.history.dated import DateRangeField, Fact, not_empty
from congtam.orgs.models import Unit
from congtam.people.models import Person, Post


class Account(AbstractUser):
    """What signs in. Rights never hang on it: they come from the posts its person holds on the day, or a mandate."""

    id = models.BigAutoField(primary_key=True)
    person = models.OneToOneField(Person, on_delete=models.RESTRICT, related_name="account", null=True, blank=True)
    language = models.CharField(max_length=2, default="vi")
    demo = models.BooleanField(default=False)
    temporary = models.BooleanField(default=False)  # the password was set by somebody else: to be changed at sign-in


class Mandate(Fact):
    """An auditor may read what is in `scope` and under it, by a decision, for a stretch of days."""

    account = models.ForeignKey(Account, on_delete=models.RESTRICT, related_name="mandates")
    number = models.CharField(max_length=64)
    scope = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    days = DateRangeField()

    class Meta:
        constraints = [not_empty("mandate_holds_a_day")]


class Look(models.Model):
    """Somebody opened the record of a person; shown to that person."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=Now())
    viewer = models.ForeignKey(Account, on_delete=models.RESTRICT, related_name="looks")
    post = models.ForeignKey(Post, on_delete=models.RESTRICT, related_name="+", null=True)
    role = models.CharField(max_length=16)  # in which right: head, leader, personnel, auditor …
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="looked_at")
    what = models.CharField(max_length=32)  # which page
    period = models.CharField(max_length=8, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-at"])]
