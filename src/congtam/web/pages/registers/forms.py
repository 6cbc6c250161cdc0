"""What is filled in about documents: one that came in, a draft, and each step."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from django import forms

from congtam.registers.entering import Arrival
from congtam.registers.models import DIRECTIONS
from congtam.registers.proposing import KINDS
from congtam.web.fields import DayField, LineField, WordField
from congtam.web.pages.registers import words
from congtam.web.pages.task.words import URGENCY
from congtam.web.receiving import FileField
from congtam.web.words import both

Choices = Iterable[Any]
NOBODY = both("(chọn người)", "(choose)")


class OfKind(forms.Form):
    """Fields that documents in and out share. Types are free text with well-known ones offered."""

    kind = LineField(
        label=both("Loại văn bản", "Type"),
        required=False,
        max_length=80,
        help_text=both(
            "Chọn loại thường gặp hoặc tự ghi. Nghị định 30/2020/NĐ-CP (Điều 7) có 29 loại; danh sách gợi ý chưa đối "
            "chiếu đủ.",
            "Choose a well-known type or write another: Decree 30/2020 has 29; the list offered is not checked.",
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].widget.attrs["list"] = "loai-van-ban"
        self.kinds = KINDS


class Printed(OfKind):
    """What is printed on a document that came in, in the order in which it is read off the page."""

    issuer = LineField(label=both("Cơ quan ban hành", "Issued by"), max_length=200)
    symbol = LineField(label=both("Số, ký hiệu", "Number and symbol"), max_length=120, required=False)
    dated = DayField(label=both("Ngày văn bản", "Dated"), required=False)
    abstract = LineField(
        label=both("Trích yếu", "Abstract"), max_length=1000, widget=forms.Textarea(attrs={"rows": "2"})
    )
    arrived_on = DayField(label=both("Ngày đến", "Arrived on"))
    urgency = WordField(label=both("Độ khẩn", "Urgency"), choices=words.choices(URGENCY))
    signer = LineField(label=both("Người ký", "Signed by"), max_length=200, required=False)
    field_order: Sequence[str] = (
        "issuer", "symbol", "dated", "abstract", "arrived_on", "urgency", "kind", "signer",
    )  # fmt: skip

    def arrival(self) -> Arrival:
        """The document as it came in."""
        return Arrival(**{one.name: self.cleaned_data[one.name] for one in fields(Arrival)})


class Enter(Printed):
    """The same, with its file, and whom to submit it to at once."""

    file = FileField(label=both("Tệp văn bản", "File of the document"), required=False)
    leader = WordField(label=both("Trình ngay cho", "Submit at once to"), required=False)
    field_order = (
        "issuer", "symbol", "dated", "abstract", "arrived_on", "urgency", "leader", "file", "kind", "signer",
    )  # fmt: skip

    def __init__(self, *args: Any, leaders: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["leader"].choices = [("", both("(chưa trình)", "(not yet)")), *leaders]


class Attach(forms.Form):
    """The file of a document that came in without one."""

    file = FileField(label=both("Tệp văn bản", "File of the document"))


class Secret(forms.Form):
    """A secret document: nothing but what gives it a number."""

    direction = WordField(
        label=both("Sổ", "Register"), choices=words.choices({one: words.DIRECTIONS[one] for one in DIRECTIONS})
    )
    secrecy = WordField(label=both("Mức độ mật", "Level"), choices=words.choices(words.SECRECY))
    day = DayField(label=both("Ngày đến, hoặc ngày ban hành", "Day of arrival, or of issue"))


class NewDraft(OfKind):
    """A document that is to go out, with its first version."""

    abstract = LineField(
        label=both("Trích yếu", "Abstract"), max_length=1000, widget=forms.Textarea(attrs={"rows": "2"})
    )
    symbol = LineField(
        label=both("Ký hiệu (sau số)", "Symbol, after the number"),
        max_length=60,
        help_text=both("Ví dụ BC-SKHCN. Số do văn thư cấp khi ban hành.", "Such as BC-SKHCN; the number comes later."),
    )
    file = FileField(label=both("Tệp dự thảo", "File of the draft"))
    answers = WordField(label=both("Trả lời văn bản đến", "Answers"), required=False)
    signer = LineField(label=both("Người ký", "To be signed by"), max_length=200, required=False)
    recipients = LineField(
        label=both("Nơi nhận", "Recipients"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": "2"}),
    )
    urgency = WordField(label=both("Độ khẩn", "Urgency"), choices=words.choices(URGENCY))
    item = forms.IntegerField(required=False, widget=forms.HiddenInput)  # the work it belongs to
    field_order = ("abstract", "symbol", "file", "answers", "kind", "signer", "recipients", "urgency")

    def __init__(self, *args: Any, answerable: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["answers"].choices = [("", both("(không)", "(none)")), *answerable]


class Words(forms.Form):
    """A step that only takes some words."""

    text = LineField(label=both("Ghi chú", "Note"), max_length=1000, required=False)


class Reason(forms.Form):
    """A step that takes a reason."""

    text = LineField(label=both("Lý do", "Reason"), max_length=1000)


class Submit(Words):
    """To which leader."""

    leader = WordField(label=both("Trình lãnh đạo", "Submit to"))
    field_order = ("leader", "text")

    def __init__(self, *args: Any, leaders: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["leader"].choices = list(leaders)


class Assign(forms.Form):
    """Who leads, who supports, what is asked, until when. `due` is proposed by the urgency."""

    lead = forms.ChoiceField(label=both("Chủ trì (đơn vị: giao cho người đứng đầu)", "Lead (a unit: its head)"))
    support = forms.MultipleChoiceField(
        label=both("Phối hợp", "Support"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": "5"}),
        help_text=both("Giữ Ctrl để chọn nhiều.", "Hold Ctrl to choose several."),
    )
    text = LineField(
        label=both("Ý kiến chỉ đạo", "Instruction"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": "2"}),
    )
    due = DayField(
        label=both("Hạn (hết giờ làm việc ngày)", "Due at the close of"),
        help_text=both(
            "Đề xuất theo độ khẩn; văn bản khẩn phải giải quyết ngay (Nghị định 30/2020). Sửa được.",
            "Proposed by the urgency; what is urgent is handled at once (Decree 30/2020). May be changed.",
        ),
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, first in (("lead", [("", NOBODY)]), ("support", [])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [*first, *people]


class Version(forms.Form):
    """The next version of a draft."""

    file = FileField(label=both("Bản mới", "New version"))
    text = LineField(label=both("Đã sửa gì", "What was changed"), max_length=1000, required=False)


class AskReview(Words):
    """Whom to ask about the last version."""

    reviewers = forms.MultipleChoiceField(
        label=both("Người góp ý", "Reviewers"),
        widget=forms.SelectMultiple(attrs={"size": "6"}),
        help_text=both("Giữ Ctrl để chọn nhiều.", "Hold Ctrl to choose several."),
        error_messages={"required": both("Chưa chọn ai. Hãy chọn người góp ý.", "Nobody is chosen. Choose somebody.")},
    )
    field_order = ("reviewers", "text")

    def __init__(self, *args: Any, people: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["reviewers"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(people)


class Answer(Words):
    """What a reviewer says of a version."""

    verdict = WordField(
        label=both("Ý kiến", "Verdict"),
        choices=[
            ("approved", both("Đồng ý", "I agree")),
            ("returned", both("Đề nghị sửa (ghi rõ bên dưới)", "To be changed (say below what)")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ("verdict", "text")


class Signed(forms.Form):
    """The signed PDF."""

    file = FileField(label=both("Tệp PDF đã ký số", "Signed PDF"))


class Issue(forms.Form):
    """To whom the document goes."""

    text = LineField(
        label=both("Nơi nhận", "Recipients"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": "2"}),
    )
