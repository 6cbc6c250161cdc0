"""What somebody asks about: a code as it is printed, or the file itself; and what enters a certificate."""

from collections.abc import Iterable
from typing import Any

from django import forms

from congtam.web.words import both

LARGEST = 10 << 20  # bytes of a file on a page that anybody may open


class Ask(forms.Form):
    """The code, typed or from the QR."""

    ma = forms.CharField(
        label=both("Mã xác minh", "Code"),
        help_text=both("Mười hai chữ và số in cuối mỗi trang.", "Twelve letters and figures at the foot of each page."),
        max_length=40,
        error_messages={"required": both("Hãy nhập mã in trên văn bản.", "Type the code printed on the paper.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "XXXX-XXXX-XXXX"}),
    )


class Drop(forms.Form):
    """The PDF."""

    tep = forms.FileField(
        label=both("Kéo thả hoặc chọn tệp PDF", "Drop or choose the PDF"),
        help_text=both(
            f"Đến {LARGEST >> 20} MB. Tệp chỉ được đọc để kiểm tra, không được lưu lại.",
            f"Up to {LARGEST >> 20} MB. The file is only read to be looked at; nothing of it is kept.",
        ),
        error_messages={
            "required": both("Chưa chọn tệp. Hãy kéo tệp PDF vào ô này.", "No file is chosen. Drop the PDF here."),
            "empty": both("Tệp rỗng. Hãy chọn lại tệp.", "The file is empty. Choose it again."),
        },
        widget=forms.FileInput(
            attrs={
                "accept": ".pdf,.docx,.xlsx",
                "data-largest": LARGEST,
                "data-say": both(
                    f"Tệp lớn hơn {LARGEST >> 20} MB nên không phải văn bản do hệ thống này lập.",
                    f"The file is larger than {LARGEST >> 20} MB, so it is no paper of this system.",
                ),
            }
        ),
    )


class CertificateForm(forms.Form):
    """Whose, and the certificate."""

    whose = forms.ChoiceField(
        label=both("Chứng thư của", "Certificate of"),
        error_messages={"required": both("Chưa chọn. Hãy chọn một người.", "Nobody is chosen. Choose somebody.")},
    )
    file = forms.FileField(
        label=both("Tệp chứng thư", "Certificate file"),
        help_text=both(
            "Tệp .cer, .crt hoặc .pem của riêng người ký; không phải tệp khóa .p12.",
            "The signer's own .cer, .crt or .pem; not the .p12 key file.",
        ),
        error_messages={
            "required": both("Chưa chọn tệp. Hãy chọn tệp chứng thư.", "No file is chosen. Choose the certificate."),
            "empty": both("Tệp rỗng. Hãy chọn lại tệp.", "The file is empty. Choose it again."),
        },
        widget=forms.FileInput(attrs={"accept": ".cer,.crt,.pem"}),
    )

    def __init__(self, *args: Any, choices: Iterable[tuple[str, Any]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["whose"].choices = [("", "–"), *choices]
