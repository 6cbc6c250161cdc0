"""Template tags every page has: both languages side by side, and figures as Vietnamese offices write them."""

from django import template
from django.template import Context

register = template.Library()


@register.simple_tag(takes_context=True)
def t(context: Context, vi: str, en: str) -> str:
    """The text in the page's language. Both stand side by side, so that neither can be forgotten."""
    return en if context.get("lang") == "en" else vi
