"""Money on pages."""

from decimal import Decimal

from django import template
from django.utils.translation import get_language

from congtam.reward.schemes import in_words

register = template.Library()


@register.filter
def money(amount: Decimal | None) -> str:
    """An amount in đồng or a factor: 1.500.000 (English 1,500,000); a dash for none."""
    return "–" if amount is None else in_words(amount, get_language() or "vi")
