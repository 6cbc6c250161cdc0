"""Copies of rulebooks a site adopted, drafts of changes, legal scorecards, and the site's own choices."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from congtam.history.dated import DateRangeField, Fact, not_empty

STATES = ("proposed", "approved", "refused", "withdrawn")


class TextAsRange(Func):
    """A text as a range of nothing but its hash, so that an index of ranges can hold it without an extension."""

    template = "int8range(hashtextextended(%(expressions)s, 0), hashtextextended(%(expressions)s, 0), '[]')"
    arity = 1


def _never_two(name: str, *texts: str, condition: Q) -> ExclusionConstraint:
    """No two rows that meet the condition have the same texts on one day."""
    same = [(TextAsRange(F(text)), RangeOperators.OVERLAPS) for text in texts]
    return ExclusionConstraint(
        name=name, expressions=[*same, (F("days"), RangeOperators.OVERLAPS)], condition=condition
    )


class Copy(Fact):
    """A rulebook as the site adopted it: its files as text, by path. One person proposes, another approves.

    `shipped` is the meaning digest of the shipped rulebook it was copied from; an upgrade shows the difference to it.
    """

    rulebook = models.CharField(max_length=120)
    files = models.JSONField()
    meaning = models.CharField(max_length=64)
    wording = models.CharField(max_length=64)
    shipped = models.CharField(max_length=64, blank=True)
    days = DateRangeField()
    number = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=16, choices=[(one, one) for one in STATES], default="proposed")
    proposed_by = models.BigIntegerField()
    approved_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            not_empty("copy_holds_a_day"),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_by__isnull=False), name="copy_approved_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")), name="copy_two_people"
            ),
            _never_two("copy_once_a_day", "rulebook", condition=Q(state="approved", replaced_by__isnull=True)),
        ]
        indexes = [models.Index(fields=["rulebook"])]


class Card(Fact):
    """A scorecard of an adopted rulebook that the site scores; `legal`: it is the one that decides for its people."""

    rulebook = models.CharField(max_length=120)
    scorecard = models.CharField(max_length=64)
    legal = models.BooleanField()
    days = DateRangeField()

    class Meta:
        constraints = [
            not_empty("card_holds_a_day"),
            _never_two("card_once_a_day", "rulebook", "scorecard", condition=Q(replaced_by__isnull=True)),
        ]


class Draft(Fact):
    """Points, coefficients or thresholds somebody proposes to set: an overlay that holds once another person approved.

    `changes`: path of the number in the rulebook (`parameters/quality_cut/value`) to its new value as text.
    """

    rulebook = models.CharField(max_length=120)
    changes = models.JSONField()
    act = models.CharField(max_length=200)
    article = models.CharField(max_length=120, blank=True)
    first = models.DateField()
    state = models.CharField(max_length=16, choices=[(one, one) for one in STATES], default="proposed")
    proposed_by = models.BigIntegerField()
    approved_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_by__isnull=False), name="draft_approved_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")), name="draft_two_people"
            ),
        ]


class SiteChoice(Fact):
    """One thing a site decides for itself, such as whether heads see points live: `name`, `value`, from a day on."""

    name = models.CharField(max_length=64)
    value = models.JSONField()
    first = models.DateField()
    number = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "first"], condition=Q(replaced_by__isnull=True), name="choice_made_once"
            )
        ]


class Remark(models.Model):
    """What somebody wrote about the copy or draft numbered `seq`: why it is proposed, refused or withdrawn. Apart, so
    that it can be erased."""

    seq = models.BigIntegerField(primary_key=True)
    text = models.TextField()
