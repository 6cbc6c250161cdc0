"""The form by which a rater from outside is admitted, and the one by which that ends."""

from collections.abc import Iterable
from typing import Any

from django import forms

from congtam.web.fields import CodeField, DayField, DecisionField, LastDayField, WordField
from congtam.web.words import both

Choices = Iterable[tuple[str, str]]


class AdmitForm(forms.Form):
    """Who marks whom, on what, by which decision, from when to when."""

    rater = CodeField(
        label=both("Mã cán bộ của người chấm", "Code of the rater"),
        help_text=both(
            "Người này đăng nhập bằng tài khoản của mình và mở trang Chấm điểm.",
            "They sign in with their own account and open the rating page.",
        ),
    )
    whom = WordField(label=both("Chấm cho", "Marks"))
    criteria = forms.MultipleChoiceField(
        label=both("Tiêu chí", "Criteria"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=both("Không chọn là mọi tiêu chí.", "None chosen: all."),
    )
    first = DayField(label=both("Từ ngày", "From"))
    until = LastDayField(label=both("Đến hết ngày", "Up to and with"))
    decision = DecisionField()

    def __init__(self, *args: Any, whom: Iterable[tuple[str, list[tuple[str, str]]]], criteria: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field, on = self.fields["whom"], self.fields["criteria"]
        assert isinstance(field, forms.ChoiceField) and isinstance(on, forms.MultipleChoiceField)
        field.choices = [("", both("– chọn –", "– choose –")), *whom]
        on.choices = list(criteria)


class EndForm(forms.Form):
    """The last day of an admission."""

    until = LastDayField(label=both("Ngày cuối cùng còn chấm", "Last day of marking"))
