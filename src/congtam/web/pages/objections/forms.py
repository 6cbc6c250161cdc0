"""Forms of requests to review and of their answers."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from congtam.engine.rulebook.model import Text
from congtam.objections.correcting import EXEMPT, FIGURE, MARK
from congtam.objections.models import REFUSED
from congtam.web.fields import NEEDED, DayField, DecisionField, WordField
from congtam.web.pages.exemptions.forms import ManyField
from congtam.web.pages.objections import words
from congtam.web.receiving import FileField
from congtam.web.words import both

Choices = Iterable[tuple[str, Any]]


def _long(label: Any, **kwargs: Any) -> forms.CharField:
    told = {"required": NEEDED}
    return forms.CharField(
        label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": "4"}), error_messages=told, **kwargs
    )


class RequestForm(forms.Form):
    """What a request is about, why, and what shows it."""

    about = WordField(label=both("Đề nghị xem xét lại", "To be reviewed"), widget=forms.RadioSelect)
    reason = _long(both("Vì sao chưa đúng", "Why it is wrong"))
    file = FileField(label=both("Minh chứng (tệp)", "Evidence (a file)"), required=False)
    work = forms.ChoiceField(label=both("Hoặc công việc chứng minh", "Or work that shows it"), required=False)

    def __init__(self, *args: Any, abouts: Choices, works: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = list(abouts)
        self.fields["work"].choices = [("", "–"), *works]


class AnswerForm(forms.Form):
    """Whether a request is upheld, why, and what is put right."""

    outcome = WordField(label=both("Trả lời", "Answer"), widget=forms.RadioSelect)
    reason = _long(both("Lý do", "Reason"))
    chosen = ManyField(label=both("Không tính các lỗi, phần việc sau", "These do not count"), required=False)
    decision = DecisionField(label=both("Số văn bản", "Number of the document"), required=False)
    decided_on = DayField(label=both("Ngày ký", "Signed on"), required=False)
    points = forms.DecimalField(
        label=both("Điểm đúng", "The right mark"), required=False, min_value=0, decimal_places=2, localize=True
    )

    def __init__(self, *args: Any, kind: str, choices: Choices = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["outcome"].choices = _texts(words.OUTCOMES)
        self.fields["chosen"].choices = list(choices)
        kept = {"outcome", "reason"} | {EXEMPT: {"chosen", "decision", "decided_on"}}.get(kind, set())
        kept |= {"points"} if kind in (MARK, FIGURE) else set()
        for name in set(self.fields) - kept:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("outcome") in (None, REFUSED):
            return told
        for name in ("chosen", "decision", "decided_on", "points"):
            if name in self.fields and told.get(name) in (None, "", []) and name not in self.errors:
                self.add_error(name, NEEDED)
        return told


def _texts(found: Mapping[str, Text]) -> list[tuple[str, Any]]:
    return [(key, both(one.vi, one.en)) for key, one in found.items()]
