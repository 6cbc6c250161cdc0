"""Forms about units and the decisions that change them."""

from collections.abc import Iterable
from typing import Any

from django import forms

from congtam.people.sheet_columns import LEVELS
from congtam.web.fields import CodeField, DayField, DecisionField, LineField, WordField
from congtam.web.pages.organisation.words import choices
from congtam.web.words import both

ROWS = 6  # lines of a decision
_DECIDED = both("Ngày ký", "Signed on")
Choices = Iterable[tuple[str, object]]


class UnitForm(forms.Form):
    """What a unit is called and where it stands from a day on."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = LineField(label=both("Tên đơn vị", "Name of the unit"), max_length=200)
    level = WordField(label=both("Cấp", "Level"))
    parent = WordField(label=both("Trực thuộc", "Stands under"))
    first = DayField(label=both("Có hiệu lực từ ngày", "In force from"))
    number = DecisionField()
    decided_on = DayField(label=_DECIDED)

    def __init__(self, *args: Any, parents: Choices, level: str = "", root: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = choices(LEVELS, level)
        self.fields["parent"].choices = [("", both("(không: là cơ quan)", "(none: it is an agency)")), *parents]
        self.fields["parent"].required = not root


class NewUnitForm(UnitForm):
    """A unit that does not exist yet."""

    code = CodeField(
        label=both("Mã đơn vị", "Code of the unit"),
        help_text=both(
            "Cách các nguồn dữ liệu gọi đơn vị này. Không đổi khi đơn vị đổi tên.",
            "What data sources call the unit. It stays when the unit is renamed.",
        ),
    )
    field_order = ("code", "name", "level", "parent", "first", "number", "decided_on")


class AgencyForm(forms.Form):
    """An agency that stands under no other, with whoever keeps its personnel first."""

    code = CodeField(
        label=both("Mã cơ quan", "Code of the agency"),
        help_text=both(
            "Cách các nguồn dữ liệu gọi cơ quan này. Không đổi khi cơ quan đổi tên.",
            "What data sources call the agency. It stays when the agency is renamed.",
        ),
    )
    name = LineField(label=both("Tên cơ quan", "Name of the agency"), max_length=200)
    first = DayField(label=both("Có hiệu lực từ ngày", "In force from"))
    number = DecisionField()
    decided_on = DayField(label=_DECIDED)
    keeper = CodeField(
        label=both("Mã cán bộ phụ trách nhân sự đầu tiên", "Code of its first personnel officer"),
        help_text=both(
            "Người này được thêm vị trí Tổ chức cán bộ và Quản trị hệ thống ở cơ quan mới, để lập đơn vị, thêm cán bộ "
            "và cấp tài khoản. Có thể là chính bạn; khi có người thay, ghi kết thúc vị trí ấy.",
            "This person gets a post in the new agency that keeps its personnel and its accounts. It may be you; end "
            "it once another takes over.",
        ),
    )


class EndUnitForm(forms.Form):
    """A unit ends."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    until = DayField(
        label=both("Thôi tồn tại từ ngày", "Ends on"),
        help_text=both("Ngày đầu tiên đơn vị không còn.", "The first day without the unit."),
    )
    number = DecisionField()
    decided_on = DayField(label=_DECIDED)


class DecisionForm(forms.Form):
    """A decision that moves tasks between units: up to `ROWS` lines of old unit, share and new unit."""

    kind = WordField(
        label=both("Loại quyết định", "Kind of decision"),
        choices=[
            ("merger", both("Hợp nhất, sáp nhập", "Merger")),
            ("split", both("Chia, tách", "Split")),
            ("transfer", both("Chuyển nhiệm vụ", "Transfer of tasks")),
        ],
    )
    number = DecisionField()
    decided_on = DayField(label=_DECIDED)
    effective_on = DayField(label=both("Có hiệu lực từ ngày", "In force from"))
    move_posts = forms.BooleanField(
        required=False,
        initial=True,
        label=both(
            "Vị trí của đơn vị kết thúc chuyển sang đơn vị mới, người đang giữ đi theo",
            "Posts of a unit that ends move to the new one, with the people in them",
        ),
    )

    def __init__(self, *args: Any, units: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        listed = [("", both("–", "–")), *units]
        for row in range(ROWS):
            number = row + 1
            self.fields[f"old_{row}"] = WordField(
                choices=listed, required=False, label=both(f"Đơn vị cũ, dòng {number}", f"Old unit, line {number}")
            )
            self.fields[f"share_{row}"] = forms.IntegerField(
                required=False,
                label=both(f"Phần trăm, dòng {number}", f"Per cent, line {number}"),
                min_value=1,
                max_value=100,
                error_messages={
                    "invalid": both("Viết số nguyên từ 1 đến 100.", "Write a whole number from 1 to 100."),
                    "min_value": both("Viết số nguyên từ 1 đến 100.", "Write a whole number from 1 to 100."),
                    "max_value": both("Viết số nguyên từ 1 đến 100.", "Write a whole number from 1 to 100."),
                },
            )
            self.fields[f"new_{row}"] = WordField(
                choices=listed, required=False, label=both(f"Đơn vị mới, dòng {number}", f"New unit, line {number}")
            )
        self.fields["made_code"] = CodeField(required=False, label=both("Mã đơn vị lập mới", "Code of a new unit"))
        self.fields["made_name"] = LineField(
            required=False, max_length=200, label=both("Tên đơn vị lập mới", "Its name")
        )
        self.fields["made_parent"] = WordField(choices=listed, required=False, label=both("Trực thuộc", "Stands under"))

    def head(self) -> list[Any]:
        """The fields above the lines."""
        return [self[name] for name in ("kind", "number", "decided_on", "effective_on")]

    def lines(self) -> list[list[Any]]:
        """The fields of each line, for the table of the page."""
        return [[self[f"{name}_{row}"] for name in ("old", "share", "new")] for row in range(ROWS)]

    def made(self) -> list[Any]:
        """The fields of a unit that the decision makes."""
        return [self[name] for name in ("made_code", "made_name", "made_parent")]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        lines = []
        for row in range(ROWS):
            old, share, new = (told.get(f"{name}_{row}") for name in ("old", "share", "new"))
            if not (old or new or share):
                continue
            new = new or (told.get("made_code") or None)
            if not old or not new:
                self.add_error(
                    f"old_{row}",
                    forms.ValidationError(
                        both(
                            "Dòng này thiếu đơn vị cũ hoặc đơn vị mới. Chọn cả hai, hoặc điền đơn vị lập mới ở dưới.",
                            "This line lacks the old or the new unit. Choose both, or fill in the new unit below.",
                        )
                    ),
                )
                continue
            lines.append((old, new, share or 100))
        if not lines and not self.errors:
            self.add_error(
                None, forms.ValidationError(both("Chưa có dòng nào. Điền ít nhất một dòng.", "No line is filled in."))
            )
        if told.get("made_code") and not (told.get("made_name") and told.get("made_parent")):
            needed = both("Đơn vị lập mới cần có tên và nơi trực thuộc.", "A new unit needs a name and a place.")
            self.add_error("made_name", forms.ValidationError(needed))
        told["lines"] = lines
        return told
