"""Template tags every page has: both languages side by side, and figures as Vietnamese offices write them."""

from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.template import Context, Node, TemplateSyntaxError, defaulttags
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from congtam.engine.explaining import formats, words
from congtam.engine.periods import VIETNAM
from congtam.engine.rulebook.model import Text
from congtam.engine.states import State
from congtam.web import imprint
from congtam.web.components import addresses, navigation

register = template.Library()

DASH = "–"


def _lang() -> str:
    return "en" if get_language() == "en" else "vi"


@register.tag
def t(parser: Parser, token: Token) -> "Said":
    """The text in the page's language. Both stand side by side, so that neither can be forgotten; with `as name` it is
    kept under that name. Made ready with the template: a page has a hundred of them."""
    match token.split_contents()[1:]:
        case [vi, en]:
            name = None
        case [vi, en, "as", name]:
            pass
        case _:
            raise TemplateSyntaxError(_IN_BOTH)
    texts = parser.compile_filter(vi), parser.compile_filter(en)
    if any(text.is_var or text.filters for text in texts):
        raise TemplateSyntaxError(_IN_BOTH)
    return Said(texts[0].var, texts[1].var, name)


_IN_BOTH = "{% t %} takes a text in Vietnamese and one in English, both in quotes"


class Said(Node):
    """A text that stands in the template in both languages, and is safe as the template is."""

    def __init__(self, vi: SafeString, en: SafeString, name: str | None):
        self.vi, self.en, self.name = vi, en, name

    def render(self, context: Context) -> SafeString:
        """The one in the page's language; nothing, when it is only kept."""
        text = self.en if context.get("lang") == "en" else self.vi
        if self.name is None:
            return text
        context[self.name] = text
        return SafeString("")


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Django's own `url`; an address that needs nothing but a name is not looked for again on each page."""
    node: URLNode = defaulttags.url(parser, token)
    name = node.view_name
    alone = not (name.is_var or name.filters or node.args or node.kwargs or node.asvar)
    return Page(name.var) if alone else node


class Page(Node):
    """The address of a page by its name alone."""

    def __init__(self, name: str):
        self.name = name

    def render(self, context: Context) -> SafeString:  # as Django calls it
        return conditional_escape(addresses.page(self.name))


@register.simple_tag
def static(path: str) -> str:
    """The address of a file of ours."""
    return addresses.file(path)


@register.filter
def in_lang(text: Text | None) -> str:
    """A text of rules in the page's language."""
    return "" if text is None else text.in_(_lang())


# -- figures


@register.filter
def points(micro: int | None, places: int = 1) -> str:
    """Millionths of a point as a figure, such as 82,4."""
    return formats.points(micro, _lang(), places)


@register.filter
def signed(micro: int | None, places: int = 1) -> str:
    """A difference in points, always with its sign: +2,5."""
    return DASH if micro is None else formats.signed(micro, _lang(), places)


@register.filter
def at(instant: datetime | None) -> str:
    """An instant in Vietnam: 09:40 22/11/2026."""
    return DASH if instant is None else formats.moment(instant, _lang())


@register.filter
def clock(instant: datetime | None) -> str:
    """Only the time of day of an instant: 09:40."""
    return DASH if instant is None else f"{instant.astimezone(VIETNAM):%H:%M}"


@register.filter
def day(value: date | datetime | None) -> str:
    """A day, or the day of an instant: 22/11/2026."""
    if value is None:
        return DASH
    local = value.astimezone(VIETNAM) if isinstance(value, datetime) else value
    return f"{local:%d/%m/%Y}"


@register.filter
def month(label: str) -> str:
    """A period by its label: 2026-11 is 11/2026; other labels stay."""
    year, _, number = label.partition("-")
    return f"{number}/{year}" if number.isdigit() else label


@register.filter
def number(value: float | None, places: int = 0) -> str:
    """A figure with dots (English: commas) between thousands and a decimal comma (English: point)."""
    if value is None:
        return DASH
    english = f"{value:,.{int(places)}f}"
    return english if _lang() == "en" else english.translate(str.maketrans(",.", ".,"))


@register.filter
def hours(minutes: int | None) -> str:
    """Working minutes as hours: 6,5 giờ; below an hour in minutes."""
    if minutes is None:
        return DASH
    if abs(minutes) < 60:
        return f"{minutes} minutes" if _lang() == "en" else f"{minutes} phút"
    text = f"{round(minutes / 60, 1):g}"
    return f"{text} hours" if _lang() == "en" else f"{text.replace('.', ',')} giờ"


@register.filter
def state(value: str | State) -> str:
    """The state of a value in words: chưa có số liệu, không phát sinh …"""
    return words.STATES[State(value)].in_(_lang())


# -- small pieces of a page


@register.simple_tag
@cache  # a page has a dozen of them
def icon(name: str) -> SafeString:
    """A sign of the sprite `static/icons.svg`; always beside a word, so it is hidden from readers of screens."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        addresses.file("icons.svg"),
        name,
    )


@register.simple_tag
def badge(kind: str, text: Any) -> SafeString:
    """A status as sign, word and colour. Kinds: ok, soon, late, wait, none, info."""
    return format_html('<span class="badge badge-{}">{}{}</span>', kind, icon(kind), text)


@register.simple_tag
def bar(value: int | None, whole: int | None, kind: str = "accent") -> SafeString:
    """A thin bar: `value` of `whole`. The figures stand beside it in words, so readers of screens skip it."""
    share = 0 if not whole or value is None else max(0, min(1000, round(1000 * value / whole)))
    return format_html(
        '<svg class="bar bar-{}" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="bar-whole" width="1000" height="10"></rect>'
        '<rect class="bar-value" width="{}" height="10"></rect></svg>',
        kind,
        share,
    )


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The address's query with some values changed (None takes one away), such as `{% query trang=2 %}`."""
    kept = context["request"].GET.copy()
    for name, value in changes.items():
        kept.pop(name, None)
        if value is not None:
            kept[name] = str(value)
    return f"?{kept.urlencode()}" if kept else "?"


@register.simple_tag(takes_context=True)
def pages_of_seat(context: Context) -> list[navigation.Link]:
    """The entries of the navigation that the seat may open."""
    request = context.get("request")
    return navigation.links(context.get("seat"), context.get("lang", "vi"), request.path if request else "")


@register.filter
def further(links: list[navigation.Link]) -> list[navigation.Link]:
    """The entries that stand under "Thêm", without the one that is open: it stays in sight."""
    return [link for link in links if link.further and not link.here]


@register.simple_tag(takes_context=True)
def imprint_lines(context: Context) -> imprint.Lines:
    """Where the page comes from, as its printed foot says it: of the `imprint` a view gave, or what is known of any."""
    request = context.get("request")
    if request is None or context.get("seat") is None:
        return []
    return imprint.printed(request, context.get("imprint"), context.get("as_of"))
