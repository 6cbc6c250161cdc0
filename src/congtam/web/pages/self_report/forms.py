"""What is filled in for a claim: on which criterion, what, and who or which document shows it."""

from collections.abc import Iterable
from typing import Any

from django import forms

from congtam.engine.scoring.points import POINT
from congtam.ratings.asked import Criterion
from congtam.web.fields import NEEDED
from congtam.web.pages.task.act_forms import long_text
from congtam.web.pages.task.whom import Choices
from congtam.web.receiving import FileField
from congtam.web.words import both


class ClaimForm(forms.Form):
    """One claim. A mark of one's own is asked for only where the scorecard asks people to mark themselves."""

    criterion = forms.ChoiceField(label=both("Tiêu chí", "Criterion"), error_messages={"required": NEEDED})
    text = long_text("Việc đã làm mà số liệu chưa cho thấy", "What you did that the data do not show")
    to = forms.ChoiceField(
        label=both("Người xác nhận được", "Who can confirm it"),
        help_text=both("Chọn người, hoặc đính kèm tệp.", "Choose somebody, or add a file."),
        required=False,
    )
    file = FileField(label=both("Minh chứng", "Evidence"), required=False)
    mark = forms.DecimalField(
        label=both("Điểm tự chấm", "Your own mark"), min_value=0, decimal_places=2, max_digits=5, required=False
    )

    def __init__(self, *args: Any, criteria: Iterable[Criterion], people: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        asked = list(criteria)
        self._own = {one.criterion: one.most for one in asked if one.stage == "self"}
        named = {one.criterion: (one.criterion, both(one.title.vi, one.title.en)) for one in asked}
        for name, choices in (("criterion", list(named.values())), ("to", list(people))):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "–"), *choices]
        if len(named) == 1:
            self.initial.setdefault("criterion", next(iter(named)))
        if not self._own:
            del self.fields["mark"]

    def clean(self) -> dict[str, Any]:
        """A mark belongs to a criterion one marks oneself on, and is no more than it allows."""
        told = super().clean() or {}
        mark, most = told.get("mark"), self._own.get(told.get("criterion", ""))
        if mark is not None and (most is None or mark * POINT > most):
            self.add_error(
                "mark",
                both(
                    "Tiêu chí này không tự chấm, hoặc điểm vượt mức tối đa. Hãy để trống hoặc ghi lại.",
                    "This criterion is not marked by yourself, or the mark is above the most. Leave it, or mend it.",
                ),
            )
        return told
