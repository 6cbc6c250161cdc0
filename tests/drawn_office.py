"""A small office drawn by rows: an agency with two sections and five people, and shares put on their desks."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import congtam
from congtam.access.models import Account
from congtam.engine.calendars import load_calendar
from congtam.engine.working_time import Calendar
from congtam.history.sequence import take
from congtam.orgs.models import Unit, UnitSpan
from congtam.people.models import Absence, Person, PersonText, Post, PostSpan, Spell
from congtam.people.names import search_key, sort_key
from congtam.sources.models import Source
from congtam.work.models import Event, Item, ItemText, Share, Standing
from congtam.work.projected import OPEN

SINCE = date(2025, 1, 1)


def at(text: str) -> datetime:
    """An instant in Vietnam, such as 2026-11-20T09:00."""
    return datetime.fromisoformat(f"{text}:00+07:00").astimezone(UTC)


def national_calendar() -> Calendar:
    """The shipped calendar, with everything announced."""
    folder = Path(congtam.__file__).parent / "rulebooks/vn/national/calendar"
    return load_calendar(folder / "calendar.yaml").as_known()


class Office:
    """Agency SO with sections P1 and P2: leader Giám, head Hà and officials An, Bình in P1, head Đức in P2."""

    def __init__(self) -> None:
        self.agency = self.unit("SO", "Sở Khoa học và Công nghệ", None)
        self.first = self.unit("P1", "Phòng Quản lý Khoa học", self.agency)
        self.second = self.unit("P2", "Văn phòng", self.agency)
        self.leader = self.person("giam", "Lê Văn Giám", self.agency, leads=True, rank=1)
        self.head = self.person("ha", "Trần Thị Hà", self.first, leads=True, rank=10)
        self.an = self.person("an", "Nguyễn Văn An", self.first)
        self.binh = self.person("binh", "Phạm Thị Bình", self.first)
        self.duc = self.person("duc", "Đỗ Minh Đức", self.second, leads=True, rank=10)
        self.source = Source.objects.create(code="vanban", name="Hệ thống văn bản", first=SINCE)

    def unit(self, code: str, name: str, parent: Unit | None) -> Unit:
        """A unit since 2025."""
        unit = Unit.objects.create(code=code)
        agency = unit if parent is None else self.agency
        UnitSpan.objects.create(unit=unit, parent=parent, agency=agency, name=name, days=(SINCE, None))
        return unit

    def person(
        self,
        code: str,
        name: str,
        unit: Unit,
        *,
        leads: bool = False,
        rank: int = 100,
        first: date = SINCE,
        until: date | None = None,
    ) -> Person:
        """A person in a post of the unit, with an account of the same name."""
        person = Person.objects.create(code=code)
        PersonText.objects.create(person=person, full_name=name, sort_key=sort_key(name), search_key=search_key(name))
        self.post(person, code, unit, first, until, leads=leads, rank=rank)
        Account.objects.create_user(username=code, password="mat-khau-dai-1", person=person)
        return person

    def post(self, person: Person, code: str, unit: Unit, first: date, until: date | None = None, **span: Any) -> Spell:
        """A spell of a person in a post of their own."""
        post = Post.objects.create(code=f"vt-{code}-{unit.code}")
        told = {"title": "Chuyên viên", "duty_group": "chuyen_mon", "leads": False, "rank": 100} | span
        PostSpan.objects.create(post=post, unit=unit, days=(SINCE, None), **told)
        return Spell.objects.create(
            code=f"s-{post.code}", person=person, post=post, staff_kind="civil_servant", days=(first, until)
        )

    def away(self, person: Person, first: date, until: date) -> None:
        """An absence."""
        Absence.objects.create(person=person, kind="leave", days=(first, until))

    def share(
        self,
        person: Person,
        title: str,
        due: datetime | None,
        *,
        received: datetime,
        unit: Unit | None = None,
        item: dict[str, Any] | None = None,
        symbol: str = "",
        giver: Person | None = None,
        passed_by: Person | None = None,
        **told: Any,
    ) -> Share:
        """A share of a new item, as the fold would leave it."""
        number = take(1)[0]
        made = Item.objects.create(source=self.source, key=f"CV-{number}")
        ItemText.objects.create(item=made, title=title, symbol=symbol, search_key=search_key(title))
        standing = {
            "seq": number,
            "state": "open",
            "settled": False,
            "received_at": received,
            "due_at": due,
            "returns": 0,
            "reopened": 0,
            "extensions": 0,
            "late_extensions": 0,
            "requests": 0,
            "waiting": 0,
            "over_limit": False,
            "signed": False,
            "recognised": False,
            "accepted": False,
            "excused": False,
            "kind": "document",
            "unit": unit,
        } | (item or {})
        Standing.objects.create(item=made, **standing)
        share = {
            "role": "lead",
            "weight": 1_000_000,
            "state": "finished" if told.get("finished_at") else "open",
            "turn": 1,
            "accepted": False,
            "excused": False,
            "unit": unit or self.first,
            "agency": self.agency,
            "lasts_until": max(received, due or received, told["finished_at"]) if told.get("finished_at") else OPEN,
            "deadlines": [due] if due else [],
        } | told
        row = Share.objects.create(item=made, official=person, received_at=received, due_at=due, **share)
        self.event(made, received, "registered")
        if passed_by is not None:
            self.event(made, received, "passed_on", official=passed_by, counterpart=str(person.pk))
        else:
            self.event(made, received, "assigned", official=person, counterpart=str(giver.pk) if giver else "")
        return row

    def event(self, item: Item, when: datetime, activity: str, **told: Any) -> Event:
        """An event of an item."""
        return Event.objects.create(seq=take(1)[0], item=item, at=when, activity=activity, **told)


HOUR = timedelta(hours=1)
