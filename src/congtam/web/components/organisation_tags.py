"""Template tags of the pages about people and units: stretches of days, words of codes, shares."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import template

from congtam.web.pages.organisation.words import CHANGES
from congtam.web.pages.organisation.words import word as word_of
from congtam.web.words import both, said

register = template.Library()
register.filter("word", word_of)


@register.filter
def stretch(days: Any) -> str:
    """A stretch of days as people write it, its last day included: từ 01/03/2025 đến hết 30/06/2026."""
    first = f"{days.lower:%d/%m/%Y}"
    if days.upper is None:
        return str(both(f"từ {first}", f"from {first}"))
    last = last_day(days)
    if days.upper - timedelta(days=1) == days.lower:
        return str(both(f"ngày {first}", f"on {first}"))
    return str(both(f"{first} đến hết {last}", f"{first} to {last}"))


@register.filter
def last_day(days: Any) -> str:
    """The last day of a stretch that still counts."""
    return f"{days.upper - timedelta(days=1):%d/%m/%Y}"


@register.filter
def get(found: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping holds for a key; nothing when it does not."""
    return found.get(key, "")


@register.filter
def change(kind: str) -> str:
    """What a kind of decision is called."""
    return said(CHANGES[kind]) if kind in CHANGES else kind


@register.filter
def percent(millionths: int) -> str:
    """Millionths as per cent: 62,5 %."""
    english = f"{millionths / 10_000:g}"
    return str(both(f"{english.replace('.', ',')} %", f"{english} %"))
