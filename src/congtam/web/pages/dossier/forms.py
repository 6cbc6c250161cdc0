"""What an applicant types: the code of the dossier, and the last four digits of their phone."""

from django import forms

from congtam.engine.rulebook.model import Text

CODE = Text(vi="Mã hồ sơ", en="Code of the dossier")
CODE_HINT = Text(
    vi="Mã in trên giấy tiếp nhận hồ sơ và hẹn trả kết quả.", en="It is printed on the receipt you were given."
)
DIGITS = Text(vi="Bốn số cuối của số điện thoại đã khai khi nộp", en="Last four digits of the phone number you gave")
WRONG_DIGITS = Text(vi="Hãy nhập đúng bốn chữ số, ví dụ 0123.", en="Write exactly four digits, such as 0123.")
NEEDED = Text(vi="Hãy điền ô này.", en="Fill this in.")


class Ask(forms.Form):
    """Code and digits."""

    ma = forms.CharField(max_length=120)
    so = forms.RegexField(
        regex=r"\A[0-9]{4}\Z",
        max_length=4,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "4"}),
    )

    def __init__(self, *args: object, lang: str, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.fields["ma"].label, self.fields["ma"].help_text = CODE.in_(lang), CODE_HINT.in_(lang)
        self.fields["ma"].widget.attrs["autocomplete"] = "off"
        self.fields["so"].label = DIGITS.in_(lang)
        for field in self.fields.values():
            field.error_messages["required"] = NEEDED.in_(lang)
        for kind in ("invalid", "max_length"):
            self.fields["so"].error_messages[kind] = WRONG_DIGITS.in_(lang)
