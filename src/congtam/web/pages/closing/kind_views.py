"""Whether an agency is special, for which the rules name other days of the year."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from congtam.access.gate import Right
from congtam.cycles.special import kind_of, set_kind
from congtam.engine.rulebook.model import Text
from congtam.orgs.queries import names_of as units_named
from congtam.web.asking import asks
from congtam.web.fields import DecisionField, WordField
from congtam.web.pages.closing.reach import agencies
from congtam.web.steps import Change, Edit, edit
from congtam.web.words import both

TITLE = Text(vi="Cơ quan đặc thù", en="Special agency")
ABOUT = Text(
    vi="Cơ quan đặc thù xếp loại năm theo ngày khác (quy tắc hiện hành: trước 15/01 năm sau). Kỳ đã mở giữ nguyên hạn.",
    en="A special agency grades the year by another day (the rules now say before 15 January of the next year). "
    "Periods opened before keep their deadlines.",
)
KINDS = (
    ("special", Text(vi="Là cơ quan đặc thù", en="Is a special agency")),
    ("other", Text(vi="Không phải cơ quan đặc thù", en="Is no special agency")),
)


class KindForm(forms.Form):
    """Whether an agency is special, and which document says so."""

    agency = WordField(label=both("Cơ quan", "Agency"))
    kind = WordField(label=both("Loại cơ quan", "Kind of agency"))
    basis = DecisionField(label=both("Số văn bản xác định", "Number of the document that says so"))

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, choices in (("agency", agencies), ("kind", [(code, both(one.vi, one.en)) for code, one in KINDS])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


@asks(Right.KEEP_CYCLE)
@require_http_methods(["GET", "HEAD", "POST"])
def kind(request: HttpRequest) -> HttpResponse:
    """The kind of one of the agencies whose evaluation a seat keeps."""
    seat = request.seat
    own = agencies(seat, Right.KEEP_CYCLE)
    names = units_named(own, seat.day)

    def plan(told: Mapping[str, Any]) -> Change:
        special, agency = told["kind"] == "special", int(told["agency"])

        def act() -> tuple[str, Text]:
            set_kind(seat, agency, special=special, basis=told["basis"])
            return reverse("closing"), Text(vi="Đã ghi loại cơ quan.", en="The kind of the agency is written.")

        said = dict(KINDS)[told["kind"]]
        name, basis = names.get(agency, ""), told["basis"]
        line = Text(vi=f"{name}: {said.vi.lower()}, theo {basis}.", en=f"{name}: {said.en.lower()}, by {basis}.")
        return Change([line], act)

    standing = kind_of(own[0]) if own else None
    is_now = "special" if standing is not None and standing.special else "other"
    initial = {"agency": str(own[0]) if own else "", "kind": is_now, "basis": standing.basis if standing else ""}
    form = partial(KindForm, agencies=[(str(one), names.get(one, "")) for one in own])
    return edit(request, Edit(TITLE, form, plan, reverse("closing"), initial, about=ABOUT))
