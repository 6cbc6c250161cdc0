"""A digest in words: what each kind of line is called, and what its item is called. Of secret work only that there
is some."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from congtam.desk.models import Brief
from congtam.engine.rulebook.model import Text
from congtam.notices.finding import WHATS
from congtam.notices.models import Line
from congtam.notices.otherwise import named_otherwise
from congtam.people.queries import names_of
from congtam.work.models import Item

TITLES = {
    "late": Text(vi="Quá hạn", en="Late"),
    "due_today": Text(vi="Đến hạn hôm nay", en="Due today"),
    "returned": Text(vi="Bị trả lại để hoàn thiện", en="Returned to be completed"),
    "decision": Text(vi="Chờ tôi quyết định", en="Waiting for my decision"),
    "slip": Text(vi="Phiếu dự thảo chờ ý kiến của tôi", en="Draft slips that wait for my word"),
    "review_asked": Text(vi="Đề nghị xem xét lại chờ tôi trả lời", en="Requests to review for me to answer"),
    "review_answered": Text(vi="Đề nghị xem xét lại đã được trả lời", en="Requests to review that were answered"),
    "to_sign": Text(vi="Dòng sổ quỹ thưởng chờ tôi ký", en="Rows of the fund of rewards for me to sign"),
    "to_erase": Text(vi="Danh sách xóa dữ liệu chờ tôi duyệt", en="Lists of data to be erased for me to approve"),
    "waits_for_me": Text(vi="Đơn vị khác chờ tôi trả lời", en="Others who wait for my answer"),
    "reminded": Text(vi="Được nhắc trong kỳ đánh giá", en="Reminded in a period of evaluation"),
    "recurrence": Text(vi="Việc định kỳ không giao đúng như đã đặt", en="Recurring work that went otherwise"),
    "left_behind": Text(vi="Việc chưa bàn giao của người đã thôi giữ vị trí", en="Work of people who left"),
    "term_ended": Text(vi="Hết thời hạn lưu giữ", en="Terms of retention that ended"),
    "due_soon": Text(vi="Đến hạn trong hai ngày làm việc tới", en="Due within two working days"),
    "extended": Text(vi="Được gia hạn", en="Given more time"),
    "accepted": Text(
        vi="Coi là đã nghiệm thu vì quá 3 ngày làm việc không có ý kiến", en="Accepted by 3 working days of silence"
    ),
    "paused": Text(vi="Tạm dừng thời hạn theo quyết định", en="Clock stopped by a decision"),
    "resumed": Text(vi="Thời hạn chạy tiếp", en="Clock goes on"),
    "excused": Text(vi="Được miễn trừ", en="Excused"),
    "cancelled": Text(vi="Không còn phải làm", en="No longer to be done"),
}
SECRET = Text(vi="Một việc theo chế độ mật", en="A piece of secret work")


@dataclass(frozen=True)
class Said:
    """One line in words; `item` is its number, `at` the deadline or when it happened, `who` whom it concerns; `page`:
    the name of the page on which something is done about what is no item."""

    item: int | None
    title: str
    secret: bool
    at: datetime | None
    who: str
    page: str = ""


@dataclass(frozen=True)
class Part:
    """The lines of one kind."""

    what: str
    title: Text
    lines: list[Said]


@dataclass(frozen=True)
class Words:
    """What items and people are called, looked up for many lines at once; `others`: by kind and key, what is no item,
    and its page."""

    items: dict[int, tuple[str, bool]]
    people: dict[int, str]
    others: dict[tuple[str, str], tuple[str, str]]


def words_for(lines: Sequence[Line], lang: str) -> Words:
    """Three queries, and one for each kind of what is no item."""
    return Words(
        titles((one.item for one in lines if one.item is not None), lang),
        names_of({one.who for one in lines if one.who is not None}),
        named_otherwise(((one.what, one.key) for one in lines if one.item is None), lang),
    )


def parts(lines: Iterable[Line], words: Words) -> list[Part]:
    """The lines of a digest by kind, in the order in which they are told."""
    said: dict[str, list[Said]] = {}
    for one in sorted(lines, key=lambda line: (line.at is None, line.at, line.pk)):
        name = "" if one.who is None else words.people.get(one.who, "")
        if one.item is None:
            title, page = words.others[one.what, one.key]
            said.setdefault(one.what, []).append(Said(None, title, False, one.at, name, page))
        else:
            title, secret = words.items[one.item]
            said.setdefault(one.what, []).append(Said(one.item, title, secret, one.at, name))
    return [Part(what, TITLES[what], said[what]) for what in WHATS if what in said]


def titles(items: Iterable[int], lang: str) -> dict[int, tuple[str, bool]]:
    """What items are called, and whether they are secret and so called nothing. Two queries."""
    asked = set(items)
    secret = set(Brief.objects.filter(item__in=asked, secret=True).values_list("item", flat=True))
    rows = Item.objects.filter(pk__in=asked).values_list("pk", "key", "text__title", "text__symbol")
    return {
        pk: (SECRET.in_(lang), True) if pk in secret else (title or symbol or key, False)
        for pk, key, title, symbol in rows
    }
