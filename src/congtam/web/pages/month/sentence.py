"""The one sentence of the month: where it stands, how sure that is, and what still decides it."""

from dataclasses import dataclass
from datetime import datetime

from congtam.engine.explaining.formats import points
from congtam.engine.rulebook.model import Text
from congtam.web.components.times import counted, spoken
from congtam.web.pages.month.points import Card


@dataclass(frozen=True)
class Ahead:
    """What open work can still do to the legal card: between which totals it may end (millionths), and how many pieces
    of work, due before an instant, must be in time for the grade to stay."""

    lowest: int
    highest: int
    keeping: int = 0
    keep_by: datetime | None = None


def sentences(card: Card | None, ahead: Ahead | None, *, live: bool, now: datetime, lang: str) -> list[str]:
    """Two short sentences at most."""
    if card is None:
        return [_say(lang, "Chưa có điểm của tháng này.", "There are no points for this month yet.")]
    if not card.enough:
        return [_lacking(card, lang), *_so_far(card, lang)]
    if card.total is None:
        return [_range(card, lang)]
    return [_standing(card, ahead, live, lang), *_keeping(ahead, live, now, lang)]


def _standing(card: Card, ahead: Ahead | None, live: bool, lang: str) -> str:
    total = points(card.total, lang, 1)
    figures = [_say(lang, f"{total} tạm tính", f"{total}, provisional") if live else total]
    if live and ahead is not None and ahead.lowest < ahead.highest:
        low, high = points(ahead.lowest, lang, 0), points(ahead.highest, lang, 0)
        if low != high:
            figures.append(_say(lang, f"khả năng {low}–{high}", f"likely {low}–{high}"))
    told = "; ".join(figures)
    if card.grade is None:
        reason = _say(lang, "mức xếp loại chờ người có thẩm quyền quyết định", "the grade waits for a person to decide")
        return _say(lang, f"Được {told} điểm; {reason}.", f"{told} points; {reason}.")
    grade = card.grade.in_(lang)
    if live:
        return _say(lang, f"Đang ở mức {grade} ({told}).", f"Now at {grade} ({told}).")
    return _say(lang, f"Tháng này ở mức {grade} ({told}), trước khi áp tỷ lệ.", f"{grade} ({told}), before caps.")


def _range(card: Card, lang: str) -> str:
    low, high = points(card.lowest, lang, 1), points(card.highest, lang, 1)
    if not card.measurable:
        return _say(
            lang,
            f"Chưa có mục nào đo được; tổng có thể từ {low} đến {high}.",
            f"Nothing can be measured yet; the total lies between {low} and {high}.",
        )
    earned, most = points(card.earned, lang, 1), points(card.measurable, lang, 1)
    return _say(
        lang,
        f"Đến nay được {earned} trên {most} điểm đã đo được; tổng có thể từ {low} đến {high}.",
        f"So far {earned} of the {most} points that could be measured; the total lies between {low} and {high}.",
    )


def _lacking(card: Card, lang: str) -> str:
    needs = [
        _say(lang, f"{least} {vi}", f"{least} {en}")
        for least, vi, en in ((card.least_items, "việc", "items"), (card.least_days, "ngày làm việc", "working days"))
        if least
    ]
    asked = _say(lang, " và ", " and ").join(needs)
    return _say(
        lang,
        f"Chưa đủ dữ liệu để xếp loại: mới có {card.n_items} việc, cần ít nhất {asked}.",
        f"Not enough data for a grade: {card.n_items} items so far; at least {asked} are needed.",
    )


def _so_far(card: Card, lang: str) -> list[str]:
    """What can be said below the minimum: points so far, and nothing more."""
    if not card.measurable:
        return []
    earned, most = points(card.earned, lang, 1), points(card.measurable, lang, 1)
    return [
        _say(lang, f"Đến nay được {earned} trên {most} điểm đã đo được.", f"So far {earned} of {most} points measured.")
    ]


def _keeping(ahead: Ahead | None, live: bool, now: datetime, lang: str) -> list[str]:
    if not live or ahead is None or not ahead.keeping or ahead.keep_by is None:
        return []
    number, by = counted(ahead.keeping, lang), spoken(ahead.keep_by, now, lang)
    vi = f"{number} việc trước {by} giữ được mức này."
    en = f"{number} {'item' if ahead.keeping == 1 else 'items'} before {by} keep it there."
    return [_say(lang, vi, en)]


def _say(lang: str, vi: str, en: str) -> str:
    return Text(vi=vi, en=en).in_(lang)
