"""One document: its page, each step on it, and its files."""

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from congtam.documents.signature_words import NO_NETWORK
from congtam.evidence.keeping import opened as file_of
from congtam.history.refused import Refused
from congtam.registers.models import Document, Paper
from congtam.registers.queries import opened
from congtam.web.asking import asks
from congtam.web.once import once, token
from congtam.web.pages.registers.reading import read
from congtam.web.pages.registers.steps import BY_SLUG, Step, blank, offered, stand_of
from congtam.web.receiving import handed_out, takes_file
from congtam.web.words import said


@asks()
@require_safe
def document(request: HttpRequest, number: int) -> HttpResponse:
    """The page of a document, for who sees the register or has a part in it; to all others there is none."""
    return _page(request, _found(request, number))


@takes_file
@asks()
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """One step: its form opened on the page of the document; sent, done once."""
    found, meant = _found(request, number), BY_SLUG.get(slug)
    if meant is None:
        raise Http404
    if request.method != "POST":
        return _page(request, found, meant)
    form = blank(meant, stand_of(request.seat, found, timezone.now()), request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, meant, form)
    try:
        return once(request, lambda: _done(request, found, meant, form))
    except Refused as refusal:
        form.add_error(None, said(refusal.text))
        return _page(request, opened(request.seat, number) or found, meant, form)


@asks()
@require_safe
def download(request: HttpRequest, number: int) -> HttpResponse:
    """One file of a document, for who may see the document."""
    paper = get_object_or_404(Paper.objects.select_related("file"), pk=number)
    _found(request, paper.document_id)
    return handed_out(file_of(paper.file), paper.name, paper.file.kind)


def _done(request: HttpRequest, found: Document, meant: Step, form: Form) -> tuple[str, str]:
    meant.do(request.seat, found.pk, form.cleaned_data)
    return reverse("document", args=[found.pk]), said(meant.done)


def _found(request: HttpRequest, number: int) -> Document:
    found = opened(request.seat, number)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, found: Document, meant: Step | None = None, form: Any = None) -> HttpResponse:
    now = timezone.now()
    stand = stand_of(request.seat, found, now)
    steps = offered(stand)
    context = {
        "as_of": now,
        "document": found,
        "told": read(request.seat, found),
        "steps": [(one, form if one is meant and form is not None else blank(one, stand)) for one in steps],
        "opened": meant.slug if meant else "",
        "refused": form if form is not None and meant not in steps else None,
        "no_network": NO_NETWORK,
        "token": token(),
    }
    return render(request, "registers/document.html", context, status=422 if form is not None else 200)
