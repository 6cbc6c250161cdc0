"""What a leader accepted of a period although it is not as it should be, and why a seal took another's place."""

from django.db import models
from django.db.models import Q

from congtam.cycles.models import Cycle
from congtam.history.dated import Fact
from congtam.people.models import Person
from congtam.scores.models import Seal


class Accepted(Fact):
    """A leader seals although something is missing that nobody can mend any more: a source that stayed silent, rows
    that could not be used. `about`: the key of the block."""

    cycle = models.ForeignKey(Cycle, on_delete=models.RESTRICT, related_name="+")
    about = models.CharField(max_length=160)
    by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "about"], condition=Q(replaced_by__isnull=True), name="accepted_once"
            )
        ]


class Sealed(Fact):
    """A seal of a cycle, with the finding of what is published: the standing row names the seal that holds now, and the
    rows before it those it took the place of."""

    cycle = models.ForeignKey(Cycle, on_delete=models.RESTRICT, related_name="+")
    seal = models.ForeignKey(Seal, on_delete=models.RESTRICT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle"], condition=Q(replaced_by__isnull=True), name="sealed_stands_once"),
            models.UniqueConstraint(fields=["seal"], name="seal_published_once"),
        ]


class Why(models.Model):
    """Why, in words: of what was accepted, or of a seal that took another's place, numbered `seq`. Apart, so that it
    can be erased."""

    seq = models.BigIntegerField(primary_key=True)
    text = models.TextField()
