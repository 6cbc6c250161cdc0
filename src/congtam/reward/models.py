"""Amounts that are reported, the ledger of a fund, lists of payments, and proposals for achievements. All in đồng."""

from django.db import models
from django.db.models import F, Q

from congtam.history.dated import Fact
from congtam.orgs.models import Unit
from congtam.people.models import Person
from congtam.scores.models import Seal
from congtam.work.models import Item

AMOUNTS = ("base_salary", "base_amount", "salary_fund")
LEDGER = ("in", "reserved", "released", "paid", "given_back", "lost")
PURSES = ("bonus", "extra_income")
STATES = ("proposed", "signed", "refused")


def _choices(names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(one, one) for one in names]


class Money(models.DecimalField):
    """Đồng, exact to a millionth: nothing is rounded but where a scheme says so."""

    def __init__(self, **kwargs: object):
        super().__init__(**{"max_digits": 24, "decimal_places": 6} | kwargs)


class Amount(Fact):
    """An amount an agency reports, from a day on: base salary (a month), base amount of a bonus, salary fund (of the
    year of `first`). `number`: the document it stands in."""

    agency = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    name = models.CharField(max_length=16, choices=_choices(AMOUNTS))
    value = Money()
    first = models.DateField()
    number = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name", "first"], condition=Q(replaced_by__isnull=True), name="reward_amount_once"
            )
        ]


class Earning(Fact):
    """What a person earns in a month, from a day on, as a source reports it. `base_fund`: what their part of a base
    fund is (quỹ lương cơ bản); `number`: the document, `source`: who handed it over."""

    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    first = models.DateField()
    salary = Money(null=True)
    coefficient = models.DecimalField(max_digits=8, decimal_places=4, null=True)
    base_fund = Money(null=True)
    source = models.CharField(max_length=64, blank=True)
    number = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "first"], condition=Q(replaced_by__isnull=True), name="earning_stands_once"
            )
        ]


class PayList(Fact):
    """Who is paid what by one scheme: from a seal, or for an achievement. Written once; one that is withdrawn or
    refused before it was paid has `replaced_by`. `difference`: it holds only what differs from the lists before.

    `scheme`: rulebook#scheme, `meaning` the digest of the rulebook; `payable`: the first day on which it may be paid.
    """

    agency = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    period = models.CharField(max_length=24)
    year = models.IntegerField()  # of which fund
    purse = models.CharField(max_length=16, choices=_choices(PURSES))
    scheme = models.CharField(max_length=200)
    meaning = models.CharField(max_length=64)
    seal = models.ForeignKey(Seal, on_delete=models.RESTRICT, related_name="+", null=True)
    proposal = models.BigIntegerField(null=True)
    difference = models.BooleanField(default=False)
    payable = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(seal__isnull=True, proposal__isnull=False) | Q(seal__isnull=False, proposal__isnull=True),
                name="pay_list_of_one",
            )
        ]
        indexes = [models.Index(fields=["agency", "period", "scheme"])]


class PayLine(models.Model):
    """One person of a list. `amount`: what is paid, below 0 what is taken back; `due`: what the whole result gives, of
    which an earlier list may have paid part. `whence`: the fact the base was read from."""

    id = models.BigAutoField(primary_key=True)
    list = models.ForeignKey(PayList, on_delete=models.RESTRICT, related_name="lines")
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    grade = models.CharField(max_length=64, blank=True)
    base = Money(null=True)
    factor = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    due = Money()
    amount = Money()
    floored = models.BooleanField(default=False)
    whence = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "person"], name="pay_line_once")]


class Entry(Fact):
    """One row of the ledger of a fund. It counts once another person signed it; signing or refusing is another row of
    the same `series` that takes its place. `number`: the document or voucher; `day`: its day."""

    series = models.BigIntegerField()
    agency = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    year = models.IntegerField()
    purse = models.CharField(max_length=16, choices=_choices(PURSES))
    kind = models.CharField(max_length=16, choices=_choices(LEDGER))
    amount = Money()
    day = models.DateField()
    number = models.CharField(max_length=64, blank=True)
    list = models.ForeignKey(PayList, on_delete=models.RESTRICT, related_name="entries", null=True)
    state = models.CharField(max_length=8, choices=_choices(STATES), default="proposed")
    by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    signed_by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="entry_above_zero"),
            models.CheckConstraint(
                condition=~Q(state="signed") | Q(signed_by__isnull=False), name="entry_signed_by_somebody"
            ),
            models.CheckConstraint(condition=~Q(signed_by=F("by")), name="entry_two_people"),
            models.UniqueConstraint(fields=["series"], condition=Q(replaced_by__isnull=True), name="entry_stands_once"),
        ]
        indexes = [models.Index(fields=["agency", "year", "purse"])]


class Proposal(Fact):
    """Somebody proposes people for an achievement: an item of work, scored under a scheme; a named person decides by a
    numbered document. A decision is another row of the same `series` that takes its place."""

    series = models.BigIntegerField()
    agency = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    scheme = models.CharField(max_length=200)
    item = models.ForeignKey(Item, on_delete=models.RESTRICT, related_name="+")
    state = models.CharField(max_length=8, choices=_choices(("proposed", "approved", "refused")), default="proposed")
    by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    decided_by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+", null=True)
    number = models.CharField(max_length=64, blank=True)
    day = models.DateField(null=True)  # of the decision

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by__isnull=True)
                | (~Q(state="proposed") & Q(decided_by__isnull=False) & ~Q(number="")),
                name="proposal_decided_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["series"], condition=Q(replaced_by__isnull=True), name="proposal_stands_once"
            ),
        ]


class Nominee(models.Model):
    """One person of a proposal, by its `series`, with the marks in the order of the criteria."""

    id = models.BigAutoField(primary_key=True)
    series = models.BigIntegerField(db_index=True)
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    marks = models.JSONField()  # as text, so that they stay exact

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "person"], name="nominee_once")]


class Why(models.Model):
    """Why, in words: of the fact numbered `seq`. Apart, so that it can be erased."""

    seq = models.BigIntegerField(primary_key=True)
    text = models.TextField()
