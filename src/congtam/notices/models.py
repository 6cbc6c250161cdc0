"""Digests and what stood in them, the ways they take, and the keys by which calendars are read."""

from datetime import time

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from congtam.access.models import Account
from congtam.people.models import Person

LOUD_FROM, LOUD_UNTIL = time(7), time(19)
WAYS = ("email", "webhook")


class Round(models.Model):
    """The digests of one working day. `seq`: what was known when it began, so that the next one tells what came after;
    `done_at`: None while it is made, or was cut off."""

    day = models.DateField(primary_key=True)
    began_at = models.DateTimeField()
    seq = models.BigIntegerField()
    done_at = models.DateTimeField(null=True)


class Digest(models.Model):
    """What one person was told on one day. There is none on a day with nothing to say."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    day = models.DateField()
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="digest_once_a_day")]


class Line(models.Model):
    """One thing told, about one item where there is one. `key` names how the thing stood (the deadline, the question,
    the event): the same thing is told again only once that has changed. `at`: the deadline, or when it happened;
    `who`: whom it concerns."""

    id = models.BigAutoField(primary_key=True)
    digest = models.ForeignKey(Digest, on_delete=models.RESTRICT, related_name="lines")
    person = models.BigIntegerField()
    item = models.BigIntegerField(null=True)
    what = models.CharField(max_length=24)
    key = models.CharField(max_length=40)
    at = models.DateTimeField(null=True)
    who = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "item", "what", "key"], nulls_distinct=False, name="line_told_once"
            )
        ]


class Ways(models.Model):
    """By which ways a person wants the digest beside the page itself, and between which hours of working days. Whoever
    has no row gets it by e-mail, from seven to nineteen."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.RESTRICT, related_name="+")
    email = models.BooleanField(default=True)
    webhook = models.BooleanField(default=False)
    loud_from = models.TimeField(default=LOUD_FROM)
    loud_until = models.TimeField(default=LOUD_UNTIL)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(loud_from__lt=models.F("loud_until")), name="ways_hours_follow")
        ]


class Hook(models.Model):
    """An address outside to which counts are sent; what it is signed with is made from its number and the site's key,
    and kept nowhere."""

    id = models.BigAutoField(primary_key=True)
    url = models.CharField(max_length=500)
    made_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["url"], condition=Q(ended_at=None), name="hook_stands_once"),
            models.CheckConstraint(condition=Q(url__startswith="https://"), name="hook_is_https"),
        ]


class Sending(models.Model):
    """A digest on its way by e-mail or to one hook.

    `begun` counts tries, `failed` those of which it is known that they failed: what is begun and neither failed nor
    sent was cut off, and may have arrived. `next_at`: not before; None once it was `sent_at` or `given_up_at`.
    """

    id = models.BigAutoField(primary_key=True)
    digest = models.ForeignKey(Digest, on_delete=models.RESTRICT, related_name="sendings")
    way = models.CharField(max_length=8, choices=[(one, one) for one in WAYS])
    hook = models.ForeignKey(Hook, on_delete=models.RESTRICT, related_name="+", null=True)
    made_at = models.DateTimeField()
    first_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    begun = models.IntegerField(default=0)
    failed = models.IntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "way", "hook"], nulls_distinct=False, name="sending_once_by_each_way"
            ),
            models.CheckConstraint(condition=Q(way="webhook") ^ Q(hook=None), name="sending_hook_paired"),
            models.CheckConstraint(
                condition=Q(next_at=None) ^ (Q(sent_at=None) & Q(given_up_at=None)), name="sending_waits_or_ended"
            ),
        ]
        indexes = [models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="notices_sending_due")]


class Feed(models.Model):
    """The secret address under which a calendar program reads one account's deadlines; only its digest is kept.

    `content` and `changed_at`: a digest of what was read last, and since when it is so.
    """

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.RESTRICT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    content = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=Q(revoked_at=None), name="feed_stands_once")
        ]
