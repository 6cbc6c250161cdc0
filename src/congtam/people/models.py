"""Persons, with what they are called apart; posts; spells in posts; absences; delegations."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from congtam.history.dated import DateRangeField, Fact, closed, never_two, not_empty
from congtam.orgs.models import Unit

STAFF_KINDS = ("civil_servant", "public_employee", "contract")
FUNCTIONS = ("personnel", "reform", "administrator", "rules", "sources", "registers", "finance")


class Person(models.Model):
    """An official, by an odd number (units have even ones); `code` is what sources call them. Never holds what they are
    called."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.code


class PersonText(models.Model):
    """What a person is called and how they are reached; the only place, so that it can be erased."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.RESTRICT, related_name="text")
    full_name = models.CharField(max_length=120)
    honorific = models.CharField(max_length=8, blank=True)  # Ông, Bà
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=32, blank=True)
    sort_key = models.CharField(max_length=400, db_index=True)  # given name, then family name, in Vietnamese order
    search_key = models.CharField(max_length=200, db_index=True)  # without diacritics


class Post(models.Model):
    """A place in a unit, through all its titles."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.code


class PostSpan(Fact):
    """A post as it is for a stretch of days. `leads`: its holder heads the unit; `functions`: what else it may do."""

    post = models.ForeignKey(Post, on_delete=models.RESTRICT, related_name="spans")
    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    title = models.CharField(max_length=120)
    duty_group = models.CharField(max_length=64)
    leads = models.BooleanField(default=False)
    rank = models.IntegerField(default=100)  # lists sort by post: the smaller first
    functions = ArrayField(models.CharField(max_length=32), default=list)
    days = DateRangeField()

    class Meta:
        constraints = [never_two("post_once_a_day", "post"), not_empty("post_span_holds_a_day")]
        indexes = [closed("post_span_closed")]


class Spell(Fact):
    """A person in a post for a stretch of days, by a decision. `code` names the spell through corrections."""

    code = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="spells")
    post = models.ForeignKey(Post, on_delete=models.RESTRICT, related_name="spells")
    staff_kind = models.CharField(max_length=32, choices=[(one, one) for one in STAFF_KINDS])
    days = DateRangeField()
    decision = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [never_two("person_in_post_once_a_day", "person", "post"), not_empty("spell_holds_a_day")]
        indexes = [closed("spell_closed"), models.Index(fields=["code"])]


class Absence(Fact):
    """A stretch of days during which a person was away."""

    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="absences")
    kind = models.CharField(max_length=32)
    days = DateRangeField()
    decision = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [never_two("away_once_a_day", "person"), not_empty("absence_holds_a_day")]
        indexes = [closed("absence_closed")]


class Delegation(Fact):
    """A head lets another person act as head of a unit for a stretch of days, by a decision."""

    giver = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="delegations_given")
    receiver = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="delegations_received")
    unit = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    days = DateRangeField()
    decision = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="nobody_delegates_to_themselves"),
            never_two("unit_delegated_once_a_day", "unit"),
            not_empty("delegation_holds_a_day"),
        ]
