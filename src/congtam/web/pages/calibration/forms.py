"""The form of a committee."""

from typing import Any

from django import forms

from congtam.calibration.models import CHAIR, MEMBER, SECRETARY
from congtam.web.fields import DayField, DecisionField, WordField
from congtam.web.words import both


class CommitteeForm(forms.Form):
    """The committee as its founding decision says; the numbers are conventions, for the decision to change."""

    number = DecisionField(label=both("Số quyết định thành lập", "Number of the founding decision"))
    first = DayField(label=both("Từ ngày", "From"))
    chair = WordField(label=both("Chủ tịch", "Chair"))
    secretary = WordField(label=both("Thư ký", "Secretary"))
    members = forms.MultipleChoiceField(
        label=both("Các thành viên khác", "Other members"), widget=forms.CheckboxSelectMultiple, required=False
    )
    top = forms.IntegerField(
        label=both("Có mặt ít nhất: tử số", "Present at least: numerator"), min_value=1, max_value=99, initial=2
    )
    bottom = forms.IntegerField(label=both("mẫu số", "denominator"), min_value=1, max_value=99, initial=3)
    chair_settles = forms.BooleanField(
        label=both("Số phiếu bằng nhau thì theo phiếu của Chủ tịch", "The chair's vote settles a tie"),
        required=False,
        initial=True,
    )
    leaves_for_below = forms.BooleanField(
        label=both("Rời phiên khi xét người mình phụ trách", "Members leave for those they head"), required=False
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("chair", "secretary", "members"):
            self.fields[name].choices = people if name == "members" else [("", "—"), *people]

    def members_chosen(self) -> dict[int, str]:
        """Everybody chosen with their role."""
        told = self.cleaned_data
        found = {int(one): MEMBER for one in told["members"]}
        return {int(told["chair"]): CHAIR, int(told["secretary"]): SECRETARY} | {
            one: role for one, role in found.items() if str(one) not in (told["chair"], told["secretary"])
        }
