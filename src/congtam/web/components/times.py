"""Instants as people say them to each other: 17:00 hôm nay, 17:00 thứ Sáu, 17:00 ngày 05/12."""

from datetime import datetime, timedelta

from congtam.engine.periods import VIETNAM

_DAYS_VI = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBERS_VI = ("Không", "Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười")
_NUMBERS_EN = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
A_WEEK = 7


def spoken(instant: datetime, now: datetime, lang: str) -> str:
    """An instant near `now` by its day of the week, others by their date; midnight is 24:00 of the day that ended."""
    local = instant.astimezone(VIETNAM)
    time = f"{local:%H:%M}"
    if time == "00:00":
        local, time = local - timedelta(minutes=1), "24:00"
    away = (local.date() - now.astimezone(VIETNAM).date()).days
    if away == 0:
        return f"{time} today" if lang == "en" else f"{time} hôm nay"
    if away in (1, -1):
        name = {1: ("ngày mai", "tomorrow"), -1: ("hôm qua", "yesterday")}[away][lang == "en"]
        return f"{time} {name}"
    if 0 < away < A_WEEK:
        return f"{time} {(_DAYS_EN if lang == 'en' else _DAYS_VI)[local.weekday()]}"
    same_year = local.year == now.astimezone(VIETNAM).year
    day = f"{local:%d/%m}" if same_year else f"{local:%d/%m/%Y}"
    return f"{time} on {day}" if lang == "en" else f"{time} ngày {day}"


def counted(n: int, lang: str) -> str:
    """A number that begins a sentence, in words up to ten."""
    words = _NUMBERS_EN if lang == "en" else _NUMBERS_VI
    return words[n] if 0 <= n < len(words) else str(n)
