"""Forms about persons, posts, spells, absences and delegations."""

from collections.abc import Iterable
from typing import Any

from django import forms

from congtam.people.sheet_columns import AWAY, DUTIES, EXTRA
from congtam.web.fields import CodeField, DayField, DecisionField, LastDayField, LineField, WordField
from congtam.web.pages.organisation.words import STAFF_CHOICES, choices
from congtam.web.words import both

Choices = Iterable[tuple[str, object]]
_LAST_HINT = both("Ngày cuối cùng còn tính. Bỏ trống: chưa định ngày.", "The last day that counts. Blank: not decided.")


class PersonForm(forms.Form):
    """What a person is called and how they are reached."""

    full_name = LineField(label=both("Họ và tên", "Full name"), max_length=120)
    honorific = WordField(
        label=both("Ông/Bà", "Form of address"),
        required=False,
        choices=[("", both("(không ghi)", "(none)")), ("Ông", "Ông"), ("Bà", "Bà")],
    )
    email = forms.EmailField(
        label=both("Thư điện tử công vụ", "Official e-mail"),
        required=False,
        error_messages={"invalid": both("Viết như ten@coquan.gov.vn.", "Write it like name@agency.gov.vn.")},
    )
    phone = LineField(label=both("Điện thoại", "Telephone"), required=False, max_length=32)


class NewPersonForm(PersonForm):
    """A person who is not here yet."""

    code = CodeField(
        label=both("Mã cán bộ", "Code of the official"),
        help_text=both(
            "Cách các nguồn dữ liệu gọi người này. Không dùng lại mã cũ cho người khác.",
            "What data sources call this person. Never give an old code to somebody else.",
        ),
    )
    field_order = ("code", "full_name", "honorific", "email", "phone")


class PostForm(forms.Form):
    """What a post is from a day on."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = LineField(label=both("Tên vị trí", "Title of the post"), max_length=120)
    unit = WordField(label=both("Đơn vị", "Unit"))
    duty_group = WordField(label=both("Nhóm nhiệm vụ", "Duty group"))
    leads = forms.BooleanField(
        required=False, label=both("Người giữ vị trí đứng đầu đơn vị", "Whoever holds it heads the unit")
    )
    rank = forms.IntegerField(
        label=both("Thứ tự trong danh sách", "Place in lists"),
        initial=100,
        min_value=0,
        max_value=9999,
        help_text=both("Số nhỏ đứng trước.", "The smaller comes first."),
    )
    functions = forms.MultipleChoiceField(
        label=both("Việc được giao thêm", "Functions beside it"),
        required=False,
        choices=choices(EXTRA),
        widget=forms.CheckboxSelectMultiple,
    )
    first = DayField(label=both("Có hiệu lực từ ngày", "In force from"))
    until = LastDayField(label=both("Đến hết ngày", "Last day"), required=False, help_text=_LAST_HINT)

    def __init__(self, *args: Any, units: Choices, duty_group: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = list(units)
        self.fields["duty_group"].choices = choices(DUTIES, duty_group)


class NewPostForm(PostForm):
    """A post that does not exist yet."""

    code = CodeField(label=both("Mã vị trí", "Code of the post"), help_text=both("Ví dụ VP-CV1.", "Such as VP-CV1."))
    field_order = ("code", "title", "unit", "duty_group", "leads", "rank", "functions", "first", "until")


class SpellForm(forms.Form):
    """A person in a post, from–to, by a decision."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    post = WordField(label=both("Vị trí", "Post"))
    staff_kind = WordField(label=both("Loại cán bộ", "Kind of staff"), choices=STAFF_CHOICES)
    first = DayField(label=both("Từ ngày", "First day"))
    until = LastDayField(label=both("Đến hết ngày", "Last day"), required=False, help_text=_LAST_HINT)
    decision = DecisionField()

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = list(posts)


class EndSpellForm(forms.Form):
    """A person leaves a post."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    until = LastDayField(
        label=both("Ngày cuối cùng giữ vị trí", "Last day in the post"),
    )
    decision = DecisionField()


class ReasonForm(forms.Form):
    """Taking a row back: why."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = LineField(label=both("Lý do", "Reason"), max_length=200)


class AbsenceForm(forms.Form):
    """A person is away."""

    kind = WordField(label=both("Lý do vắng", "Why away"), choices=choices(AWAY))
    first = DayField(label=both("Từ ngày", "First day"))
    until = LastDayField(label=both("Đến hết ngày", "Last day"))
    decision = DecisionField(required=False, label=both("Văn bản cho nghỉ (nếu có)", "Document, when there is one"))


class DelegationForm(forms.Form):
    """A head lets another person act as head of a unit."""

    unit = WordField(label=both("Đơn vị được ủy quyền điều hành", "Unit"))
    receiver = WordField(label=both("Người nhận ủy quyền", "Who receives it"))
    first = DayField(label=both("Từ ngày", "First day"))
    until = LastDayField(label=both("Đến hết ngày", "Last day"))
    decision = DecisionField()

    def __init__(self, *args: Any, units: Choices, receivers: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = list(units)
        self.fields["receiver"].choices = list(receivers)


class EndDelegationForm(forms.Form):
    """A delegation ends before its time."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    until = LastDayField(label=both("Ngày ủy quyền cuối cùng", "Last day of the delegation"))
