"""Forms of the fund, its lists and its proposals."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from congtam.engine.explaining.rule_words import AMOUNTS as NAMES
from congtam.reward.models import AMOUNTS
from congtam.web.fields import NEEDED, DayField, DecisionField, LineField, WordField
from congtam.web.pages.reward.words import KINDS, PURSES
from congtam.web.words import both

BY_HAND = ("in", "given_back", "lost")  # other rows come from lists
_GROUPED = re.compile(r"\d{1,3}(?:[. ]\d{3})+")


class MoneyField(forms.Field):
    """A sum in đồng: 12.000.000, also 12000000; above 0."""

    widget = forms.TextInput
    default_error_messages: ClassVar = {
        "required": NEEDED,
        "no_sum": both(
            "“%(value)s” không phải số tiền lớn hơn 0. Viết như 12.000.000.",
            "“%(value)s” is no sum above 0. Write it like 12000000.",
        ),
    }

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self.widget.attrs.update({"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        text = str(value).strip().removesuffix("đ").strip()
        try:
            sum_ = Decimal(re.sub(r"[. ]", "", text) if _GROUPED.fullmatch(text) else text.replace(",", "."))
        except InvalidOperation:
            sum_ = Decimal(0)
        if not sum_.is_finite() or not 0 < sum_ < Decimal("1e15"):
            raise ValidationError(self.error_messages["no_sum"], "no_sum", {"value": text[:40]})
        return sum_


class EntryForm(forms.Form):
    """A row of the ledger that comes from no list."""

    purse = WordField(label=both("Quỹ", "Fund"), choices=[(k, both(t.vi, t.en)) for k, t in PURSES.items()])
    year = forms.IntegerField(label=both("Năm của quỹ", "Year of the fund"), min_value=2024, max_value=2100)
    kind = WordField(label=both("Loại dòng", "Kind"), choices=[(k, both(KINDS[k].vi, KINDS[k].en)) for k in BY_HAND])
    amount = MoneyField(label=both("Số tiền (đồng)", "Amount (đồng)"))
    day = DayField(label=both("Ngày chứng từ", "Day of the document"))
    number = DecisionField(label=both("Số văn bản, chứng từ", "Number of the document"))


class AmountForm(forms.Form):
    """An amount the agency reports."""

    name = WordField(label=both("Khoản", "Amount of"), choices=[(k, both(NAMES[k].vi, NAMES[k].en)) for k in AMOUNTS])
    value = MoneyField(label=both("Số tiền (đồng)", "Amount (đồng)"))
    first = DayField(label=both("Từ ngày", "From"), help_text=both(
        "Quỹ lương năm: ghi ngày 01/01 của năm ấy.", "For the salary fund write 01/01 of its year."))  # fmt: skip
    number = DecisionField(label=both("Số văn bản", "Number of the document"))


class SignForm(forms.Form):
    """To sign a row, or not."""

    verdict = WordField(
        label=both("Quyết định", "Decision"),
        choices=[("sign", both("Ký duyệt", "Sign")), ("refuse", both("Không ký", "Do not sign"))],
        widget=forms.RadioSelect,
    )
    why = LineField(
        label=both("Lý do (bắt buộc khi không ký)", "Reason (needed when not signing)"), required=False, max_length=300
    )


class ListForm(forms.Form):
    """Which scheme a list of payments follows."""

    scheme = WordField(label=both("Chế độ thưởng", "Scheme"))

    def __init__(self, *args: Any, schemes: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["scheme"].choices = schemes


class PaidForm(forms.Form):
    """When and by which voucher a list was paid."""

    day = DayField(label=both("Ngày chi", "Paid on"))
    voucher = DecisionField(label=both("Số chứng từ chi", "Number of the voucher"))


class WhyForm(forms.Form):
    """A reason."""

    why = LineField(label=both("Lý do", "Reason"), max_length=300)


class VerdictForm(forms.Form):
    """A decision on a proposal."""

    verdict = WordField(
        label=both("Quyết định", "Decision"),
        choices=[("approve", both("Duyệt thưởng", "Approve")), ("refuse", both("Không duyệt", "Do not approve"))],
        widget=forms.RadioSelect,
    )
    number = DecisionField()


class ProposalForm(forms.Form):
    """People proposed for an achievement, with their marks on each criterion."""

    why = LineField(label=both("Thành tích", "Achievement"), max_length=300)
    work = LineField(
        label=both("Việc làm minh chứng", "Work it stands on"),
        help_text=both(
            "Tên hoặc mã của việc đã xong mà người được đề xuất đã làm; đủ để chỉ ra một việc.",
            "Title or code of finished work one of them did; enough of it to mean one.",
        ),
        max_length=200,
    )

    def __init__(self, *args: Any, persons: int, people: list[tuple[str, str]], criteria: list[tuple[str, Any]],
                 most: Decimal, **kwargs: Any):  # fmt: skip
        super().__init__(*args, **kwargs)
        self.persons, self.criteria, self.most = persons, criteria, most
        for at in range(1, persons + 1):
            self.fields[f"person_{at}"] = WordField(
                label=both(f"Người thứ {at}", f"Person {at}"), choices=[("", "—"), *people], required=at == 1
            )
            for key, title in criteria:
                self.fields[f"{key}_{at}"] = forms.DecimalField(
                    label=title, required=False, min_value=0, max_value=most, max_digits=6, decimal_places=2,
                    localize=True,
                )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        marks: dict[int, list[Decimal]] = {}
        for at in range(1, self.persons + 1):
            person = told.get(f"person_{at}")
            if not person:
                continue
            if int(person) in marks:
                self.add_error(f"person_{at}", both("Người này đã được chọn ở trên.", "This person is chosen above."))
            given = [told.get(f"{key}_{at}") for key, _ in self.criteria]
            for (key, _), one in zip(self.criteria, given, strict=True):
                if one is None and not self.errors.get(f"{key}_{at}"):
                    self.add_error(f"{key}_{at}", NEEDED)
            marks[int(person)] = [one for one in given if one is not None]
        told["marks"] = marks
        return told
