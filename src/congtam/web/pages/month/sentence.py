"""The one sentence of the month: where it stands, how sure that is, and what still decides it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from congtam.engine.explaining.formats import points
from congtam.engine.rulebook.model import Text
from congtam.engine.states import State
from congtam.scores.models import Live
from congtam.scores.queries import Place
from congtam.web.charts.months import Month
from congtam.web.components.times import counted, spoken
from congtam.web.pages.month.points import Card


@dataclass(frozen=True)
class Ahead:
    """What open work can still do: between which totals the month may end (millionths), how many pieces of work are
    still due in it, and the fewest of them that keep today's grade, the last of them due at `keep_by`. `keeping`: None
    when it cannot be said, 0 when the grade stays anyway."""

    lowest: int
    highest: int
    pending: int
    keeping: int | None
    keep_by: datetime | None


def ahead_of(live: Live) -> Ahead | None:
    """The forecast of a live score; None while none was made, and where none can be."""
    told = live.forecast
    if not told:
        return None
    keep = told["keep"]
    return Ahead(
        told["lowest"],
        told["highest"],
        told["pending"],
        None if keep is None else len(keep["items"]),
        None if keep is None or keep["due_at"] is None else datetime.fromisoformat(keep["due_at"]),
    )


def sentences(card: Card | None, ahead: Ahead | None, *, live: bool, now: datetime, lang: str) -> list[str]:
    """Two short sentences at most."""
    if card is None:
        return [_say(lang, "Chưa có điểm của tháng này.", "There are no points for this month yet.")]
    if not card.enough:
        return [_lacking(card, lang), *_so_far(card, lang)]
    if card.total is None:
        return [_range(card, lang), *_missing(card, lang)]
    return [_standing(card, ahead, live, lang), *_keeping(ahead, live, now, lang)]


def _standing(card: Card, ahead: Ahead | None, live: bool, lang: str) -> str:
    total = points(card.total, lang, 1)
    figures = [_say(lang, f"{total} tạm tính", f"{total}, provisional") if live else total]
    if live and ahead is not None:
        low, high = points(ahead.lowest, lang, 0), points(ahead.highest, lang, 0)
        if low != high:
            figures.append(_say(lang, f"khả năng {low}–{high}", f"may end at {low}–{high}"))
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


def _missing(card: Card, lang: str) -> list[str]:
    """Which parts have no figures yet."""
    named = [part.title.in_(lang) for part in card.parts if part.state is State.MISSING]
    return (
        [_say(lang, f"Còn thiếu số liệu: {'; '.join(named)}.", f"Figures missing: {'; '.join(named)}.")]
        if named
        else []
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
    """Which work still decides the grade."""
    if not live or ahead is None or not ahead.pending or ahead.keeping is None:
        return []
    if ahead.keep_by is None or not ahead.keeping:
        return [
            _say(
                lang,
                f"{ahead.pending} việc còn đến hạn trong tháng không làm giảm mức này.",
                f"The {ahead.pending} items still due this month cannot lower it.",
            )
        ]
    number, by = counted(ahead.keeping, lang), spoken(ahead.keep_by, now, lang)
    vi = f"{number} việc trước {by} giữ được mức này."
    en = f"{number} {'item keeps' if ahead.keeping == 1 else 'items keep'} it there if done by {by}."
    return [_say(lang, vi, en)]


_QUARTERS = {
    1: Text(vi="một phần tư có tỷ lệ điểm cao nhất", en="the quarter with the highest share of points"),
    2: Text(vi="một phần tư thứ hai", en="the second quarter"),
    3: Text(vi="một phần tư thứ ba", en="the third quarter"),
    4: Text(vi="một phần tư còn lại", en="the last quarter"),
}


def place_said(place: Place | None, lang: str) -> str:
    """Where somebody stands among those of the same duties, as a band; nothing where it cannot be said."""
    if place is None or place.band is None:
        return ""
    band = _QUARTERS[place.band].in_(lang)
    return _say(
        lang,
        f"Trong {place.n} người cùng nhóm nhiệm vụ ở cơ quan: thuộc {band} (không xếp thứ hạng).",
        f"Among {place.n} people of the same duties in the agency: {band} (no rank).",
    )


def months_said(months: Sequence[Month], lang: str) -> str:
    """What the chart of months says, for who does not see it."""
    if len(months) < 2:
        return ""
    first, last = months[0], months[-1]
    told = [f"{one.period.partition('-')[2]}: {points(one.lowest, lang, 1)}" for one in months]
    return _say(
        lang,
        f"Biểu đồ điểm từng tháng từ {_label(first)} đến {_label(last)}: {'; '.join(told)}.",
        f"Chart of points by month from {_label(first)} to {_label(last)}: {'; '.join(told)}.",
    )


def _label(month: Month) -> str:
    return "/".join(reversed(month.period.split("-")))


def _say(lang: str, vi: str, en: str) -> str:
    return Text(vi=vi, en=en).in_(lang)
