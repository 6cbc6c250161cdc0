"""How a row of a seal and the same row now differ, in words: column by column, part by part, line by line."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from congtam.engine.explaining.formats import decimal
from congtam.engine.facts.tables import TABLES, Kind
from congtam.engine.rulebook.model import Text
from congtam.engine.sealing.encoding import line, read
from congtam.engine.sealing.naming import FACTS, Names, fields_of, shown_as
from congtam.engine.sealing.parts import GONE, Part

LONGEST, MOST = 120, 3  # letters of a value, lines of a text
POINTS = ("points", "lowest", "highest", "earned", "measurable", "maximum")
BLANK = Text(vi="để trống", en="blank")
LOST = Text(vi="lúc chốt có, nay không còn", en="it was sealed, and is not there now")
NEW = Text(vi="nay có, nhưng lúc chốt không có", en="it is there now, but was not sealed")
CHANGED = Text(vi="{name} lúc chốt là {was}, nay là {now}", en="{name} was {was} when sealed, is now {now}")
LINE = Text(vi="dòng {number}", en="line {number}")
PART = Text(vi="mục {id} ({what})", en="part {id} ({what})")
INSIDE_PART = ("id", "state", "maximum", "points")
FLAGS = {True: Text(vi="có", en="yes"), False: Text(vi="không", en="no")}
FIELDS: dict[str, Text] = {
    # facts
    "seq": Text(vi="số thứ tự", en="number"),
    "recorded_at": Text(vi="lúc ghi nhận", en="recorded at"),
    "item": Text(vi="công việc", en="item"),
    "at": Text(vi="thời điểm", en="instant"),
    "activity": Text(vi="sự kiện", en="activity"),
    "official": Text(vi="cán bộ", en="official"),
    "unit": Text(vi="đơn vị", en="unit"),
    "counterpart": Text(vi="bên kia", en="counterpart"),
    "value": Text(vi="giá trị", en="value"),
    "decision": Text(vi="số quyết định", en="decision"),
    "attributes": Text(vi="chi tiết", en="details"),
    "source": Text(vi="nguồn", en="source"),
    "spell": Text(vi="thời gian công tác", en="spell"),
    "post": Text(vi="vị trí", en="post"),
    "agency": Text(vi="cơ quan", en="agency"),
    "duty_group": Text(vi="nhóm nhiệm vụ", en="duty group"),
    "leader": Text(vi="giữ chức vụ lãnh đạo", en="holds a leading post"),
    "staff_kind": Text(vi="đối tượng", en="kind of staff"),
    "first": Text(vi="ngày đầu", en="first day"),
    "until": Text(vi="ngày hết", en="first day no longer"),
    "kind": Text(vi="loại", en="kind"),
    "parent": Text(vi="đơn vị cấp trên", en="unit above"),
    "subject": Text(vi="người được chấm", en="subject"),
    "criterion": Text(vi="tiêu chí", en="criterion"),
    "period": Text(vi="kỳ", en="period"),
    "stage": Text(vi="bước", en="stage"),
    "state": Text(vi="tình trạng số liệu", en="state"),
    "by": Text(vi="người quyết định hoặc cách xếp loại", en="by"),
    "reason": Text(vi="lý do", en="reason"),
    "indicator": Text(vi="chỉ số", en="indicator"),
    "respondent": Text(vi="phiếu trả lời", en="respondent"),
    "question": Text(vi="câu hỏi", en="question"),
    "scorecard": Text(vi="bảng điểm", en="scorecard"),
    "matter": Text(vi="nội dung quyết định", en="matter"),
    "outcome": Text(vi="kết quả quyết định", en="outcome"),
    "number": Text(vi="số", en="number"),
    # results
    "card": Text(vi="bảng điểm", en="scorecard"),
    "legal_by": Text(vi="căn cứ chọn bảng điểm", en="why this scorecard"),
    "role": Text(vi="vai trò", en="role"),
    "working_days": Text(vi="số ngày làm việc", en="days worked"),
    "points": Text(vi="điểm", en="points"),
    "lowest": Text(vi="điểm thấp nhất", en="lowest points"),
    "highest": Text(vi="điểm cao nhất", en="highest points"),
    "earned": Text(vi="điểm đạt được", en="points so far"),
    "measurable": Text(vi="điểm đo được", en="points measurable"),
    "maximum": Text(vi="điểm tối đa", en="maximum"),
    "n_items": Text(vi="số công việc", en="number of items"),
    "grade_before": Text(vi="xếp loại trước giới hạn", en="grade before limits"),
    "graded_by": Text(vi="cách xếp loại", en="how graded"),
    "grade": Text(vi="xếp loại", en="grade"),
    "cap": Text(vi="giới hạn áp dụng", en="limit"),
}


def differences(sealed: Part, anew: Part, names: Names) -> Iterator[tuple[Text, Text]]:
    """Rows that are otherwise now: what each is called, and what differs."""
    was, now = _by_key(sealed), _by_key(anew)
    for key in sorted(was.keys() | now.keys()):
        if was.get(key) != now.get(key):
            yield names.row(sealed, was.get(key) or now[key]), _told(sealed, was.get(key), now.get(key))


def _by_key(part: Part) -> dict[bytes, bytes]:
    return {line(read(row)[: part.key]): row for row in part.rows if row != GONE}


def _told(part: Part, was: bytes | None, now: bytes | None) -> Text:
    return between(part.name, *(None if row is None else _beyond_key(part, read(row)) for row in (was, now)))


def _beyond_key(part: Part, values: list[Any]) -> Any:
    """What a row says of what its key names."""
    if part.name.startswith(FACTS):
        return dict(zip(fields_of(part.name)[part.key :], values[part.key :], strict=True))
    return values[part.key] if len(values) == part.key + 1 else values[part.key :]


def between(part: str, was: Any, now: Any) -> Text:
    """What differs between what a row of a part said, and says now; None where it is not there."""
    if was is None or now is None:
        return LOST if now is None else NEW
    return Text(vi=_between(part, was, now, "vi"), en=_between(part, was, now, "en"))


def _between(part: str, was: Any, now: Any, lang: str) -> str:
    if isinstance(was, dict) and isinstance(now, dict):
        return _fields(_of_total(was), _of_total(now), part, lang)
    if isinstance(was, str) and isinstance(now, str):
        return _lines(was, now, lang)
    return _changed("", [_short(was), _short(now)], lang)


def _fields(was: Mapping[str, Any], now: Mapping[str, Any], part: str, lang: str) -> str:
    told: list[str] = []
    for name in sorted(was.keys() | now.keys()):
        before, after = was.get(name), now.get(name)
        if before == after:
            continue
        if name == "parts":
            told += _of_parts(before or [], after or [], lang)
        else:
            shown = [_shown(name, one, part, lang) for one in (before, after)]
            told.append(_changed(_called(name, lang), shown, lang))
    return "; ".join(told)


def _of_total(told: dict[str, Any]) -> dict[str, Any]:
    """Points as one figure where the bounds are one."""
    if "lowest" not in told or told["lowest"] != told.get("highest"):
        return told
    return {name: value for name, value in told.items() if name not in ("lowest", "highest")} | {
        "points": told["lowest"]
    }


def _of_parts(was: list[list[Any]], now: list[list[Any]], lang: str) -> Iterator[str]:
    """The parts of a result that differ, each with what of it."""
    before, after = ({one[0]: dict(zip(INSIDE_PART, one, strict=True)) for one in parts} for parts in (was, now))
    for name in before | after:
        for what in INSIDE_PART[1:]:
            pair = [one.get(name, {}).get(what) for one in (before, after)]
            if pair[0] != pair[1]:
                called = PART.in_(lang).format(id=name, what=_called(what, lang))
                yield _changed(called, [_shown(what, one, "results", lang) for one in pair], lang)


def _lines(was: str, now: str, lang: str) -> str:
    """The first lines of a text that differ."""
    before, after = was.splitlines(), now.splitlines()
    told = []
    for kind, begin, end, other, until in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            called = LINE.in_(lang).format(number=begin + 1)
            pair = (" / ".join(before[begin:end]), " / ".join(after[other:until]))
            told.append(_changed(called, [f"“{_short(one.strip())}”" for one in pair], lang))
    return "; ".join(told[:MOST]) + ("; …" if len(told) > MOST else "")


def _changed(name: str, pair: Sequence[str], lang: str) -> str:
    was, now = pair
    return CHANGED.in_(lang).format(name=name, was=was, now=now).strip()


def _called(name: str, lang: str) -> str:
    return FIELDS[name].in_(lang) if name in FIELDS else name


def _shown(name: str, value: Any, part: str, lang: str) -> str:
    if value is None or value == "":
        return BLANK.in_(lang)
    if isinstance(value, bool):
        return FLAGS[value].in_(lang)
    if isinstance(value, int) and (name in POINTS or _in_millionths(name, part)):
        return decimal(value, 6 if value % 10_000 else 2, lang)
    return _short(shown_as(name, value, lang))


def _in_millionths(name: str, part: str) -> bool:
    table = TABLES.get(part.removeprefix(FACTS))
    column = table.column(name) if table else None
    return column is not None and column.kind is Kind.MILLIONTHS


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
