"""The filters of a register, as they stand in its address."""

from collections.abc import Iterable
from typing import Any

from django import forms

from congtam.registers.queries import Filters
from congtam.web.fields import DayField, LastDayField, LineField, WordField
from congtam.web.pages.registers import words
from congtam.web.pages.task.words import URGENCY
from congtam.web.words import both


class Narrow(forms.Form):
    """What a register is narrowed to; what makes no sense narrows nothing."""

    q = LineField(
        label=both("Tìm số, ký hiệu, trích yếu, nơi gửi", "Number, symbol, words"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    nam = WordField(label=both("Năm", "Year"), required=False)
    tt = WordField(label=both("Trạng thái", "State"), required=False)
    khan = WordField(label=both("Độ khẩn", "Urgency"), required=False)
    tu = DayField(label=both("Từ ngày", "From"), required=False)
    den = LastDayField(label=both("Đến ngày", "Until"), required=False)

    def __init__(self, *args: Any, direction: str, years: Iterable[int], **kwargs: Any):
        super().__init__(*args, auto_id="loc-%s", **kwargs)
        self.direction = direction
        everything = [("", both("Tất cả", "All"))]
        states = {one: words.STATES[one] for one in words.OF[direction]}
        self.fields["nam"].choices = [*everything, *((str(year), str(year)) for year in years)]
        self.fields["tt"].choices = everything + words.choices(states)
        self.fields["khan"].choices = everything + words.choices(URGENCY)

    def filters(self) -> Filters:
        """What was chosen."""
        self.is_valid()
        told = self.cleaned_data
        return Filters(
            direction=self.direction,
            year=int(told["nam"]) if told.get("nam") else None,
            first=told.get("tu"),
            until=told.get("den"),
            state=told.get("tt") or "",
            urgency=told.get("khan") or "",
            text=told.get("q") or "",
        )

    def said(self) -> list[tuple[str, str]]:
        """The filters that narrow, label and value."""
        found = []
        for name, field in self.fields.items():
            value = self.data.get(name, "") if self.cleaned_data.get(name) else ""
            if value:
                shown = dict(getattr(field, "choices", ())).get(value, value)
                found.append((str(field.label), str(shown)))
        return found
