"""The committee of an agency that settles grades, its sittings, who was there, and how its members voted.

What there is to settle is read from the scores and is kept nowhere; what was decided is a `ratings.Decision` with the
number of the minutes.
"""

from django.db import models
from django.db.models import F, Q

from congtam.cycles.models import Cycle
from congtam.history.dated import DateRangeField, Fact, never_two, not_empty
from congtam.orgs.models import Unit
from congtam.people.models import Person

CHAIR, SECRETARY, MEMBER = "chair", "secretary", "member"
ROLES = (CHAIR, SECRETARY, MEMBER)
LEFT, ABSTAINED = "left", "abstained"  # what a vote says when it is for no outcome


class Committee(models.Model):
    """The committee of an agency (Hội đồng xét) from `first` on, as its founding decision `number` says: at least
    `quorum_top`/`quorum_bottom` of its members must be there, whether the chair's vote settles a tie, and whether a
    member leaves for the case of somebody below them, as everyone does for their own. A later one takes its place."""

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    number = models.CharField(max_length=64)
    first = models.DateField()
    quorum_top = models.SmallIntegerField(default=2)
    quorum_bottom = models.SmallIntegerField(default=3)
    chair_settles = models.BooleanField(default=True)
    leaves_for_below = models.BooleanField(default=False)
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "first"], name="committee_begins_once"),
            models.CheckConstraint(
                condition=Q(quorum_top__gt=0, quorum_bottom__gte=F("quorum_top")), name="committee_quorum_is_a_share"
            ),
        ]


class Membership(Fact):
    """Somebody is in a committee on these days, as its chair, its secretary or a member."""

    committee = models.ForeignKey(Committee, on_delete=models.RESTRICT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    role = models.CharField(max_length=16, choices=[(one, one) for one in ROLES])
    days = DateRangeField()

    class Meta:
        constraints = [
            never_two("membership_one_role_a_day", "committee", "person"),
            not_empty("membership_holds_a_day"),
        ]


class Sitting(models.Model):
    """A sitting of a committee over a cycle. `number`: of its minutes, which every decision it takes bears. One that
    was adjourned takes no more votes."""

    id = models.BigAutoField(primary_key=True)
    cycle = models.ForeignKey(Cycle, on_delete=models.RESTRICT, related_name="+")
    committee = models.ForeignKey(Committee, on_delete=models.RESTRICT, related_name="sittings")
    number = models.CharField(max_length=64)
    where = models.CharField(max_length=200, blank=True)
    began_at = models.DateTimeField()
    opened_by = models.BigIntegerField(null=True)
    adjourned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["committee", "number"], name="sitting_number_once"),
            models.UniqueConstraint(fields=["cycle"], condition=Q(adjourned_at=None), name="one_sitting_at_a_time"),
        ]


class Attendance(Fact):
    """Whether a member was there. Who has no standing row was absent."""

    sitting = models.ForeignKey(Sitting, on_delete=models.RESTRICT, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    present = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "person"], condition=Q(replaced_by__isnull=True), name="attendance_stands_once"
            ),
        ]


class Vote(Fact):
    """How a member voted on one case (`person`, `scorecard`, `matter`): for an outcome, or that they abstained, or left
    of their own accord. Nobody votes on themselves."""

    sitting = models.ForeignKey(Sitting, on_delete=models.RESTRICT, related_name="votes")
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    scorecard = models.CharField(max_length=200)
    matter = models.CharField(max_length=64)
    member = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    outcome = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "person", "scorecard", "matter", "member"],
                condition=Q(replaced_by__isnull=True),
                name="vote_stands_once",
            ),
            models.CheckConstraint(condition=~Q(person=F("member")), name="nobody_votes_on_themselves"),
        ]
