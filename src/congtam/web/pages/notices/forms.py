"""Forms of the settings of digests, and of addresses outside."""

from typing import Any

from django import forms

from congtam.notices.queries import hooks
from congtam.web.words import both

CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
NEEDED = {"required": both("Chưa điền. Hãy chọn giờ.", "This is empty. Choose a time.")}
NO_TIME = {"invalid": both("Không phải giờ. Viết giờ:phút, ví dụ 07:00.", "No time of day. Write 07:00.")}


class WaysForm(forms.Form):
    """By which ways, and between which hours."""

    email = forms.BooleanField(required=False, label=both("Gửi thư điện tử cho tôi", "Send me an e-mail"))
    webhook = forms.BooleanField(
        required=False,
        label=both(
            "Gửi số lượng (không tên, không nội dung) qua kênh nhắn tin của cơ quan",
            "Send counts (no names, no content) through the messenger of the agency",
        ),
    )
    loud_from = forms.TimeField(label=both("Chỉ gửi từ", "Only from"), widget=CLOCK, error_messages=NEEDED | NO_TIME)
    loud_until = forms.TimeField(label=both("đến trước", "to before"), widget=CLOCK, error_messages=NEEDED | NO_TIME)

    def __init__(self, *args: Any, address: str, mail: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _about_mail(address, mail)
        if not hooks().exists():
            del self.fields["webhook"]


def _about_mail(address: str, mail: bool) -> Any:
    if not mail:
        return both(
            "Cơ quan chưa đặt máy chủ thư (CONGTAM_SMTP_URL) nên hiện chưa gửi thư nào.",
            "The site has no mail server yet (CONGTAM_SMTP_URL), so no e-mail is sent.",
        )
    if not address:
        return both(
            "Hồ sơ của bạn chưa có địa chỉ thư; nhờ bộ phận tổ chức ghi vào.",
            "There is no address in your record; have the personnel section write it down.",
        )
    return both(f"Gửi tới {address}.", f"Sent to {address}.")


class HookForm(forms.Form):
    """An address outside."""

    url = forms.CharField(
        max_length=500,
        label=both("Địa chỉ nhận (https://…)", "Address that receives (https://…)"),
        error_messages={"required": both("Chưa điền địa chỉ.", "Write the address.")},
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
