"""Forms of signing in, in our two languages; and those of the administrator."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as factor_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise

from congtam.people.models import Person
from congtam.web.fields import DayField, LastDayField, LineField
from congtam.web.words import both

CODE = both("Mã 6 chữ số trên ứng dụng, hoặc mã khôi phục", "The 6 digits in the app, or a recovery code")


class SignInForm(account_forms.LoginForm):
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "login", both("Tên đăng nhập", "User name"))
        _label(self, "password", both("Mật khẩu", "Password"))
        self.fields["login"].widget.attrs["autofocus"] = True


class ChangePasswordForm(account_forms.ChangePasswordForm):
    """The password in use, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "oldpassword", both("Mật khẩu hiện tại", "Current password"))
        _label(self, "password1", both("Mật khẩu mới", "New password"))
        _label(self, "password2", both("Nhập lại mật khẩu mới", "New password once more"))
        self.fields["password1"].help_text = both(
            "Ít nhất 10 ký tự, không dùng mật khẩu phổ biến, không giống tên đăng nhập.",
            "At least 10 characters, no common password, not like the user name.",
        )

    def add_error(self, field: str | None, error: Any) -> None:
        """In our words when the two new ones differ: allauth says that in English only."""
        if field == "password2" and not isinstance(error, ValidationError):
            error = both(
                "Hai lần nhập mật khẩu mới chưa giống nhau. Hãy nhập lại cả hai ô.",
                "The new password was not typed the same twice. Type it again in both.",
            )
        super().add_error(field, error)


class ReauthenticateForm(account_forms.ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "password", both("Mật khẩu", "Password"))


class CodeForm(factor_forms.AuthenticateForm):
    """The second factor when signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "code", CODE)


class CodeAgainForm(factor_forms.ReauthenticateForm):
    """The second factor before something important."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "code", CODE)


class SetUpForm(totp_forms.ActivateTOTPForm):
    """The first code of a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "code", both("Mã 6 chữ số trên ứng dụng", "The 6 digits the app shows"))


class OpenAccountForm(forms.Form):
    """A new account: of a person by code, or of an auditor from outside."""

    username = forms.RegexField(
        r"^[\w.@-]{2,64}$",
        label=both("Tên đăng nhập", "User name"),
        help_text=both("2–64 chữ cái, chữ số, dấu chấm, gạch.", "2–64 letters, digits, dots, dashes."),
        error_messages={
            "invalid": both(
                "Tên đăng nhập chỉ gồm 2–64 chữ cái, chữ số, dấu chấm, gạch.",
                "A user name has 2–64 letters, digits, dots and dashes.",
            )
        },
    )
    person = forms.CharField(
        required=False,
        max_length=64,
        label=both("Mã cán bộ", "Code of the person"),
        help_text=both(
            "Để trống khi mở tài khoản cho người kiểm tra từ bên ngoài.", "Empty for an auditor from outside."
        ),
    )

    def clean_person(self) -> Person | None:
        """The person of the code; None when it is empty."""
        code = self.cleaned_data["person"].strip()
        if not code:
            return None
        person = Person.objects.filter(code=code).first()
        if person is None:
            raise forms.ValidationError(
                both(
                    "Không có cán bộ mang mã này. Hãy xem lại mã ở trang Nhân sự và tổ chức.",
                    "Nobody has this code. Look it up on the page People and units.",
                )
            )
        return person


class ReasonForm(forms.Form):
    """Why an account is closed, opened again or reset."""

    reason = LineField(max_length=200, label=both("Lý do", "Reason"))


class MandateForm(forms.Form):
    """What an auditor may read, by which decision, until when."""

    number = LineField(max_length=64, label=both("Số quyết định", "Number of the decision"))
    unit = LineField(max_length=64, label=both("Mã đơn vị được kiểm tra", "Code of the unit to audit"))
    first = DayField(label=both("Từ ngày", "From"))
    until = LastDayField(label=both("Đến hết ngày", "To the end of"))


def _label(form: forms.Form, name: str, label: Promise) -> None:
    field = form.fields[name]
    field.label = label
    field.widget.attrs.pop("placeholder", None)
    if name in ("oldpassword", "password") and field.help_text:
        field.help_text = ""
