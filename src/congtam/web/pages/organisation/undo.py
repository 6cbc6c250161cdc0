"""Taking back one's own last change, while nothing depends on it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from congtam.access.gate import Right
from congtam.engine.rulebook.model import Text
from congtam.people.undo import last_change, take_back
from congtam.scores.live import mark_all
from congtam.web.asking import asks
from congtam.web.pages.journal.telling import told as lines_of
from congtam.web.pages.organisation.unit_edits import FORM
from congtam.web.steps import Change, Edit, edit


class NumberForm(forms.Form):
    """Which change is meant."""

    number = forms.IntegerField(widget=forms.HiddenInput)


@asks(Right.EDIT_PEOPLE)
@FORM
def undo(request: HttpRequest) -> HttpResponse:
    """Show the last change and take it back."""
    actor = request.seat.actor
    last = last_change(actor.account)
    if last is None and request.method != "POST":
        return redirect("organisation")

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            take_back(actor, told["number"])
            mark_all()
            return reverse("organisation"), Text(vi="Đã hoàn tác.", en="It was taken back.")

        steps = lines_of(last.entries) if last else []
        said = [Text(vi=f"Hoàn tác: {one.sentence}", en=f"Take back: {one.sentence}") for one in steps[:20]]
        if len(steps) > 20:
            said.append(Text(vi=f"và {len(steps) - 20} bước nữa", en=f"and {len(steps) - 20} more"))
        return Change(said, act)

    title = Text(vi="Hoàn tác thay đổi gần nhất của bạn", en="Take back your last change")
    about = Text(
        vi="Những gì thay đổi này đã ghi sẽ được rút, những gì nó đã thay thế đứng lại như cũ. Cả hai vẫn còn trong "
        "lịch sử.",
        en="What this change wrote is withdrawn, what it replaced stands again. Both stay in the history.",
    )
    initial = {"number": last.number if last else None}
    return edit(request, Edit(title, NumberForm, plan, reverse("organisation"), initial, about, danger=True))
