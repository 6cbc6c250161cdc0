"""Handing in a file to a piece of work, and taking it out again."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods, require_safe

from congtam.access.gate import Right
from congtam.engine.explaining.formats import moment
from congtam.evidence import actions
from congtam.evidence.keeping import opened
from congtam.evidence.models import Evidence
from congtam.evidence.queries import evidence_of
from congtam.history.refused import Refused
from congtam.web.asking import asks
from congtam.web.fields import LineField
from congtam.web.once import once, token
from congtam.web.pages.evidence import reach
from congtam.web.receiving import FileField, handed_in, handed_out, takes_file
from congtam.web.words import both, said

HANDED_IN = both("Đã nộp minh chứng.", "The evidence was handed in.")


class HandIn(forms.Form):
    """The file, and what it shows."""

    file = FileField()
    note = LineField(label=both("Nội dung minh chứng", "What it shows"), max_length=200, required=False)


@takes_file
@asks(Right.OWN_WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest, item: int) -> HttpResponse:
    """The form on a page of its own; sent from here or from the page of the work."""
    if not reach.may_add(request.seat, item):
        raise Http404
    form = HandIn(request.POST, request.FILES) if request.method == "POST" else HandIn()
    if form.is_bound and form.is_valid():
        try:
            return once(request, lambda: _done(request, item, form.cleaned_data))
        except Refused as refusal:
            form.add_error("file", said(refusal.text))
    context = {
        "form": form,
        "item": item,
        "evidence": evidence_of(item),
        "token": request.POST.get("token") or token(),
        "as_of": timezone.now(),
    }
    return render(request, "evidence/hand_in.html", context, status=422 if form.errors else 200)


@asks()
@require_safe
def download(request: HttpRequest, number: int) -> HttpResponse:
    """One file, for who may see the item it was handed in to; to all others there is none."""
    found = get_object_or_404(Evidence.objects.select_related("file"), pk=number)
    if not reach.may_see(request.seat, found.item_id):
        raise Http404
    return handed_out(opened(found.file), found.name, found.file.kind)


def _done(request: HttpRequest, item: int, told: dict[str, Any]) -> tuple[str, str]:
    made, new = actions.hand_in(request.seat, item, *handed_in(told["file"]), told["note"])
    return reverse("task", args=[item]), str(HANDED_IN if new else _there(made))


def _there(made: Evidence) -> Promise:
    at = moment(made.at, "vi")
    return both(f"Tệp này đã nộp lúc {at}; không ghi thêm gì.", f"Handed in before, at {at}; nothing more was written.")
