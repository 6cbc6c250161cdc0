"""What is planted in the demo department, in the two past months and the live one; spring 2025 has none of it."""

from datetime import date

from congtam.simulate.days import month_first
from congtam.simulate.truths import Pattern, Truth


def demo_truths(today: date) -> tuple[Truth, ...]:
    """The seven truths, from two months before the month of `today` to its end."""
    span = month_first(today, -2), month_first(today, 1)
    return (
        Truth(Pattern.OVERLOADED, *span, 1.8, units=("TDC",)),
        Truth(Pattern.BOTTLENECK, *span, 6, units=("QLKH", "KHTC")),
        Truth(Pattern.KIND_HEAD, *span, 6, officials=("CB046",)),
        Truth(Pattern.LAST_MINUTE, *span, 0.95, officials=("CB030",)),
        Truth(Pattern.REOPENS, *span, 0.6, officials=("CB038",)),
        Truth(Pattern.SPLITS, *span, 4, officials=("CB044",)),
        Truth(Pattern.NEGLECTS, *span, 0.6, officials=("CB013",)),
    )
