"""Tags of pages about work."""

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import get_language

from congtam.engine.rulebook.model import Text
from congtam.web.keeping import PLACES

register = template.Library()


@register.simple_tag(takes_context=True)
def told(context: Context, text: Text | str | None) -> str:
    """A text of both languages in the page's language."""
    return text.in_(context.get("lang", "vi")) if isinstance(text, Text) else text or ""


@register.simple_tag(takes_context=True)
def with_query(context: Context, name: str) -> str:
    """The address of that name with the filters of this page, without the place within it."""
    kept = context["request"].GET.copy()
    for place in PLACES:
        kept.pop(place, None)
    return f"{reverse(name)}?{kept.urlencode()}" if kept else reverse(name)


@register.filter
def tenths(value: int | None) -> str:
    """Tenths of a percent as a figure: 125 is 12,5 (English 12.5)."""
    if value is None:
        return "–"
    point = "." if get_language() == "en" else ","
    return f"{value // 10}{point}{value % 10}"
