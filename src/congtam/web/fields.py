"""Fields of forms as Vietnamese offices fill them in: days written dd/mm/yyyy, the last day of a stretch, numbers of
decisions, percentages; with messages that say what to write."""

import re
from datetime import date, timedelta
from typing import Any, ClassVar
from unicodedata import normalize

from django import forms
from django.core.exceptions import ValidationError

from congtam.web.words import both

EARLIEST, LATEST = date(1945, 9, 2), date(2200, 1, 1)
_WRITTEN = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})")
NEEDED = both("Chưa điền. Hãy điền ô này.", "This is empty. Fill it in.")
NO_DAY = both(
    "“%(value)s” không phải một ngày có thật. Viết ngày/tháng/năm, ví dụ 01/03/2026.",
    "“%(value)s” is no real day. Write day/month/year, such as 01/03/2026.",
)


class DayField(forms.Field):
    """A day, written dd/mm/yyyy (also yyyy-mm-dd)."""

    widget = forms.TextInput
    default_error_messages: ClassVar = {"required": NEEDED, "no_day": NO_DAY}

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self.widget.attrs.update({"inputmode": "numeric", "autocomplete": "off", "placeholder": "dd/mm/yyyy"})

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        text = str(value).strip()
        match = _WRITTEN.fullmatch(text)
        try:
            day = date(int(match[3]), int(match[2]), int(match[1])) if match else date.fromisoformat(text)
        except ValueError:
            day = None
        if day is None or not EARLIEST <= day <= LATEST:
            raise ValidationError(self.error_messages["no_day"], "no_day", {"value": text[:40]})
        return day

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else value


class LastDayField(DayField):
    """The last day of a stretch as people write it; its value is the day after, the first that no longer counts."""

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        return day + timedelta(days=1) if day else None

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(value - timedelta(days=1) if isinstance(value, date) else value)


class LineField(forms.CharField):
    """One line of text, composed letters and single blanks."""

    default_error_messages: ClassVar = {
        "required": NEEDED,
        "max_length": both(
            "Dài %(show_value)s chữ, quá %(limit_value)s. Viết ngắn lại.",
            "%(show_value)s characters, more than %(limit_value)s. Write it shorter.",
        ),
    }

    def to_python(self, value: Any) -> str:
        return " ".join(normalize("NFC", super().to_python(value)).split())


class DecisionField(LineField):
    """The number and symbol of the document that decides."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("label", both("Số quyết định", "Number of the decision"))
        kwargs.setdefault("max_length", 64)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("placeholder", "12/QĐ-…")


class CodeField(LineField):
    """A code by which sources call something: no blanks."""

    default_error_messages: ClassVar = {
        "blanks": both(
            "Mã không được có dấu cách. Viết liền, ví dụ VP-CV1.", "A code has no blanks. Write it like VP-CV1."
        )
    }

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("max_length", 64)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        code = super().clean(value)
        if " " in code:
            raise ValidationError(self.error_messages["blanks"], "blanks")
        return code


class WordField(forms.ChoiceField):
    """One of a few words."""

    default_error_messages: ClassVar = {
        "required": both("Chưa chọn. Hãy chọn một mục.", "Nothing is chosen. Choose one."),
        "invalid_choice": both(
            "“%(value)s” không có trong danh sách. Hãy chọn một mục trong danh sách.",
            "“%(value)s” is not in the list. Choose one of the list.",
        ),
    }
