"""What a head writes: a decision, to whom work goes."""

from collections.abc import Iterable
from typing import Any

from django import forms

from congtam.engine.rulebook.model import Text

NUMBER = Text(vi="Số văn bản", en="Number of the document")
NUMBER_HINT = Text(vi="Ví dụ: 12/QĐ-SKHCN. Quyết định có hiệu lực theo số này.", en="Such as 12/QĐ-SKHCN.")
REASON = Text(vi="Lý do", en="Reason")
OUTCOME = Text(vi="Quyết định", en="Decision")
RECEIVER = Text(vi="Người nhận", en="Receiver")
WORK = Text(vi="Việc cần chuyển", en="Work to pass on")
NEEDED = Text(vi="Hãy điền ô này.", en="Fill this in.")


class _Told(forms.Form):
    """A form in one language, every field needed unless said otherwise."""

    def __init__(self, *args: Any, lang: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lang = lang
        for field in self.fields.values():
            field.error_messages["required"] = NEEDED.in_(lang)


class Decide(_Told):
    """An outcome, by a numbered document."""

    outcome = forms.ChoiceField(widget=forms.RadioSelect)
    number = forms.CharField(max_length=64)
    reason = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": "3"}))

    def __init__(self, *args: Any, lang: str, outcomes: Iterable[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, lang=lang, **kwargs)
        labels = {"outcome": OUTCOME, "number": NUMBER, "reason": REASON}
        for name, label in labels.items():
            self.fields[name].label = label.in_(lang)
        self.fields["number"].help_text = NUMBER_HINT.in_(lang)
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(outcomes)


class Move(_Told):
    """Which work goes to whom."""

    viec = forms.ChoiceField()
    nhan = forms.ChoiceField()
    ly_do = forms.CharField(max_length=400, required=False)

    def __init__(
        self, *args: Any, lang: str, shares: Iterable[tuple[Any, str]], people: Iterable[tuple[Any, str]], **kwargs: Any
    ):
        super().__init__(*args, lang=lang, **kwargs)
        for name, label, choices in (("viec", WORK, shares), ("nhan", RECEIVER, people)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.label, field.choices = label.in_(lang), [("", "–"), *((str(key), text) for key, text in choices)]
        self.fields["ly_do"].label = REASON.in_(lang)
