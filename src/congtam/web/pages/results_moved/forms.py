"""What is filled in for a result that came from another body, and for the receipt of what was handed over."""

from typing import Any

from django import forms

from congtam.cycles.transfers import LONGEST
from congtam.web.fields import NEEDED, LineField
from congtam.web.pages.task.whom import Choices
from congtam.web.receiving import FileField
from congtam.web.words import both


class CameForm(forms.Form):
    """A month's result by the signed slip of the body that graded it."""

    person = forms.ChoiceField(label=both("Cán bộ", "Official"), error_messages={"required": NEEDED})
    month = LineField(label=both("Tháng (ví dụ 2026-03)", "Month (such as 2026-03)"), max_length=7)
    points = forms.DecimalField(
        label=both("Điểm trên phiếu", "Points on the slip"),
        min_value=0,
        max_digits=6,
        decimal_places=2,
        localize=True,
        error_messages={"required": NEEDED},
    )
    number = LineField(label=both("Số phiếu", "Number of the slip"), max_length=20)
    sender = LineField(label=both("Cơ quan gửi", "Who sent it"), max_length=LONGEST)
    file = FileField(label=both("Phiếu đã ký", "The signed slip"))

    def __init__(self, *args: Any, people: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *people]


class ReceiptForm(forms.Form):
    """The receipt of the national database."""

    receipt = LineField(label=both("Số, mã xác nhận đã nhận", "Receipt"), max_length=64)
