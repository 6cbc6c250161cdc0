"""What is filled in to give work, to ask another unit for it, or to propose it oneself: the five clears, and the
documents it comes from."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from congtam.access.seats import Seat
from congtam.desk.giving import Order
from congtam.desk.models import URGENCIES
from congtam.desk.queries import products_used
from congtam.engine.working_time import Calendar
from congtam.web.fields import NEEDED, DayField, LineField, WordField
from congtam.web.offers import offer_deadlines, offer_words
from congtam.web.pages.task.products import Listed
from congtam.web.pages.task.whom import Choices
from congtam.web.pages.task.words import URGENCY
from congtam.web.words import both
from congtam.work.lists import Sight

CLEARS = ("title", "product", "due", "authority")
PAPERS = ("instruction", "urgency", "catalogue", "symbol", "incoming", "issuer", "basis")
NO_PRODUCT = both(
    "Mã “%(value)s” không có trong danh mục sản phẩm đang áp dụng. Chọn một mã trong danh sách, hoặc để trống.",
    "“%(value)s” is in no catalogue in use. Choose a code of the list, or leave it empty.",
)
NOBODY = both("Chưa chọn ai chủ trì. Chọn ít nhất một người.", "Nobody leads it yet. Choose at least one person.")
BOTH_ROLES = both(
    "Người chủ trì không đồng thời phối hợp. Bỏ chọn ở một bên.", "Who leads cannot support as well. Choose one."
)


class Work(forms.Form):
    """The clears that every piece of work states: task, product, time, authority; and its papers."""

    title = LineField(label=both("Việc phải làm (trích yếu)", "What is to be done"), max_length=400)
    product = LineField(
        label=both("Sản phẩm phải có", "What is to be handed over"),
        max_length=400,
        help_text=both("Ví dụ: dự thảo công văn trả lời, báo cáo có số liệu.", "Such as: a draft reply, a report."),
    )
    due = DayField(
        label=both("Hạn: hết giờ làm việc ngày", "Due by the end of office hours on"),
    )
    authority = LineField(
        label=both("Được tự quyết đến đâu", "What the holder may decide alone"),
        max_length=400,
        required=False,
        help_text=both("Ví dụ: được trực tiếp làm việc với các phòng.", "Such as: deals with other sections directly."),
    )
    instruction = forms.CharField(
        label=both("Ý kiến chỉ đạo", "Instruction"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )
    urgency = WordField(
        label=both("Độ khẩn", "Urgency"), choices=[(one, both(URGENCY[one].vi, URGENCY[one].en)) for one in URGENCIES]
    )
    catalogue = LineField(
        label=both("Mã sản phẩm trong danh mục", "Code in the catalogue of products"), max_length=64, required=False
    )
    symbol = LineField(label=both("Số, ký hiệu văn bản", "Number and symbol"), max_length=120, required=False)
    incoming = LineField(label=both("Số đến", "Number on arrival"), max_length=64, required=False)
    issuer = LineField(label=both("Cơ quan ban hành", "Issued by"), max_length=200, required=False)
    basis = LineField(label=both("Văn bản giao (số, ngày)", "Ordered by (number, day)"), max_length=120, required=False)
    part_of = forms.IntegerField(required=False, max_value=2**62, widget=forms.HiddenInput)

    field_order: ClassVar = [*CLEARS, *PAPERS]

    def __init__(self, *args: Any, products: Mapping[str, Listed], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.products = products
        self.fields["urgency"].initial = URGENCIES[0]
        if products:
            self.fields["catalogue"].widget.attrs["list"] = "ma-san-pham"
        else:
            del self.fields["catalogue"]

    def offer(self, seat: Seat, seen: Sight) -> None:
        """Offer deadlines some working days ahead, and what was to be handed over before."""
        offer_deadlines(self, seen.calendar, seen.now, "due")
        offer_words(self, "product", products_used(seat))

    def clean_catalogue(self) -> str:
        """A code somebody listed, in any case of letters."""
        value: str = self.cleaned_data["catalogue"]
        code = next((one for one in self.products if one.casefold() == value.casefold()), "")
        if value and not code:
            raise ValidationError(NO_PRODUCT, "no_product", {"value": value[:40]})
        return code

    @property
    def clears(self) -> list[forms.BoundField]:
        """What is always filled in."""
        return [self[name] for name in CLEARS]

    @property
    def papers(self) -> list[forms.BoundField]:
        """What is filled in where there is something to say."""
        return [self[name] for name in PAPERS if name in self.fields]

    @property
    def opened(self) -> bool:
        """Whether something of the papers is said or wrong, so that they must be seen."""
        return any(field.errors or field.value() not in (None, "", URGENCIES[0]) for field in self.papers)

    def order(self, lead: int, calendar: Calendar, support: tuple[int, ...] = ()) -> Order:
        """What was filled in, for one lead. The deadline is the end of the office hours of its day."""
        day: date = self.cleaned_data["due"]
        told: dict[str, Any] = {name: self.cleaned_data.get(name) or "" for name in (*CLEARS, *PAPERS) if name != "due"}
        part_of: int | None = self.cleaned_data.get("part_of")
        return Order(lead=lead, support=support, due=calendar.close_of(day), part_of=part_of, **told)


class Give(Work):
    """Work for one's own people: each who leads gets it as a piece of work of their own."""

    leads = forms.MultipleChoiceField(
        label=both("Chủ trì (mỗi người được giao một việc riêng)", "Led by (each gets a piece of work of their own)"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": NOBODY},
    )
    support = forms.MultipleChoiceField(
        label=both("Phối hợp", "Supported by"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("leads", "support"):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = people

    def clean(self) -> dict[str, Any]:
        """Nobody leads and supports at once."""
        told = super().clean() or self.cleaned_data
        if set(told.get("leads", ())) & set(told.get("support", ())):
            self.add_error("support", BOTH_ROLES)
        return told


class AskUnit(Work):
    """Help asked of another unit: work with a clock of its own, once its head took it."""

    unit = forms.ChoiceField(
        label=both("Đơn vị được đề nghị phối hợp", "Unit asked"), error_messages={"required": NEEDED}
    )

    def __init__(self, *args: Any, units: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *units]


class Propose(Work):
    """Work somebody sets out to do by themselves: it counts once the head accepted it."""
