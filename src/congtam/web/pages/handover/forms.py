"""The form of a handover: one receiver for all, and others for single items."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from congtam.engine.explaining import formats
from congtam.web.fields import DecisionField, WordField
from congtam.web.words import both
from congtam.work.models import Share

WHYS = {
    "post_ends": both("Thôi giữ vị trí (chuyển công tác, nghỉ hưu, thôi việc)", "The post ends"),
    "leave": both("Nghỉ phép, nghỉ ốm, đi học, biệt phái", "Leave begins"),
    "other": both("Lý do khác", "Another reason"),
}
_NOBODY = both("– như người nhận chung –", "– as the receiver of all –")


class HandoverForm(forms.Form):
    """To whom the work of a person goes, and why."""

    why = WordField(label=both("Lý do bàn giao", "Why"), choices=list(WHYS.items()))
    receiver = WordField(
        label=both("Người nhận chung", "Receiver of all"),
        required=False,
        help_text=both(
            "Nhận mọi việc không chọn người riêng, và các đề nghị đang chờ trả lời.",
            "Receives every item without a receiver of its own, and questions that wait for an answer.",
        ),
    )
    decision = DecisionField(label=both("Số quyết định (nếu có)", "Number of the decision, if any"), required=False)
    note = forms.CharField(
        label=both("Ghi chú trong biên bản", "Note in the minutes"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )

    def __init__(
        self, *args: Any, shares: Sequence[Share], people: Iterable[tuple[str, str]], lang: str, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        listed = list(people)
        receiver = self.fields["receiver"]
        assert isinstance(receiver, forms.ChoiceField)
        receiver.choices = [("", both("– chọn –", "– choose –")), *listed]
        for share in shares:
            self.fields[f"to_{share.item_id}"] = WordField(
                label=called(share, lang), required=False, choices=[("", _NOBODY), *listed]
            )

    def head(self) -> list[Any]:
        """The fields about the whole."""
        return [self[name] for name in ("why", "receiver", "decision", "note")]

    def lines(self) -> list[Any]:
        """One field for each item."""
        return [field for field in self if field.name.startswith("to_")]


def called(share: Share, lang: str) -> str:
    """What an item is called in the form, with its deadline."""
    text = getattr(share.item, "text", None)
    name = (text.title if text else "") or share.item.key
    due = both(", hạn ", ", due ") if share.due_at else ""
    return f"{name}{due}{formats.moment(share.due_at, lang) if share.due_at else ''}"
