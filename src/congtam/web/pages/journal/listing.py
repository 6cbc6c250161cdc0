"""Which entries of the audit a seat reads, narrowed by who, what, when and about whom."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from congtam.access.gate import Right, over_unit
from congtam.access.models import Account
from congtam.access.seats import Seat
from congtam.audit.models import Entry
from congtam.audit.queries import entries
from congtam.orgs.models import Unit
from congtam.orgs.queries import unit_tree
from congtam.people.models import Person
from congtam.people.names import search_key
from congtam.people.queries import people_under
from congtam.web.fields import DayField
from congtam.web.words import both

GROUPS = {
    "access": both("Tài khoản, kiểm tra", "Accounts, mandates"),
    "people": both("Nhân sự", "People"),
    "orgs": both("Tổ chức", "Units"),
    "sources": both("Nguồn dữ liệu", "Sources"),
    "intake": both("Nhận dữ liệu", "Intake"),
    "work": both("Công việc", "Work"),
    "exemptions": both("Sự cố, miễn trừ", "Incidents, exemptions"),
    "rating": both("Điểm chấm, quyết định", "Ratings, decisions"),
    "registry": both("Quy tắc, lựa chọn của cơ quan", "Rules, choices of the site"),
    "calendar": both("Lịch làm việc", "Calendar"),
    "scores": both("Điểm", "Points"),
    "system": both("Hệ thống", "System"),
    "audit": both("Nhật ký", "Journal"),
}


@dataclass(frozen=True)
class Filters:
    """What the address asks for; blank asks for everything. `first` and `last` are days, both included."""

    who: str = ""
    what: str = ""
    about: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def any(self) -> bool:
        """Whether anything is narrowed."""
        return any((self.who, self.what, self.about, self.first, self.last))

    def said(self) -> list[tuple[str, str]]:
        """What is narrowed, in words: label and value."""
        told = (
            (both("Ai làm", "Who"), self.who),
            (both("Loại việc", "What"), GROUPS.get(self.what, "")),
            (both("Về ai, đơn vị nào", "About"), self.about),
            (both("Từ ngày", "From"), f"{self.first:%d/%m/%Y}" if self.first else ""),
            (both("Đến hết ngày", "To"), f"{self.last:%d/%m/%Y}" if self.last else ""),
        )
        return [(str(label), str(value)) for label, value in told if value]

    def query(self) -> str:
        """The same as an address holds it."""
        days = {name: f"{day:%d/%m/%Y}" for name, day in (("tu", self.first), ("den", self.last)) if day}
        told = {"nguoi": self.who, "viec": self.what, "ve": self.about, **days}
        return urlencode({name: value for name, value in told.items() if value})


def filters_of(request: HttpRequest) -> Filters:
    """The filters of the address; what cannot be read is left out."""
    told = request.GET
    what = told.get("viec", "")
    return Filters(
        who=told.get("nguoi", "").strip()[:100],
        what=what if what in GROUPS else "",
        about=told.get("ve", "").strip()[:100],
        first=_day(told.get("tu", "")),
        last=_day(told.get("den", "")),
    )


def found(seat: Seat, filters: Filters) -> QuerySet[Entry]:
    """The entries a seat may read, newest first, narrowed."""
    rows = entries().filter(_of_ours(seat))
    if filters.who:
        rows = rows.filter(account__in=[one.pk for one in _accounts(filters.who)])
    if filters.what:
        rows = rows.filter(action__startswith=f"{filters.what}.")
    if filters.about:
        rows = rows.filter(_about(filters.about))
    if filters.first:
        rows = rows.filter(at__gte=_begins(filters.first))
    if filters.last:
        rows = rows.filter(at__lt=_begins(filters.last + timedelta(days=1)))
    return rows


def _of_ours(seat: Seat) -> Q:
    """What people of the seat's agencies did, what was done to them, and what the machine did to nobody."""
    tree = unit_tree(seat.day)
    ours = {one.unit for one in tree if over_unit(seat, Right.READ_AUDIT, one.unit)}
    if ours == {one.unit for one in tree}:
        return Q()
    people = people_under(ours, seat.day)
    by = Account.objects.filter(Q(person__in=people) | Q(mandates__scope__in=ours)).values("pk")
    personal = ("person", "unit", "account", "post", "spell")
    return (
        Q(account__in=by)
        | Q(subject_kind="person", subject__in=people)
        | Q(subject_kind="unit", subject__in=ours)
        | Q(subject_kind="account", subject__in=by)
        | (Q(account__isnull=True) & ~Q(subject_kind__in=personal))
    )


def _about(text: str) -> Q:
    """A person, unit or account by its code, or by a part of its name."""
    named = _accounts(text)
    people = {one.person_id for one in named if one.person_id} | set(
        Person.objects.filter(Q(code__iexact=text)).values_list("pk", flat=True)
    )
    units = set(Unit.objects.filter(code__iexact=text).values_list("pk", flat=True))
    return (
        Q(subject_kind="person", subject__in=people)
        | Q(subject_kind="unit", subject__in=units)
        | Q(subject_kind="account", subject__in=[one.pk for one in named])
    )


def _accounts(text: str) -> list[Account]:
    """Accounts by user name, by the code of their person, or by a part of the name, diacritics or not."""
    named = Q(username__iexact=text) | Q(person__code__iexact=text)
    return list(Account.objects.filter(named | Q(person__text__search_key__contains=search_key(text)))[:200])


def _begins(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()), timezone.get_default_timezone())


def _day(text: str) -> Any:
    try:
        return DayField(required=False).clean(text)
    except ValidationError:
        return None
