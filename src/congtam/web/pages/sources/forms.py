"""Forms about sources, their tokens, what they are authoritative for, and their own counts."""

from collections.abc import Iterable
from typing import Any

from django import forms

from congtam.engine.explaining.words import KINDS
from congtam.web.fields import CodeField, DayField, DecisionField, LastDayField, LineField, WordField
from congtam.web.words import both

Choices = Iterable[tuple[str, object]]


class SourceForm(forms.Form):
    """What a source is called, who answers for it, and when its data are promised."""

    name = LineField(label=both("Tên nguồn", "Name of the source"), max_length=200)
    owner = WordField(label=both("Vị trí chịu trách nhiệm", "Post that answers for it"), required=False)
    due_time = forms.TimeField(
        label=both("Dữ liệu trong ngày phải về trước", "A day's data are due by"),
        required=False,
        help_text=both("Giờ trong ngày làm việc, ví dụ 17:00.", "A time of the working day, such as 17:00."),
        widget=forms.TextInput(attrs={"placeholder": "17:00"}),
        error_messages={"invalid": both("Viết giờ như 17:00.", "Write a time like 17:00.")},
    )
    until = LastDayField(
        label=both("Ngày cuối cùng dùng nguồn này", "Last day of the source"),
        required=False,
        help_text=both("Bỏ trống: còn dùng.", "Blank: still used."),
    )

    def __init__(self, *args: Any, owners: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", both("(chưa ghi)", "(not said)")), *owners]


class NewSourceForm(SourceForm):
    """A source that is not here yet."""

    code = CodeField(
        label=both("Mã nguồn", "Code of the source"),
        help_text=both("Ví dụ motcua, vanban. Không đổi về sau.", "Such as motcua, vanban. It stays."),
    )
    first = DayField(label=both("Dùng từ ngày", "In use from"))
    field_order = ("code", "name", "owner", "due_time", "first")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        del self.fields["until"]


class TokenForm(forms.Form):
    """A token by which a source signs its pushes."""

    label = LineField(
        label=both("Nhãn", "Label"),
        max_length=64,
        help_text=both("Mã này dùng ở máy nào, ví dụ “máy chủ một cửa”.", "Where it will be used."),
    )
    until = LastDayField(
        label=both("Dùng đến hết ngày", "Good until"),
        required=False,
        help_text=both("Bỏ trống: dùng đến khi thu hồi.", "Blank: until it is revoked."),
    )


class CountForm(forms.Form):
    """How many records a source says it has for a day."""

    day = DayField(label=both("Ngày", "Day"))
    count = forms.IntegerField(
        label=both("Số bản ghi theo nguồn", "Records by its own count"),
        min_value=0,
        max_value=100_000_000,
        error_messages={
            "invalid": both("Viết một số nguyên, ví dụ 120.", "Write a whole number, such as 120."),
            "required": both("Chưa điền. Hãy điền ô này.", "This is empty. Fill it in."),
            "min_value": both("Số đếm không thể âm. Hãy ghi số từ 0 trở lên.", "A count is 0 or more. Write it again."),
        },
    )


class AuthorityForm(forms.Form):
    """Which source is the authoritative one of a kind of data in a unit's tree, from a day on."""

    datum = WordField(label=both("Loại số liệu", "Kind of data"))
    unit = WordField(label=both("Trong đơn vị (và các đơn vị trực thuộc)", "In the unit (and those under it)"))
    source = WordField(label=both("Nguồn chính thức", "Authoritative source"))
    first = DayField(label=both("Từ ngày", "From"))
    number = DecisionField()

    def __init__(self, *args: Any, data: Choices, units: Choices, sources: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, choices in (("datum", data), ("unit", units), ("source", sources)):
            self.fields[name].choices = list(choices)


class DatumForm(forms.Form):
    """A kind of data that must have one source."""

    code = CodeField(label=both("Mã loại số liệu", "Code"), help_text=both("Ví dụ ho-so-mot-cua.", "Such as dossiers."))
    name = LineField(label=both("Tên loại số liệu", "Name"), max_length=200)
    work_kind = WordField(
        label=both("Loại công việc", "Kind of work"),
        required=False,
        choices=[("", both("(mọi loại)", "(any)")), *((code, both(one.vi, one.en)) for code, one in KINDS.items())],
    )
