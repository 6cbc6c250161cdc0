"""What each deed on a piece of work asks for, in one small form."""

from datetime import date, datetime
from typing import Any

from django import forms

from congtam.desk.models import CAUSES as DECLARED
from congtam.engine.working_time import Calendar
from congtam.web.fields import NEEDED, DayField, DecisionField, LineField, WordField
from congtam.web.pages.task.whom import Choices
from congtam.web.pages.task.words import CAUSES, MARKS
from congtam.web.words import both

LONG = 4000
LATER = ("wanted", "until")  # the lines in which a deed names a later deadline


def long_text(vi: str, en: str, *, needed: bool = True) -> forms.CharField:
    """A text of some lines."""
    return forms.CharField(
        label=both(vi, en),
        max_length=LONG,
        required=needed,
        widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={"required": NEEDED},
    )


def mark_field() -> WordField:
    """A mark from 1 to 5, or none."""
    marks = [(one, both(text.vi, text.en)) for one, text in MARKS.items()]
    return WordField(
        label=both("Chấm chất lượng (không bắt buộc)", "Mark (optional)"),
        choices=[("", both("không chấm", "none")), *marks],
        required=False,
    )


class Act(forms.Form):
    """A deed; `calendar` says when the office hours of a day end, `people` who may be chosen."""

    def __init__(self, *args: Any, calendar: Calendar, people: Choices = (), **kwargs: Any):  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        self.calendar = calendar
        receiver = self.fields.get("receiver")
        if isinstance(receiver, forms.ChoiceField):
            receiver.choices = [("", "–"), *people]

    def instant(self, name: str) -> datetime:
        """The end of the office hours of the day in a field that must be filled in."""
        day: date = self.cleaned_data[name]
        return self.calendar.close_of(day)

    def instant_if_any(self, name: str) -> datetime | None:
        """The same of a field that may be left empty."""
        return self.instant(name) if self.cleaned_data.get(name) else None


class Plain(Act):
    """A deed that needs no words."""


class Report(Act):
    text = long_text("Đã làm đến đâu", "How far it is")


class Deliver(Act):
    text = long_text("Sản phẩm giao nộp (số văn bản, nơi lưu)", "What is delivered (its number, where it lies)")


class Why(Act):
    why = long_text("Lý do", "Why")


class AskTime(Act):
    wanted = DayField(label=both("Xin đến hết ngày", "Until the end of"))
    cause = WordField(
        label=both("Nguyên nhân", "Cause"),
        choices=[(one, both(CAUSES[one].vi, CAUSES[one].en)) for one in DECLARED],
        widget=forms.RadioSelect,
    )
    why = long_text("Lý do cụ thể", "Why")
    proof = LineField(
        label=both("Văn bản xác nhận (nếu có)", "Document that confirms it (if any)"), max_length=120, required=False
    )


class PassOn(Act):
    receiver = forms.ChoiceField(label=both("Người nhận", "Receiver"), error_messages={"required": NEEDED})
    why = long_text("Lý do", "Why")


class Extend(Act):
    until = DayField(label=both("Hạn mới: hết ngày", "New deadline: the end of"))
    why = long_text("Lý do", "Why")
    decision = DecisionField(
        label=both("Số văn bản cho phép (bắt buộc khi đã quá hạn)", "Document that allows it (a must after expiry)"),
        required=False,
    )


class Rate(Act):
    mark = WordField(
        label=both("Chấm việc phối hợp", "Mark of the help given"),
        choices=[(one, both(text.vi, text.en)) for one, text in MARKS.items()],
        widget=forms.RadioSelect,
    )
