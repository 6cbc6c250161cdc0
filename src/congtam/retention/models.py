"""Terms, holds, lists of what is to be erased, and what was. Reasons stand apart in `Why`."""

from django.db import models
from django.db.models import F, Q

from congtam.history.dated import Fact
from congtam.orgs.models import Unit
from congtam.people.models import Person

PEOPLE = "people"  # the kind of thing that is one person's data
PROPOSED, APPROVED, REFUSED = "proposed", "approved", "refused"
STATES = (PROPOSED, APPROVED, REFUSED)


class Term(Fact):
    """For how many years an agency keeps a `kind` of thing (see `kinds.KINDS`), from a day on, by a numbered decision
    that rests on an act. A kind without a term is kept for ever."""

    agency = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    kind = models.CharField(max_length=16)
    years = models.SmallIntegerField()
    act = models.CharField(max_length=200)
    article = models.CharField(max_length=120)
    number = models.CharField(max_length=64)
    first = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(years__gte=1, years__lte=100), name="term_years_sane"),
            models.CheckConstraint(condition=~Q(act="") & ~Q(article="") & ~Q(number=""), name="term_has_its_basis"),
            models.UniqueConstraint(
                fields=["agency", "kind", "first"], condition=Q(replaced_by__isnull=True), name="retention_term_once"
            ),
        ]


class Hold(Fact):
    """Nothing that this speaks of may be erased while it stands: a complaint, an inspection, a case. Blank `kind` or
    `period`, or no `person`: all of them. `number`: the document that orders it."""

    agency = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    kind = models.CharField(max_length=16, blank=True)
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+", null=True)
    period = models.CharField(max_length=8, blank=True)
    number = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(number=""), name="hold_by_document")]


class Erasure(Fact):
    """A list of what is to be erased, made by one person and approved by another with a numbered decision; answering is
    another row of the same `series` that takes its place. `as_of`: the day as of which terms had ended."""

    series = models.BigIntegerField()
    agency = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    kind = models.CharField(max_length=16)
    as_of = models.DateField()
    state = models.CharField(max_length=8, choices=[(one, one) for one in STATES], default=PROPOSED)
    by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    decided_by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+", null=True)
    number = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=PROPOSED, decided_by__isnull=True)
                | (~Q(state=PROPOSED) & Q(decided_by__isnull=False)),
                name="erasure_decided_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(state=APPROVED) | ~Q(number=""), name="erasure_by_decision"),
            models.CheckConstraint(condition=~Q(decided_by=F("by")), name="erasure_two_people"),
            models.UniqueConstraint(
                fields=["series"], condition=Q(replaced_by__isnull=True), name="erasure_stands_once"
            ),
        ]


class Line(models.Model):
    """One thing of a list, by its `kind`'s key. `digest`: of the file or seal it is, blank where it is neither;
    `ended_on`: the day after which its term had ended, None where a decision asks for it before that."""

    id = models.BigAutoField(primary_key=True)
    series = models.BigIntegerField(db_index=True)
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, blank=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "key"], name="erasure_line_once")]


class Done(models.Model):
    """A line was erased: when, and how much of what, by the names of `columns`."""

    line = models.OneToOneField(Line, primary_key=True, on_delete=models.RESTRICT, related_name="done")
    at = models.DateTimeField()
    counts = models.JSONField()


class Why(models.Model):
    """Why, in words: of the hold or list numbered `seq`. Apart, so that it can be erased."""

    seq = models.BigIntegerField(primary_key=True)
    text = models.TextField()
