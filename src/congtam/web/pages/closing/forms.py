"""What is filled in to open and conduct a period."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings

from congtam.documents.keys import Key, Pkcs12
from congtam.documents.tokens import token_at
from congtam.web.fields import DayField, DecisionField, LineField, WordField
from congtam.web.pages.exemptions.forms import MomentField
from congtam.web.words import both

Choices = Sequence[tuple[str, Any]]
WHY = both("Lý do", "Reason")
LONGEST = 400


def _chosen(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class OpenForm(forms.Form):
    """A period that is opened."""

    agency = WordField(label=both("Cơ quan", "Agency"))
    period = WordField(label=both("Kỳ", "Period"))
    number = DecisionField(label=both("Số kế hoạch, văn bản", "Number of the plan or document"), required=False)

    def __init__(self, *args: Any, agencies: Choices, periods: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        _chosen(self, "agency", agencies)
        _chosen(self, "period", periods)


class SureForm(forms.Form):
    """Nothing to fill in."""


class WhyForm(forms.Form):
    """Something that is done for a reason."""

    why = LineField(label=WHY, max_length=LONGEST)


class MoveForm(forms.Form):
    """Another deadline for a step."""

    which = WordField(label=both("Bước", "Step"))
    due = MomentField(label=both("Hạn mới", "New deadline"))
    why = LineField(label=WHY, max_length=LONGEST)

    def __init__(self, *args: Any, steps: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        _chosen(self, "which", steps)


class ReopenForm(forms.Form):
    """Back to a step that is over."""

    which = WordField(label=both("Mở lại từ bước", "Open again from step"))
    why = LineField(label=WHY, max_length=LONGEST)

    def __init__(self, *args: Any, steps: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        _chosen(self, "which", steps)


class SupersedeForm(forms.Form):
    """Sealing again what was decided after the seal."""

    why = LineField(label=both("Lý do và số văn bản", "Reason and number of the document"), max_length=LONGEST)


class PaperForm(forms.Form):
    """A paper of a sealed period that is made."""

    what = WordField(label=both("Văn bản", "Paper"))
    number = DecisionField(
        label=both("Số, ký hiệu", "Number and symbol"),
        required=False,
        help_text=both("Để trống khi văn thư cấp số sau.", "Empty when the registrar numbers it later."),
    )
    day = DayField(label=both("Ngày văn bản", "Day of the paper"), required=False)
    place = LineField(label=both("Địa danh", "Place"), max_length=80, required=False)
    above = LineField(label=both("Cơ quan chủ quản", "Body above the agency"), max_length=200, required=False)

    def __init__(self, *args: Any, choices: Sequence[tuple[Any, Any]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        _chosen(self, "what", choices)


class SignForm(forms.Form):
    """A key file and its password, for one signature; where the site has a token, its PIN alone will do."""

    key = forms.FileField(label=both("Tệp khóa (.p12, .pfx)", "Key file (.p12, .pfx)"))
    password = forms.CharField(
        label=both("Mật khẩu của tệp khóa", "Password of the key file"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        strip=False,
        help_text=both(
            "Tệp khóa và mật khẩu chỉ dùng cho lần ký này, không được lưu lại.",
            "The key and its password are used for this signature alone and kept nowhere.",
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if settings.TOKEN:
            self.fields["key"].required = False
            self.fields["key"].help_text = both(
                "Để trống để ký bằng thiết bị của cơ quan gắn ở máy chủ.",
                "Left empty, the agency's device at the server signs.",
            )
            self.fields["password"].label = both(
                "Mật khẩu của tệp khóa, hoặc mã PIN của thiết bị", "Password of the key file, or PIN of the device"
            )

    @property
    def signs_with(self) -> Key:
        """The file that was handed in, else the token."""
        file, secret = self.cleaned_data["key"], self.cleaned_data["password"]
        return Pkcs12(file.read(), secret) if file else token_at(settings.TOKEN, secret)
