"""What is filled in about a template: what it says, and to whom and when it is given."""

from typing import Any

from django import forms

from congtam.desk.models import EVERY
from congtam.desk.recurring import MOST
from congtam.desk.template_versions import MOST_DAYS, Pattern
from congtam.web.fields import NEEDED, WordField
from congtam.web.pages.exemptions.forms import ManyField
from congtam.web.pages.task.order_forms import Work
from congtam.web.pages.task.whom import Choices
from congtam.web.pages.templates_of_work import words
from congtam.web.words import both

SAYS = ("title", "product", "days", "authority", "instruction", "catalogue")
NOTHING = ("", both("– chọn –", "– choose –"))
NO_NUMBER = both("Hãy viết một số nguyên trong khoảng cho phép.", "Write a whole number within the bounds.")


def _whole(label: Any, least: int, most: int, **told: Any) -> forms.IntegerField:
    wrong = dict.fromkeys(("invalid", "min_value", "max_value"), NO_NUMBER)
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, error_messages={"required": NEEDED, **wrong}, **told
    )


class TemplateForm(Work):
    """What a template says: as for work that is given, but for the day."""

    unit = WordField(label=both("Đơn vị dùng mẫu", "Unit that uses it"))
    days = _whole(both("Số ngày làm việc được làm", "Working days it may take"), 0, MOST_DAYS)

    def __init__(self, *args: Any, units: list[tuple[str, str]] | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        kept = {*SAYS, *({"unit"} if units else ())}
        for name in [name for name in self.fields if name not in kept]:
            del self.fields[name]
        if units:
            field = self.fields["unit"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = units
        self.order_fields(["unit", *SAYS])

    def pattern(self) -> Pattern:
        """What was filled in."""
        return Pattern(**{name: self.cleaned_data[name] for name in SAYS if name in self.cleaned_data})


class ToWhom(forms.Form):
    """To whom a template is given."""

    lead = WordField(label=both("Chủ trì", "Led by"))
    support = ManyField(label=both("Phối hợp", "Supported by"), required=False)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, choices in (("lead", [NOTHING, *people]), ("support", people)):
            field = self.fields[name]
            assert isinstance(field, (forms.ChoiceField, forms.MultipleChoiceField))
            field.choices = choices


class Recur(ToWhom):
    """To whom, and on which day of which period."""

    every = WordField(
        label=both("Giao", "Given"),
        choices=[(one, both(words.EVERY[one].vi, words.EVERY[one].en)) for one in EVERY],
    )
    on = _whole(
        both("Vào ngày làm việc thứ", "On working day number"),
        1,
        max(MOST.values()),
        help_text=both(
            "Tính theo lịch làm việc của cơ quan; kỳ có ít ngày hơn thì giao vào ngày làm việc cuối.",
            "By the site's calendar; where a period has fewer, on its last one.",
        ),
    )


class Nothing(forms.Form):
    """Nothing is filled in: it is only confirmed."""
