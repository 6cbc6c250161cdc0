"""Figures, instants and codes as people read them: decimal comma and dd/mm/yyyy in Vietnamese."""

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction

from congtam.engine.facts.tables import Facts
from congtam.engine.periods import VIETNAM
from congtam.engine.scoring.points import POINT, half_up, rounded


def decimal(micro: int, places: int, lang: str) -> str:
    """Millionths as a figure with so many places, half up."""
    shown = rounded(micro, places)
    sign, shown = ("−" if shown < 0 else ""), abs(shown)
    text = f"{shown // POINT}"
    if places:
        text += f".{shown % POINT:06d}"[: places + 1]
    return sign + (text if lang == "en" else text.replace(".", ","))


def points(micro: int | None, lang: str, places: int = 2) -> str:
    """Points, or a dash where there are none."""
    return "–" if micro is None else decimal(micro, places, lang)


def signed(micro: int, lang: str, places: int = 2) -> str:
    """A difference in points, always with its sign."""
    text = decimal(micro, places, lang)
    return text if text.startswith("−") else f"+{text}"


def figure(value: Fraction | None, unit: str, lang: str) -> str:
    """An indicator's value in its unit."""
    if value is None:
        return "–"
    if unit in ("percent", "points", "rate"):
        return f"{decimal(half_up(value * 100 * POINT), 2, lang)} %"
    if unit == "minutes":
        return span(int(value), lang)
    return decimal(half_up(value * POINT), 0 if value.denominator == 1 else 2, lang)


def span(minutes: int, lang: str) -> str:
    """A stretch of time in its two largest units, such as 2 ngày 3 giờ."""
    days, hours = minutes // 1440, minutes % 1440 // 60
    day, hour, minute = ("days", "hours", "minutes") if lang == "en" else ("ngày", "giờ", "phút")
    if days:
        return f"{days} {day} {hours} {hour}"
    return f"{hours} {hour} {minutes % 60} {minute}" if hours else f"{minutes} {minute}"


def scaled(value: int, scale: int, lang: str) -> str:
    """A whole number of 10^-scale as a figure with at most two places."""
    exact = half_up(Fraction(value, 10**scale) * POINT)
    return decimal(exact, 0 if exact % POINT == 0 else 2, lang)


def moment(instant: datetime, lang: str) -> str:
    """An instant in Vietnam, such as 17:00 05/11/2026; midnight is told as 24:00 of the day that ended."""
    local = instant.astimezone(VIETNAM)
    if (local.hour, local.minute) == (0, 0):
        return f"24:00 {local - timedelta(days=1):%d/%m/%Y}"
    return f"{local:%H:%M %d/%m/%Y}"


def moment_in_words(instant: datetime, lang: str) -> str:
    """An instant in a sentence, such as 24 giờ 00 ngày 31/10/2026."""
    hour, day = moment(instant, lang).split()
    return f"{hour} on {day}" if lang == "en" else f"{hour.replace(':', ' giờ ')} ngày {day}"


def dated(day: date) -> str:
    """A day as Decree 30/2020 writes it: a nought before a day below ten, and before January and February only."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day:%d} tháng {month} năm {day.year}"


_LETTERS = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng


def name_key(name: str) -> tuple[list[list[int]], list[list[int]]]:
    """The order of Vietnamese names: given name (the last word), then family and middle names; letters before tones."""
    words = name.split()
    ordered = [words[-1], *words[:-1]] if words else []
    return [_letters(word) for word in ordered], [_tones(word) for word in ordered]


def _letters(word: str) -> list[int]:
    plain = unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFD", word) if c not in _TONES))
    return [_LETTERS.get(c, 100 + ord(c)) for c in plain.lower()]


def _tones(word: str) -> list[int]:
    return [_TONES.index(c) for c in unicodedata.normalize("NFD", word) if c in _TONES]


def names(facts: Facts) -> Mapping[tuple[str, str], str]:
    """What codes are called, by kind and code."""
    return facts.named
