"""What the rows of a seal are called in sentences: which table, which row, whose."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from json import JSONDecoder
from typing import Any

from congtam.engine.explaining.formats import moment
from congtam.engine.explaining.words import ACTIVITIES
from congtam.engine.facts.tables import TABLES
from congtam.engine.findings import Finding, Place, Unusable
from congtam.engine.periods import Period
from congtam.engine.rulebook.model import Text
from congtam.engine.sealing.encoding import read
from congtam.engine.sealing.lines import CHECKS
from congtam.engine.sealing.parts import GONE, Part
from congtam.engine.sealing.tabled import in_order

FACTS, TEXTS = "facts/", "texts"
OTHERS: dict[str, tuple[str, ...]] = {  # the values that name a row, in their order
    "rules": ("book", "path"),
    "calendars": ("book", "day"),
    "cards": ("book", "scorecard"),
    "held": ("card", "person"),
    TEXTS: ("kind", "number"),
    "results": ("person",),
    "limits": ("card", "rule", "group"),
    "work/columns": ("table", "column"),
    "months": ("period", "person"),
}
_WORK = {
    "work/share": Text(vi="phần việc của {person}", en="shares of {person}"),
    "work/share_fault": Text(vi="lỗi ở phần việc của {person}", en="faults of the shares of {person}"),
    "work/item": Text(vi="công việc do {person} chủ trì", en="items led by {person}"),
    "work/item_fault": Text(vi="lỗi ở công việc do {person} chủ trì", en="faults of the items led by {person}"),
    "work/fault": Text(vi="lỗi của {person}", en="faults of {person}"),
    "work/fault_fault": Text(vi="cách tính lỗi của {person}", en="how the faults of {person} count"),
}
_CHECKS = Text(vi="dấu kiểm từng dòng về việc của {person}", en="checks of each line on the work of {person}")
CALLED: dict[str, Text] = {
    "facts/event": Text(
        vi="sự kiện số {seq} ({activity}, {at}) của công việc {item}",
        en="event {seq} ({activity}, {at}) of item {item}",
    ),
    "facts/spell": Text(
        vi="thời gian công tác {spell} của {official} ở {unit} từ {first}",
        en="spell {spell} of {official} in {unit} from {first}",
    ),
    "facts/absence": Text(vi="thời gian vắng mặt của {official} từ {first}", en="absence of {official} from {first}"),
    "facts/unit": Text(vi="nơi trực thuộc của {unit} từ {first}", en="place of {unit} from {first}"),
    "facts/rating": Text(
        vi="điểm chấm tiêu chí {criterion} của {subject}, {period}, bước {stage}",
        en="mark on {criterion} of {subject}, {period}, stage {stage}",
    ),
    "facts/reported": Text(
        vi="số báo cáo {indicator} của {subject}, {period}", en="reported value {indicator} of {subject}, {period}"
    ),
    "facts/answer": Text(vi="câu trả lời {question} về {subject}", en="answer to {question} about {subject}"),
    "facts/decision": Text(
        vi="quyết định số {number} về {matter} của {subject}, {period}",
        en="decision {number} on {matter} of {subject}, {period}",
    ),
    "rules": Text(vi="tệp {path} của bộ quy tắc {book}", en="file {path} of rulebook {book}"),
    "calendars": Text(vi="{day} trong lịch làm việc của {book}", en="{day} in the calendar of {book}"),
    "cards": Text(vi="bảng điểm {scorecard} của {book}", en="scorecard {scorecard} of {book}"),
    "held": Text(
        vi="mức bị giới hạn mà {person} đã giữ theo {card}", en="limited grade that {person} held under {card}"
    ),
    TEXTS: Text(vi="{kind} số {number}", en="{kind} {number}"),
    "results": Text(vi="kết quả của {person}", en="result of {person}"),
    "limits": Text(vi="giới hạn {rule} của {card}, nhóm {group}", en="limit {rule} of {card}, group {group}"),
    "work/columns": Text(vi="cột {column} của bảng công việc {table}", en="column {column} of the work {table}"),
    "months": Text(vi="kết quả {period} của {person}", en="result of {person} in {period}"),
    **_WORK,
    **{f"checks/{name}": _CHECKS for name in _WORK},
    "checks/rules": Text(
        vi="dấu kiểm từng dòng của tệp {path} của bộ quy tắc {book}", en="checks of each line of {path} of {book}"
    ),
}
UNREADABLE = Text(vi="một dòng không còn đọc được", en="a row that cannot be read any more")
OTHER = Text(vi="dòng {key}", en="row {key}")
WEEK = Text(vi="tuần và giờ làm việc", en="the week and its hours")
KINDS = {
    "person": Text(vi="người số {number}", en="person {number}"),
    "unit": Text(vi="đơn vị số {number}", en="unit {number}"),
    "post": Text(vi="vị trí số {number}", en="post {number}"),
}
NAMED = Text(vi="{name} (số {number})", en="{name} ({number})")
SAID = {
    "person": Text(vi="tên của người", en="name of person"),
    "unit": Text(vi="tên của đơn vị", en="name of unit"),
    "post": Text(vi="tên của vị trí", en="name of post"),
    "reason": Text(vi="lý do của bản ghi", en="reason of record"),
}
PERSONS = ("official", "subject", "person")
_DECODER = JSONDecoder()


@dataclass(frozen=True)
class Names:
    """What numbers are called, as a seal's texts say, by kind and number; whoever's text was erased stays a number."""

    texts: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, parts: Mapping[str, Part]) -> "Names":
        """Those of a seal; texts that cannot be read name nobody."""
        found = {}
        for row in parts[TEXTS].rows if TEXTS in parts else ():
            try:
                kind, number, text = read(row) if row != GONE else ("", "", "")
            except (ValueError, TypeError):
                continue
            found[str(kind), str(number)] = str(text)
        return cls(found)

    def called(self, kind: str, number: Any, lang: str) -> str:
        """A person, unit or post by name and number."""
        name = self.texts.get((kind, str(number)))
        words = NAMED if name else KINDS[kind]
        return words.in_(lang).format(name=name, number=number)

    def row(self, part: Part, row: bytes) -> Text:
        """What a row is called, begun with a capital letter; by what of it can still be read."""
        values = read_as_far(row)
        if not values:
            return Text(vi=_begun(UNREADABLE.vi), en=_begun(UNREADABLE.en))
        return Text(vi=_begun(self._named(part, values, "vi")), en=_begun(self._named(part, values, "en")))

    def _named(self, part: Part, values: list[Any], lang: str) -> str:
        words = CALLED.get(part.name)
        if words is None:
            return OTHER.in_(lang).format(key=" ".join(map(str, values[: part.key])))
        told = dict(zip(fields_of(part.name), values, strict=False))
        kind = "unit" if told.get("matter") == "grade" else "person"  # grades from outside are those of units
        shown = {name: self._shown(name, one, kind, lang) for name, one in told.items()}
        return words.in_(lang).format_map(defaultdict(lambda: "…", shown))

    def _shown(self, name: str, value: Any, kind: str, lang: str) -> str:
        if name in PERSONS:
            return self.called(kind, value, lang)
        if name == "unit" and value is not None:
            return self.called("unit", value, lang)
        return shown_as(name, value, lang)


def read_as_far(row: bytes) -> list[Any]:
    """The values of a row, as far as they can be read: one that was changed may break off."""
    text, at, values = row.decode(errors="replace"), 1, []
    try:
        while at < len(text):
            value, end = _DECODER.raw_decode(text, at)
            values.append(value)
            at = end + 1
    except ValueError:
        pass
    return values


def fields_of(part: str) -> tuple[str, ...]:
    """What the values of a row of a part are, as far as they are told."""
    if part.startswith(FACTS):
        return tuple(one.name for one in in_order(TABLES[part.removeprefix(FACTS)]))
    return OTHERS.get(part.removeprefix(CHECKS), ("person",))


def shown_as(name: str, value: Any, lang: str) -> str:
    """A value that is named after what it is, as people read it."""
    reader = _READERS.get(name)
    try:
        return reader(value, lang) if reader and value is not None else str(value)
    except (Unusable, ValueError, TypeError, KeyError, OverflowError):
        return str(value)


def filled(text: Text, /, **values: Any) -> Text:
    """A text with its values filled in: texts in their own language, others as they are."""
    return Text(vi=_in_language(text, values, "vi"), en=_in_language(text, values, "en"))


def told(code: str, what: Text, advice: Text, place: Place, /, **values: Any) -> Finding:
    """A finding in both languages, its values filled in."""
    said = filled(what, **values)
    return Finding(code, said.en, advice.en, place, vi=(said.vi, advice.vi))


def _in_language(text: Text, values: Mapping[str, Any], lang: str) -> str:
    own = {name: one.in_(lang) if isinstance(one, Text) else one for name, one in values.items()}
    return text.in_(lang).format(**own)


def _day(value: str, lang: str) -> str:
    if value == "":
        return WEEK.in_(lang)
    return f"{'' if lang == 'en' else 'ngày '}{date.fromisoformat(value):%d/%m/%Y}"


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


_READERS: dict[str, Callable[[Any, str], str]] = {
    "at": lambda value, lang: moment(datetime.fromisoformat(value), lang),
    "first": _day,
    "until": _day,
    "recorded_at": lambda value, lang: moment(datetime.fromisoformat(value), lang),
    "day": _day,
    "period": lambda value, lang: Period.parse(value).title(lang),
    "activity": lambda value, lang: ACTIVITIES[value].in_(lang).lower(),
    "kind": lambda value, lang: SAID[value].in_(lang),
    "group": lambda value, lang: ", ".join(map(str, value)),
}
