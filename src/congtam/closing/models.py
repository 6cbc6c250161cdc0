"""What a leader accepted of a period although something is missing, why a seal took another's place, and the letterhead
of an agency's papers."""

from django.db import models
from django.db.models import Q

from congtam.cycles.models import Cycle
from congtam.history.dated import Fact
from congtam.orgs.models import Unit
from congtam.people.models import Person
from congtam.scores.models import Seal


class Accepted(Fact):
    """A leader lets a period be sealed although something is missing that nobody can mend any more: a source that
    stayed silent, rows that could not be used. `about`: the key of the block."""

    cycle = models.ForeignKey(Cycle, on_delete=models.RESTRICT, related_name="+")
    about = models.CharField(max_length=160)
    by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "about"], condition=Q(replaced_by__isnull=True), name="accepted_once"
            )
        ]


class Letterhead(Fact):
    """What stands at the head of an agency's papers beside its name: the body above it, and its place."""

    agency = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    above = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=Q(replaced_by__isnull=True), name="letterhead_stands_once"
            )
        ]


class Why(models.Model):
    """Why something was accepted, in words: of the fact numbered `seq`. Apart, so that it can be erased."""

    seq = models.BigIntegerField(primary_key=True)
    text = models.TextField()


class Again(models.Model):
    """Why a seal took another's place, in words. Apart from the seal, so that it can be erased."""

    seal = models.OneToOneField(Seal, primary_key=True, on_delete=models.RESTRICT, related_name="again")
    text = models.TextField()
