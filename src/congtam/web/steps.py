"""Editing in two steps: a form, then a page that says what will be and from when, and only then the writing.

The second step rehearses the action and takes it back, so that what cannot be done is told before anybody confirms.
When somebody else was faster, the form comes back filled in, with who changed what when.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congtam.engine.findings import Unusable
from congtam.engine.rulebook.model import Text
from congtam.history.conflict import Conflict
from congtam.history.refused import Refused
from congtam.web.once import once, token
from congtam.web.words import account_names, both, finding, said

CLASH = both(
    "Nội dung này mâu thuẫn với dữ liệu vừa được ghi. Chưa có gì được ghi; hãy mở lại trang để xem dữ liệu hiện nay.",
    "This contradicts what has just been written. Nothing was written; open the page again to see what stands.",
)


@dataclass(frozen=True)
class Change:
    """What a valid form would do: `told` says what will be and from when, `minded` what to look at before; `act` does
    it and gives the address to go to with what is said there."""

    told: list[Text]
    act: Callable[[], tuple[str, Text]]
    minded: list[Text] = field(default_factory=list)


@dataclass(frozen=True)
class Edit:
    """One thing to edit: the form, its values at first, and what a valid one would do."""

    title: Text
    form: Callable[..., Form]
    plan: Callable[[Mapping[str, Any]], Change]
    back: str
    initial: Mapping[str, Any] = field(default_factory=dict)
    about: Text | None = None
    danger: bool = False
    template: str = "steps/form.html"
    rehearsed: bool = True  # large actions are not done twice: their plan says what they would do
    stays: bool = True  # what stood before stays in the history; not where something is erased


def edit(request: HttpRequest, what: Edit) -> HttpResponse:
    """The form, the page to confirm, or the writing, as the request asks; where nothing is to be filled in, the page to
    confirm comes first."""
    sent = request.method == "POST"
    blank = what.form(initial=dict(what.initial))
    if not sent and blank.fields:
        return _form(request, what, blank)
    form = what.form(request.POST)
    if not form.is_valid() or request.POST.get("step") == "back":
        return _form(request, what, form, 422 if form.errors else 200)
    try:
        change = what.plan(form.cleaned_data)
        if request.POST.get("step") == "write":
            return once(request, lambda: _written(change))
        if what.rehearsed and sent:
            _rehearse(change)
    except Conflict as conflict:
        name = account_names([conflict.by]).get(conflict.by or 0, "")
        form.add_error(None, said(conflict.naming(name)))
        return _form(request, what, form, 409)
    except Refused as refusal:
        form.add_error(None, said(refusal.text))
        return _form(request, what, form, 422)
    except Unusable as refusal:
        for one in refusal.findings[:20]:
            form.add_error(None, finding(one))
        return _form(request, what, form, 422)
    except IntegrityError:
        form.add_error(None, str(CLASH))
        return _form(request, what, form, 409)
    return _review(request, what, change)


_OWN = {"csrfmiddlewaretoken", "step", "token"}


def _form(request: HttpRequest, what: Edit, form: Form, status: int = 200) -> HttpResponse:
    context = {
        "edit": what,
        "title": said(what.title),
        "about": said(what.about) if what.about else "",
        "form": form,
        "token": request.POST.get("token") or token(),
    }
    return render(request, what.template, context, status=status)


def _review(request: HttpRequest, what: Edit, change: Change) -> HttpResponse:
    """What will be written, to be confirmed; nothing can be edited (`filled`) where nothing was filled in."""
    hidden = [(key, value) for key, values in request.POST.lists() for value in values if key not in _OWN]
    filled = request.method == "POST"
    context = {
        "edit": what,
        "title": said(what.title),
        "about": said(what.about) if what.about and not filled else "",
        "told": [said(one) for one in change.told],
        "minded": [said(one) for one in change.minded],
        "hidden": hidden,
        "filled": filled,
        "token": request.POST.get("token") or token(),
    }
    return render(request, "steps/review.html", context)


def _written(change: Change) -> tuple[str, str]:
    address, told = change.act()
    return address, said(told)


def _rehearse(change: Change) -> None:
    with transaction.atomic():
        change.act()
        transaction.set_rollback(True)
