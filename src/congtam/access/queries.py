"""Reading accounts and mandates."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower

from congtam.access.models import Account, Mandate
from congtam.people.models import PersonText, PostSpan, Spell
from congtam.people.names import search_key


def accounts(text: str = "") -> QuerySet[Account]:
    """Accounts with their persons, in the order of lists; those whose user name, code or name holds the text."""
    found = Account.objects.select_related("person__text").order_by("person__text__sort_key", "username")
    if text.strip():
        found = found.filter(
            Q(username__icontains=text.strip())
            | Q(person__code__iexact=text.strip())
            | Q(person__text__search_key__contains=search_key(text))
        )
    return found


def accounts_in(units: Iterable[int], day: date, text: str = "") -> QuerySet[Account]:
    """The same, of persons who work in the units on a day or worked there last, of persons who never held a post, and
    of nobody (auditors from outside)."""
    begun = Spell.standing().filter(person=OuterRef("person"), days__startswith__lte=day)
    last = begun.order_by(F("days__endswith").desc(nulls_first=True), "-seq")
    span = PostSpan.standing().filter(post=OuterRef("last_post"), days__startswith__lte=day).order_by("-days")
    placed = accounts(text).annotate(last_post=Subquery(last.values("post")[:1]))
    found = placed.annotate(last_unit=Subquery(span.values("unit")[:1]))
    return found.filter(Q(last_post__isnull=True) | Q(last_unit__in=list(units)))


def called(accounts: Iterable[int]) -> dict[int, str]:
    """What the persons of accounts are called; of an account without a person, its user name."""
    found = Account.objects.filter(pk__in=list(accounts)).values_list("pk", "username", "person")
    rows = list(found)
    names = dict(
        PersonText.objects.filter(person__in=[person for _, _, person in rows if person]).values_list(
            "person", "full_name"
        )
    )
    return {account: names.get(person, username) for account, username, person in rows}


def mandates(account: Account | None = None, day: date | None = None) -> QuerySet[Mandate]:
    """Standing mandates, the latest first; of one account, or in force on a day, when given."""
    found = Mandate.standing().select_related("account", "scope").order_by("-days")
    if account is not None:
        found = found.filter(account=account)
    return found if day is None else found.filter(days__contains=day)


def account_for(username: str, addresses: Iterable[str]) -> Account | None:
    """The one account an identity provider means: by a verified address of its person, else by user name. None when
    there is none, or when an address belongs to several persons."""
    wanted = [address.casefold() for address in addresses]
    found = Account.objects.annotate(address=Lower("person__text__email")).filter(address__in=wanted)
    if len(found) == 1:
        return found[0]
    return None if found else Account.objects.filter(username=username.strip().lower()).first()
