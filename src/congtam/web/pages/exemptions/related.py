"""What may be wrong together with one fault: other faults of the same item, of the same source batch, of the same id,
in the same incident; so that one found wrong is put right for everybody it touched."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from congtam.access.gate import Right, over_person, over_unit
from congtam.access.seats import Seat
from congtam.engine.explaining import formats
from congtam.engine.facts.work import Work
from congtam.engine.rulebook.model import Text
from congtam.exemptions.exempting import Chosen, work_now
from congtam.objections.same_cause import MOST, same_batch, same_id, same_incident
from congtam.people.names import search_key
from congtam.people.queries import names_of
from congtam.web.pages.exemptions import words
from congtam.work.models import Fault, Item, ItemText, Share

SAME_ITEM = Text(vi="Lỗi của cùng công việc", en="Faults of the same item")
SAME_FAULT = Text(vi="Lỗi có cùng mã ở công việc khác", en="Faults of the same id in other items")
SAME_BATCH = Text(vi="Lỗi do cùng đợt dữ liệu ghi", en="Faults told by the same batch of data")
SAME_INCIDENT = Text(vi="Lỗi phát sinh trong cùng sự cố", en="Faults that fell into the same incident")
WHOLE = Text(vi="Hoặc không tính cả phần việc", en="Or leave out whole shares")


@dataclass(frozen=True)
class Line:
    """One thing that may be exempted; `at`: when the fault happened."""

    chosen: Chosen
    kind: str
    at: datetime | None
    official: int | None

    @property
    def key(self) -> str:
        """How it is called in a form."""
        return f"{self.chosen.item}|{self.chosen.official or ''}|{self.chosen.fault}"


@dataclass(frozen=True)
class Group:
    """Lines of one cause; `together`: chosen unless somebody takes them out. `more`: too many to be shown."""

    title: Text
    lines: list[Line]
    together: bool = True
    more: bool = False


def chosen_of(key: str) -> Chosen:
    """What a key of a form means."""
    item, official, fault = key.split("|", 2)
    return Chosen(int(item), fault, int(official) if official and not fault else None)


def item_for(seat: Seat, item: int, now: datetime) -> Work | None:
    """The work of an item, when the seat may exempt one of the people who had it, or it lies with a unit it leads."""
    if not Item.objects.filter(pk=item).exists():
        return None
    work = work_now(item, now)
    people = {int(share.official) for share in work.shares}
    units = {int(one.unit) for one in work.items if one.unit}
    mine = any(over_person(seat, Right.EXEMPT, person) for person in people)
    return work if mine or any(over_unit(seat, Right.EXEMPT, unit) for unit in units) else None


def groups(seat: Seat, item: int, work: Work, now: datetime) -> list[Group]:
    """Everything that may be wrong for the same reason as the faults of an item, each line once."""
    own = [fault for fault in work.faults if fault.voided_by is None]
    told = [fault for fault in own if not fault.derived]
    first = [Line(Chosen(int(one.item), one.fault), one.kind, one.at, _number(one.official)) for one in own]
    found = [Group(SAME_ITEM, first)]
    found += [
        _group(SAME_FAULT, same_id([one.fault for one in told], item)),
        _group(SAME_BATCH, same_batch([seq for one in told for seq in one.records], item)),
        _group(SAME_INCIDENT, same_incident(item, now)),
    ]
    shares = [
        Line(Chosen(int(share.item), official=int(share.official)), "", None, int(share.official))
        for share in {share.official: share for share in work.shares if share.excused_by is None}.values()
    ]
    root = next((int(share.item) for share in work.shares), item)  # where the same work, seen twice, counts
    excused = any(one.excused_by for one in work.items if one.item == str(root))
    whole = [] if excused else [Line(Chosen(root), "", None, None)]
    found.append(Group(WHOLE, [*shares, *whole], together=False))
    return list(_each_once(seat, found))


def labels(found: Iterable[Group], lang: str) -> dict[str, str]:
    """What each line is called: what, whose, of which work."""
    lines = [line for group in found for line in group.lines]
    names = names_of({line.official for line in lines if line.official})
    titles = dict(ItemText.objects.filter(item__in={line.chosen.item for line in lines}).values_list("item", "title"))
    return {line.key: _label(line, names, titles, lang) for line in lines}


def _label(line: Line, names: dict[int, str], titles: dict[int, str], lang: str) -> str:
    if line.chosen.fault:
        what = words.FAULTS[line.kind].in_(lang) if line.kind in words.FAULTS else line.kind
        when = f" {formats.moment(line.at, lang)}" if line.at else ""
    else:
        what, when = (words.SHARE if line.official else words.WHOLE).in_(lang).capitalize(), ""
    whose = names.get(line.official, words.SOMEBODY.in_(lang)) if line.official else words.EVERYBODY.in_(lang)
    return f"{what}{when}: {whose} – {titles.get(line.chosen.item) or line.chosen.item}"


def _each_once(seat: Seat, found: Iterable[Group]) -> Iterator[Group]:
    """Groups without what stood in an earlier one, and without people over whom the seat has no right."""
    seen: set[str] = set()
    for group in found:
        lines = [line for line in group.lines if line.key not in seen and _may(seat, line)]
        seen |= {line.key for line in lines}
        if lines or group.more:
            yield Group(group.title, lines, group.together, group.more)


def _may(seat: Seat, line: Line) -> bool:
    return line.official is None or over_person(seat, Right.EXEMPT, line.official)


def _group(title: Text, faults: Iterable[Fault]) -> Group:
    rows = list(faults)
    if len(rows) > MOST:
        return Group(title, [], more=True)
    return Group(title, [Line(Chosen(one.item_id, one.fault), one.kind, one.at, one.official_id) for one in rows])


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def shares_named(text: str, people: Iterable[int]) -> list[Share]:
    """Shares of people in items whose title, symbol or number holds a text; the newest first."""
    asked = Q(item__text__search_key__contains=search_key(text)) | Q(item__text__symbol__icontains=text)
    if text.isdecimal() and len(text) < 16:
        asked |= Q(item=int(text))
    found = Share.objects.filter(asked | Q(item__key__iexact=text), official__in=list(people))
    return list(found.select_related("item__text", "official__text").order_by("-received_at")[:20])
