"""What is filled in about a meeting: when and with whom, each conclusion, who took part."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from congtam.engine.working_time import Calendar
from congtam.meetings.concluding import LONGEST, Point
from congtam.meetings.models import KINDS
from congtam.web.fields import NEEDED, DayField, LineField, WordField
from congtam.web.pages.exemptions.forms import ManyField, MomentField
from congtam.web.pages.meetings import words
from congtam.web.pages.task.whom import Choices
from congtam.web.words import both

People = list[tuple[str, str]]
RECORD, PERSON, UNIT = "-", "p", "u"
NOTHING = ("", both("– chọn –", "– choose –"))
WHY = both("Lý do", "Reason")
TOGETHER = both("Người dự", "Who takes part")


def _chosen(form: forms.Form, name: str, choices: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, (forms.ChoiceField, forms.MultipleChoiceField))
    field.choices = choices


class CallForm(forms.Form):
    """A meeting that is called."""

    kind = WordField(
        label=both("Loại phiên họp", "Kind of meeting"),
        choices=[(one, both(words.KINDS[one].vi, words.KINDS[one].en)) for one in KINDS],
    )
    at = MomentField(label=both("Bắt đầu lúc", "Begins at"))
    chair = WordField(label=both("Chủ trì", "Chaired by"))
    next_on = DayField(
        label=both("Ngày họp phiên sau", "Day of the next meeting"),
        required=False,
        help_text=both(
            "Để trống: một tuần hoặc một tháng sau. Chương trình nêu việc đến hạn đến hết ngày này.",
            "Empty: a week or a month later. The agenda names what is due up to that day.",
        ),
    )
    taking_part = ManyField(label=TOGETHER)

    def __init__(self, *args: Any, people: People, **kwargs: Any):
        super().__init__(*args, **kwargs)
        _chosen(self, "chair", people)
        _chosen(self, "taking_part", people)


class ConcludeForm(forms.Form):
    """A conclusion: who does what by when, and what is handed over; or only for the record."""

    text = LineField(label=both("Kết luận (việc phải làm)", "Conclusion (what is to be done)"), max_length=LONGEST)
    who = WordField(label=both("Giao cho", "For whom"))
    due = DayField(label=both("Hạn: hết giờ làm việc ngày", "Due by the end of office hours on"), required=False)
    product = LineField(label=both("Sản phẩm phải có", "What is to be handed over"), max_length=400, required=False)
    why = LineField(label=both("Lý do bổ sung sau phiên họp", "Why it is added afterwards"), max_length=400)

    def __init__(self, *args: Any, people: Choices, units: Choices, closed: bool, calendar: Calendar, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.calendar = calendar
        if not closed:
            del self.fields["why"]
        marked = [
            (name, [(f"{mark}{number}", label) for number, label in those])
            for mark, choices in ((PERSON, people), (UNIT, units))
            for name, those in choices
        ]
        record = (RECORD, both("Chỉ ghi lại, không giao việc", "On record only: no task"))
        _chosen(self, "who", [NOTHING, record, *marked])

    def clean(self) -> dict[str, Any]:
        """A task says by when and what."""
        told = super().clean() or self.cleaned_data
        if told.get("who") not in (None, RECORD):
            for name in ("due", "product"):
                if name in told and not told[name]:
                    self.add_error(name, ValidationError(NEEDED, "required"))
        return told

    def point(self) -> Point:
        """What was filled in."""
        told = self.cleaned_data
        who, due = told["who"], told["due"]
        if who == RECORD:
            return Point(told["text"], task=False)
        number, by = int(who[1:]), self.calendar.close_of(due)
        person, unit = (number, None) if who[0] == PERSON else (None, number)
        return Point(told["text"], person, unit, by, told["product"])


class TextForm(forms.Form):
    """Other words for a conclusion."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    text = LineField(label=both("Kết luận", "Conclusion"), max_length=LONGEST)
    why = LineField(label=WHY, max_length=400)


class WhyForm(forms.Form):
    """Why something no longer stands."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    why = LineField(label=WHY, max_length=400)


class AttendedForm(forms.Form):
    """Who took part."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    attended = ManyField(label=both("Người đã dự họp", "Who took part"))

    def __init__(self, *args: Any, people: People, **kwargs: Any):
        super().__init__(*args, **kwargs)
        _chosen(self, "attended", people)


class CorrectAttendedForm(AttendedForm):
    """Others took part than was written."""

    why = LineField(label=WHY, max_length=400)
