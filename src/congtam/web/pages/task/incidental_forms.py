"""What is filled in for work that came up, an initiative, or secret work told by count only."""

from datetime import date
from typing import Any

from django import forms

from congtam.desk.incidental import MOST
from congtam.engine.periods import Period, PeriodKind
from congtam.web.fields import NEEDED, LineField, WordField
from congtam.web.pages.task.act_forms import long_text
from congtam.web.pages.task.whom import Choices
from congtam.web.pages.task.words import KINDS
from congtam.web.words import both

BACK = 3  # months back for which secret work may still be told


class _Confirmed(forms.Form):
    """Something another named person confirms."""

    to = forms.ChoiceField(error_messages={"required": NEEDED})

    def __init__(self, *args: Any, people: Choices, proposed: int | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *people]
        self.initial.setdefault("to", str(proposed or ""))


class CameUp(_Confirmed):
    """Work that came up, done now: the button says of which kind."""

    text = LineField(
        label=both("Nội dung (để trống thì ghi loại việc)", "What it was (empty: the kind says it)"),
        max_length=400,
        required=False,
    )
    kind = WordField(choices=[(one, both(text.vi, text.en)) for one, text in KINDS.items()], widget=forms.HiddenInput)
    field_order = ("text", "to")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["to"].label = both("Người xác nhận", "Who confirms it")


class Initiative(_Confirmed):
    """An initiative, and who may have it recognised."""

    title = LineField(label=both("Tên sáng kiến", "What it is called"), max_length=400)
    text = long_text("Nội dung và hiệu quả", "What it is and what it brings")
    field_order = ("title", "text", "to")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["to"].label = both("Gửi người xem xét công nhận", "Who may have it recognised")


class Secret(_Confirmed):
    """Secret work of a month: how much, and how much of it in time. Never what."""

    month = forms.ChoiceField(label=both("Tháng", "Month"), error_messages={"required": NEEDED})
    number = forms.IntegerField(
        label=both("Số việc mật đã xong", "How many were done"), min_value=1, max_value=MOST,
        error_messages={"required": NEEDED},
    )  # fmt: skip
    in_time = forms.IntegerField(
        label=both("Trong đó đúng hạn", "Of these in time"), min_value=0, max_value=MOST,
        error_messages={"required": NEEDED},
    )  # fmt: skip
    field_order = ("month", "number", "in_time", "to")

    def __init__(self, *args: Any, today: date, lang: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["to"].label = both("Người xác nhận", "Who confirms it")
        month, offered = Period.of(PeriodKind.MONTH, today), []
        for _ in range(BACK):
            month = month.previous()
            offered.append((month.label, month.title(lang).capitalize()))
        field = self.fields["month"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = offered
