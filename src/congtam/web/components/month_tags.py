"""What only the pages of the month draw."""

from datetime import datetime

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from congtam.engine.explaining.formats import points
from congtam.engine.periods import VIETNAM
from congtam.engine.rulebook.model import Text
from congtam.web.components.rule_links import rule_url
from congtam.web.components.tags import badge, hours
from congtam.web.components.times import spoken
from congtam.web.pages.month.losses import Loss
from congtam.web.pages.month.points import Band, Card
from congtam.web.pages.month.tasks import Task
from congtam.work.own import Own

register = template.Library()

WIDTH = 336  # the narrow column on a desk, and a phone's width
LETTER = 6.6  # about the width of a letter
ROOM = 10_000_000  # below the lowest band that has a floor


WAITS = {
    "applicant": Text(vi="chờ người nộp hồ sơ", en="waits for the applicant"),
    "other": Text(vi="chờ bên khác", en="waits for others"),
    "incident": Text(vi="đồng hồ dừng vì sự cố", en="the clock stands for an incident"),
}


@register.simple_tag(takes_context=True)
def due(context: Context, task: Task) -> SafeString | str:
    """When a piece of work is due and how many office hours are left, or for whom it waits. Nothing is red while there
    is too little work for a grade."""
    lang, now, card = context["lang"], context["now"], context.get("card")
    row = task.row
    if row.waiting:
        reason = f" ({row.reason})" if row.reason else ""
        day = _day(row.since or row.received_at)
        since = Text(vi=f"từ {day}", en=f"since {day}").in_(lang)
        return f"{WAITS[row.waiting].in_(lang)}{reason} {since}"
    assert row.due_at is not None and task.left is not None, "work without a deadline is in none of the lists"
    if row.due_at < now:
        told = Text(vi=f"Quá hạn {hours(-task.left)} làm việc", en=f"Late by {hours(-task.left)} of office time")
        return badge("soon" if card is not None and not card.enough else "late", told.in_(lang))
    left = Text(vi=f"còn {hours(task.left)} làm việc", en=f"{hours(task.left)} of office time left").in_(lang)
    return f"{spoken(row.due_at, now, lang)} · {left}"


@register.simple_tag
def rule(rulebook: str, place: str = "") -> str:
    """Where a rulebook is read, at a scorecard or an indicator when named."""
    return rule_url(rulebook, place)


@register.simple_tag(takes_context=True)
def happened(context: Context, loss: Loss) -> SafeString:
    """What happened to work that cost points: how late it was, else what the data show. Nothing is red while there is
    too little work for a grade."""
    lang, now, row, card = context["lang"], context["now"], loss.row, context["card"]
    if row is None:
        return SafeString("")
    if not row.is_late(now):
        return badge("info", _short(row).in_(lang))
    days = row.late_days(context["calendar"], now)
    said = Text(vi=f"Quá hạn {days} ngày làm việc", en=f"{days} working days late")
    if not days:
        said = Text(vi="Quá hạn chưa đến 1 ngày làm việc", en="Less than a working day late")
    due, end = spoken(row.due_at or row.received_at, now, lang), row.finished_at
    done = Text(vi="chưa xong", en="not finished") if end is None else _done(spoken(end, now, lang))
    return format_html(
        '{} <span class="small">{} {}, {}</span>',
        badge("late" if card.enough else "soon", said.in_(lang)),
        Text(vi="hạn", en="due").in_(lang),
        due,
        done.in_(lang),
    )


def _short(row: Own) -> Text:
    """What the data show of work that was in time and still cost points."""
    if row.faults:
        return Text(vi=f"{row.faults} lỗi chất lượng", en=f"{row.faults} quality faults")
    if row.returned:
        return Text(vi=f"Trả lại hoặc mở lại {row.returned} lần", en=f"Sent back or reopened {row.returned} times")
    if row.late_extensions:
        return Text(vi="Xin lùi hạn khi đã quá hạn", en="More time asked for after the deadline")
    return Text(vi="Chưa đạt đủ", en="Not met in full")


def _done(at: str) -> Text:
    return Text(vi=f"xong {at}", en=f"finished {at}")


@register.simple_tag
def scale(card: Card, low: int | None, high: int | None, lang: str) -> SafeString:
    """Where the points stand among the grades: bands, the range they may end in, a mark. The sentence says the same."""
    start = _start(card)

    def across(micro: int) -> float:
        return round(WIDTH * (max(micro, start) - start) / (card.whole - start), 1)

    bands = [(across(band.start), across(band.end), band.title.in_(lang), n) for n, band in enumerate(card.bands)]
    drawn = format_html_join(
        "",
        '<rect class="scale-{}" x="{}" y="22" width="{}" height="8"></rect>',
        ((n, x, round(end - x, 1)) for x, end, _, n in bands),
    )
    words = format_html_join(
        "",
        '<text x="{}" y="47" text-anchor="middle">{}</text>',
        ((round((x + end) / 2, 1), title) for x, end, title, _ in bands if len(title) * LETTER <= end - x),
    )
    span, mark = SafeString(""), SafeString("")
    if low is not None and high is not None and low < high:
        x = across(low)
        span = format_html(
            '<rect class="scale-range" x="{}" y="19" width="{}" height="14"></rect>', x, round(across(high) - x, 1)
        )
    if card.total is not None:
        x = across(card.total)
        mark = format_html(
            '<path class="scale-mark" d="M{} 15v22"></path>'
            '<text class="scale-now" x="{}" y="11" text-anchor="middle">{}</text>',
            x,
            min(max(x, 16), WIDTH - 16),
            points(card.total, lang, 1),
        )
    return format_html(
        '<svg class="scale" viewBox="0 0 {} 52" aria-hidden="true" focusable="false">{}{}{}{}</svg>',
        WIDTH,
        drawn,
        span,
        mark,
        words,
    )


def _start(card: Card) -> int:
    """From where the scale is drawn: a little below the lowest grade with a floor, or below the points."""
    floors: list[Band] = [band for band in card.bands if band.start]
    return max(0, min([band.start for band in floors] + [card.lowest]) - ROOM)


def _day(instant: datetime) -> str:
    return f"{instant.astimezone(VIETNAM):%d/%m}"
