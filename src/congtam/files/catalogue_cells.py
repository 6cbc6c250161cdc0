"""Cells of a catalogue as people fill them in: numbers with commas, dates as text, serials or cells of Excel."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any

from congtam.engine.rulebook.catalogue import EARLIEST, LATEST, MOST, words
from congtam.engine.rulebook.model import Text
from congtam.files.catalogue_columns import WORDS, code_of

EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)  # day 0 of a workbook
FARTHEST = 200_000  # days
_NUMBER = re.compile(r"[-−]?\d+(?:[.,](\d+))?")
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")


class CellMistake(ValueError):  # noqa: N818 (it names what a person did)
    """What a cell holds cannot be used: `what` is wrong, and what to write instead."""

    def __init__(self, code: str, what: Text, advice: Text):
        super().__init__(what.en)
        self.code, self.what, self.advice = code, what, advice


def is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def read_number(value: Any) -> Decimal:
    """A number above 0 with at most 2 decimal places; in a text the comma or the point is the decimal sign."""
    if isinstance(value, date | datetime | time | timedelta):
        raise CellMistake(
            "not-a-number",
            Text(
                vi=f"là ngày giờ ({_shown(value)}), không phải số: Excel đã tự đổi số vừa gõ thành ngày",
                en=f"is a date ({_shown(value)}), not a number: Excel changed what was typed",
            ),
            Text(
                vi="đặt định dạng ô là Số (Number) rồi gõ lại, ví dụ 1,5",
                en="format the cell as Number, then type it again, such as 1.5",
            ),
        )
    if isinstance(value, bool) or (isinstance(value, float) and not isfinite(value)):
        raise _no_number(value)
    if isinstance(value, int | float):
        number = Decimal(repr(value))
    else:
        match = _NUMBER.fullmatch("".join(str(value).split()))
        if match is None:
            raise _no_number(value)
        if match[1] and len(match[1]) > 2:
            raise CellMistake(
                "ambiguous-number",
                Text(
                    vi=f"“{_shown(value)}” có thể đọc là hàng nghìn hoặc quá 2 chữ số thập phân",
                    en=f"“{_shown(value)}” may mean thousands, or has more than 2 decimal places",
                ),
                Text(vi="viết không có dấu hàng nghìn, ví dụ 1,5 hoặc 1500", en="write it like 1.5 or 1500"),
            )
        number = Decimal(match[0].replace(",", ".").replace("−", "-"))
    if number > MOST:
        raise CellMistake(
            "too-large",
            Text(vi=f"là {_shown(value)}, quá lớn", en=f"is {_shown(value)}, too large"),
            Text(vi=f"viết số không quá {MOST:,}".replace(",", "."), en=f"write a number of at most {MOST:,}"),
        )
    if number <= 0:
        raise CellMistake(
            "not-positive",
            Text(vi=f"là {_shown(value)}; phải lớn hơn 0", en=f"is {_shown(value)}; it must be above 0"),
            Text(vi="viết số lớn hơn 0, ví dụ 1 hoặc 1,5", en="write a number above 0, such as 1 or 1.5"),
        )
    if number != number.quantize(Decimal("0.01")):
        raise CellMistake(
            "too-precise",
            Text(
                vi=f"là {_shown(value)}; chỉ tính đến 2 chữ số thập phân",
                en=f"is {_shown(value)}; it counts to 2 decimal places only",
            ),
            Text(vi="làm tròn theo văn bản, ví dụ 1,25", en="round it as the text does, such as 1.25"),
        )
    return number


def _no_number(value: Any) -> CellMistake:
    return CellMistake(
        "not-a-number",
        Text(vi=f"là “{_shown(value)}”, không phải số", en=f"is “{_shown(value)}”, no number"),
        Text(vi="chỉ viết số, ví dụ 1,5 hoặc 1.5", en="write the number alone, such as 1.5"),
    )


def read_day(value: Any, since_1904: bool = False) -> date:
    """A day: a cell of Excel, the number of a day, or a text dd/mm/yyyy or yyyy-mm-dd."""
    day = _day(value, since_1904)
    if day is not None and EARLIEST <= day <= LATEST:
        return day
    raise CellMistake(
        "not-a-day",
        Text(vi=f"là “{_shown(value)}”, không phải một ngày có thật", en=f"is “{_shown(value)}”, no real day"),
        Text(
            vi="viết ngày/tháng/năm đủ bốn chữ số, ví dụ 01/03/2026",
            en="write day/month/year with four digits, such as 01/03/2026",
        ),
    )


def _day(value: Any, since_1904: bool) -> date | None:
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else None
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return _written_day(value.strip())
    if isinstance(value, int | float) and 0 < value < FARTHEST and value == int(value):
        return (EPOCH_1904 if since_1904 else EPOCH) + timedelta(days=int(value))
    return None


def _written_day(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else date.fromisoformat(text)
    except ValueError:
        return None


def read_text(value: Any) -> str:
    """A text as it is kept. A whole number is its digits; a date is told, for it was none when it was typed."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        value = f"{int(value)}" if isfinite(value) and value == int(value) else repr(value)
    if isinstance(value, bool | date | time | timedelta):
        raise CellMistake(
            "not-a-text",
            Text(
                vi=f"là {_shown(value)}: Excel đã tự đổi chữ vừa gõ",
                en=f"is {_shown(value)}: Excel changed what was typed",
            ),
            Text(vi="đặt định dạng ô là Văn bản (Text) rồi gõ lại", en="format the cell as Text, then type it again"),
        )
    try:
        return str(words(value))
    except ValueError as error:
        raise CellMistake(
            "bad-text",
            Text(vi="có ký tự lạ, chỉ có ký tự ẩn, hoặc dài quá 1000 chữ", en=f"cannot be kept: {error}"),
            Text(vi="xóa trắng ô rồi gõ lại", en="empty the cell and type it again"),
        ) from None


def read_word(what: str, value: Any) -> str:
    """The code of a word out of a short list: a unit of time, a certainty, a status."""
    code = code_of(what, str(value))
    if code is None:
        known = ", ".join(f"“{word}”" for word in WORDS[what].values())
        raise CellMistake(
            "unknown-word",
            Text(vi=f"là “{_shown(value)}”, không có trong danh sách", en=f"is “{_shown(value)}”, not in the list"),
            Text(vi=f"chọn một trong: {known}", en=f"choose one of {known}"),
        )
    return code


def _shown(value: Any) -> str:
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return f"{value:.15g}"
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else text[:39] + "…"
