"""Figures of rules as people write them."""

from decimal import Decimal
from fractions import Fraction


def figure(value: Decimal | Fraction | int, lang: str) -> str:
    """A number as people write it: decimal comma in Vietnamese."""
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / Decimal(value.denominator)
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return text.replace(".", ",") if lang == "vi" else text


def percent(rate: Decimal, lang: str) -> str:
    """A rate in percent, without needless zeros."""
    return f"{figure((rate * 100).normalize(), lang)} %"
