"""Forms of incidents and exemptions."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from congtam.engine.periods import VIETNAM
from congtam.web.fields import NEEDED, DayField, DecisionField, LineField, WordField
from congtam.web.pages.exemptions import words
from congtam.web.words import both

Choices = Iterable[tuple[str, Any]]
_TIME = re.compile(r"\b(\d{1,2})\s*(?::|h|giờ)\s*(\d{2})?\b")


class MomentField(DayField):
    """An instant, written hh:mm dd/mm/yyyy (the hour may come last), in Vietnam."""

    default_error_messages: ClassVar = {
        "no_time": both(
            "“%(value)s” không có giờ hợp lệ. Viết giờ rồi ngày, ví dụ 07:30 12/06/2026.",
            "“%(value)s” names no hour of a day. Write the hour, then the day, such as 07:30 12/06/2026.",
        )
    }

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self.widget.attrs.update({"placeholder": "hh:mm dd/mm/yyyy", "inputmode": "text"})

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or isinstance(value, datetime):
            return value or None
        text = str(value).strip()
        match = _TIME.search(text)
        try:
            hour = time(int(match[1]), int(match[2] or 0)) if match else None
        except ValueError:
            hour = None
        if match is None or hour is None:
            raise ValidationError(self.error_messages["no_time"], "no_time", {"value": text[:40]})
        day = super().to_python((text[: match.start()] + text[match.end() :]).strip())
        if not isinstance(day, date):
            raise ValidationError(self.error_messages["no_day"], "no_day", {"value": text[:40]})
        return datetime.combine(day, hour, VIETNAM)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if isinstance(value, datetime) else value


class ManyField(forms.MultipleChoiceField):
    """Several of a list, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages: ClassVar = {
        "required": both("Chưa chọn mục nào. Hãy chọn ít nhất một mục.", "Nothing is chosen. Choose at least one."),
        "invalid_choice": both(
            "Có mục không còn trong danh sách. Hãy mở lại trang rồi chọn lại.",
            "Something chosen is no longer in the list. Open the page again, then choose.",
        ),
    }


def _long(label: Any, **kwargs: Any) -> forms.CharField:
    told = {"required": NEEDED}
    return forms.CharField(
        label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": "3"}), error_messages=told, **kwargs
    )


class IncidentForm(forms.Form):
    """An incident, or its correction."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = WordField(label=both("Loại sự cố", "Kind of incident"))
    title = LineField(
        label=both("Tên sự cố", "Name of the incident"),
        max_length=120,
        help_text=both(
            "Hiện trong sổ cái của từng đồng hồ bị dừng, ví dụ: Bão số 5.",
            "Stands in the ledger of every clock it stops, such as: Storm no. 5.",
        ),
    )
    units = ManyField(
        label=both("Đơn vị bị ảnh hưởng", "Units it struck"),
        help_text=both(
            "Gồm cả các đơn vị bên dưới. Chọn cơ quan là chọn tất cả.",
            "With all units below. Choosing the agency chooses all.",
        ),
    )
    first = MomentField(label=both("Bắt đầu", "From"))
    until = MomentField(
        label=both("Kết thúc", "To"),
        required=False,
        help_text=both("Để trống khi chưa kết thúc; ghi sau bằng cách sửa.", "Leave it blank while it lasts."),
    )
    decision = DecisionField()
    decided_on = DayField(label=both("Ngày ký", "Signed on"))
    reason = _long(both("Lý do, diễn biến", "Reason"))

    def __init__(self, *args: Any, units: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        kind, listed = self.fields["kind"], self.fields["units"]
        assert isinstance(kind, forms.ChoiceField) and isinstance(listed, forms.ChoiceField)
        kind.choices = [(code, both(text.vi, text.en)) for code, text in words.KINDS.items()]
        listed.choices = list(units)


class WhyForm(forms.Form):
    """Something is taken back."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = _long(both("Lý do rút", "Why it is taken back"))


class ExemptForm(forms.Form):
    """Faults and shares that are not to count."""

    viec = forms.IntegerField(widget=forms.HiddenInput)
    chosen = ManyField(label=both("Không tính những mục sau", "What is not to count"))
    decision = DecisionField(label=both("Số văn bản của người có thẩm quyền", "Number of the authority's document"))
    decided_on = DayField(label=both("Ngày ký", "Signed on"))
    reason = _long(both("Lý do", "Reason"))

    def __init__(self, *args: Any, groups: Iterable[tuple[str, list[tuple[str, str]]]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["chosen"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(label, list(lines)) for label, lines in groups]
