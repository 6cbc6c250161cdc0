"""Forms of retention."""

from typing import Any

from django import forms

from congtam.engine.findings import Unusable
from congtam.engine.periods import Period
from congtam.retention.kinds import KINDS
from congtam.web.fields import NEEDED, CodeField, DayField, DecisionField, LineField, WordField
from congtam.web.words import both

ALL = both("mọi thứ", "everything")
NO_PERIOD = both(
    "Chưa đúng cách ghi kỳ. Ghi như 2026-10 (tháng), 2026-Q4 (quý), 2026-H2 (nửa năm) hoặc 2026 (năm).",
    "This is no period. Write 2026-10 (a month), 2026-Q4 (a quarter), 2026-H2 (a half-year) or 2026 (a year).",
)


class TermForm(forms.Form):
    """For how long a kind of thing is kept."""

    years = forms.IntegerField(
        label=both("Số năm lưu giữ", "Years kept"), min_value=1, max_value=100, error_messages={"required": NEEDED}
    )
    act = LineField(label=both("Văn bản làm căn cứ", "Act it rests on"), max_length=200)
    article = LineField(label=both("Điều, khoản, mục", "Article"), max_length=120)
    number = DecisionField()
    first = DayField(label=both("Áp dụng từ ngày", "From"))


class HoldForm(forms.Form):
    """What may not be erased for the time being."""

    kind = WordField(label=both("Tạm giữ", "Hold"), required=False)
    code = CodeField(
        label=both("Mã cán bộ (để trống: mọi người)", "Code of a person (blank: everybody)"), required=False
    )
    period = forms.CharField(
        label=both("Kỳ, như 2026-10 (để trống: mọi kỳ)", "Period, such as 2026-10 (blank: all)"),
        required=False,
        max_length=8,
    )
    number = DecisionField(label=both("Số văn bản yêu cầu giữ", "Number of the document that asks for it"))
    why = LineField(label=both("Lý do", "Reason"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        kinds = [(code, both(kind.title.vi, kind.title.en)) for code, kind in KINDS.items()]
        self.fields["kind"].choices = [("", ALL), *kinds]

    def clean_period(self) -> str:
        """The label of a period. Raises `ValidationError` for what is none."""
        told = str(self.cleaned_data["period"]).strip()
        try:
            return Period.parse(told).label if told else ""
        except Unusable:
            raise forms.ValidationError(NO_PERIOD, code="bad-period") from None


class PersonForm(forms.Form):
    """Whose data are to be erased, and why before any term ends."""

    person = WordField(label=both("Người đã rời cơ quan", "Who left"))
    why = LineField(label=both("Lý do (như đơn của người ấy)", "Reason (such as their request)"), max_length=300)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people


class VerdictForm(forms.Form):
    """A decision on a list."""

    verdict = WordField(
        label=both("Quyết định", "Decision"),
        choices=[("approve", both("Duyệt xóa", "Approve")), ("refuse", both("Không duyệt", "Do not approve"))],
        widget=forms.RadioSelect,
    )
    number = DecisionField(
        label=both("Số quyết định (bắt buộc khi duyệt)", "Number of the decision (to approve)"), required=False
    )
    why = LineField(
        label=both("Lý do (bắt buộc khi không duyệt)", "Reason (to refuse)"), required=False, max_length=300
    )
