"""Writes the values of cells as text, as the rest of intake reads them from any list."""

from datetime import date, datetime, time, timedelta
from unicodedata import normalize

DAY_ONE, DAY_ONE_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 (days without a zone)
EARLIEST, LATEST = date(1950, 1, 1), date(2200, 1, 1)  # a number outside is no day number
WHOLE_NUMBERS = 1e15  # from here on a cell cannot hold every whole number


def as_text(value: object, decimal: str = ".") -> str:
    """The text of a cell: dates as ISO, whole numbers without decimals, others with the mark the mapping states."""
    if isinstance(value, str):
        return normalize("NFC", value).strip()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        if value != value:  # NaN is how tables of numbers write a blank
            return ""
        if value.is_integer() and abs(value) < WHOLE_NUMBERS:
            return str(int(value))
        return f"{value:.15g}".replace(".", decimal)  # the digits a spreadsheet shows
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, int | timedelta) else ""


def day_number(value: object, first_1904: bool) -> str | None:
    """A day number, such as 46083.354, as ISO text; None when it is no number, or far from our times."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 200_000:
        return None
    at = (DAY_ONE_1904 if first_1904 else DAY_ONE) + timedelta(seconds=round(value * 86_400))
    if not EARLIEST <= at.date() < LATEST:
        return None
    return at.date().isoformat() if float(value).is_integer() else at.isoformat()
