"""Uploading a file: received whole or piece by piece, its mapping reviewed with the first rows, read by the worker."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congtam.access.gate import Right
from congtam.engine.explaining.formats import moment
from congtam.engine.findings import Unusable
from congtam.history.refused import Refused
from congtam.intake import uploads
from congtam.intake.models import RUNNING, Batch, Upload
from congtam.intake.reading import preview
from congtam.sources.models import Source
from congtam.sources.queries import sources_on
from congtam.web.asking import asks, refused
from congtam.web.fields import WordField
from congtam.web.pages.sources import reach
from congtam.web.pages.sources.mapping_form import MappingForm, changed, columns_of
from congtam.web.pages.sources.words import UPLOADS
from congtam.web.pages.worklist.words import ACTIVITIES
from congtam.web.words import both, finding, in_words, said

PIECE = 4 << 20  # bytes
SHOWN = 12  # rows of the preview
RECENT = 20


class UploadForm(forms.Form):
    """From which source, and the file."""

    source = WordField(label=both("Nguồn", "Source"))
    file = forms.FileField(
        label=both("Tệp", "File"),
        help_text=both("CSV, XLSX, XES hoặc Parquet; đến 4 GB.", "CSV, XLSX, XES or Parquet; up to 4 GB."),
        error_messages={
            "required": both("Chưa chọn tệp. Hãy chọn tệp cần tải lên.", "No file is chosen. Choose the file."),
            "empty": both("Tệp rỗng. Hãy chọn lại tệp.", "The file is empty. Choose it again."),
        },
    )
    file.widget.attrs["accept"] = ",".join(uploads.ENDINGS)

    def __init__(self, *args: Any, sources: list[Source], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [(one.code, one.name) for one in sources]


@asks(Right.KEEP_SOURCES)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file. Without scripts it comes whole with the form; with them piece by piece (`begin`, `piece`)."""
    sources = _sources(request)
    blank = UploadForm(sources=sources, initial={"source": request.GET.get("nguon", "")})
    form = UploadForm(request.POST, request.FILES, sources=sources) if request.method == "POST" else blank
    if request.method == "POST" and form.is_valid():
        source = next(one for one in sources if one.code == form.cleaned_data["source"])
        try:
            made = _receive_whole(request.seat.actor, source, form.cleaned_data["file"])
        except Refused as refusal:
            form.add_error("file", said(refusal.text))
        else:
            return redirect("sources_upload_review", made.pk)
    recent = Upload.objects.filter(source__in=sources).select_related("source").order_by("-pk")[:RECENT]
    context = {
        "form": form,
        "sources": sources,
        "recent": [(one, UPLOADS.get(one.state, one.state)) for one in recent],
        "piece": PIECE,
        "as_of": timezone.now(),
    }
    return render(request, "sources/upload.html", context, status=422 if form.errors else 200)


@asks(Right.KEEP_SOURCES)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """A file is about to come in pieces: where to send them."""
    source = next((one for one in _sources(request) if one.code == request.POST.get("source")), None)
    size = request.POST.get("size", "")
    if source is None or not size.isdecimal() or len(size) > 15:
        told = both("Chưa chọn nguồn, hoặc tệp không rõ cỡ.", "No source is chosen, or the size is not known.")
        return JsonResponse({"problem": str(told)}, status=422)
    try:
        made = uploads.begin(request.seat.actor, source, request.POST.get("name", ""), int(size))
    except Refused as refusal:
        return JsonResponse({"problem": said(refusal.text)}, status=422)
    return JsonResponse(_where(made), status=201)


@asks(Right.KEEP_SOURCES)
@require_http_methods(["GET", "PATCH"])
def piece(request: HttpRequest, number: int) -> HttpResponse:
    """How far a file has come (GET), or its next bytes (PATCH, with `tu` the number of the first)."""
    found = _one(request, number)
    if found is None:
        return JsonResponse({"problem": str(both("Không có quyền.", "Not allowed."))}, status=403)
    if request.method == "PATCH":
        start = request.GET.get("tu", "")
        if not start.isdecimal() or len(start) > 15 or int(request.headers.get("Content-Length") or 0) > 2 * PIECE:
            told = both("Phần gửi lên sai cỡ hoặc sai vị trí.", "The piece has a wrong size or place.")
            return JsonResponse({"problem": str(told), **_where(found)}, status=422)
        try:
            found = uploads.append_piece(found, int(start), request.body)
        except Refused as refusal:
            found.refresh_from_db()
            return JsonResponse({"problem": said(refusal.text), **_where(found)}, status=409)
    return JsonResponse(_where(found))


@asks(Right.KEEP_SOURCES)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, number: int) -> HttpResponse:
    """The mapping of a file with its first rows; or how far its reading is, and what came of it."""
    found = _one(request, number)
    if found is None:
        return refused(request, Right.KEEP_SOURCES)
    if found.state == "receiving":
        return render(request, "sources/upload_waits.html", {"upload": found})
    if found.state in (*RUNNING, "erased") or (found.state == "done" and request.GET.get("lai") != "1"):
        return render(request, "sources/upload_progress.html", _progress(found))
    return _review(request, found)


@asks(Right.KEEP_SOURCES)
@require_safe
def progress(request: HttpRequest, number: int) -> HttpResponse:
    """The part of the page that says how far the reading is; asked again until it is done."""
    found = _one(request, number)
    if found is None:
        return refused(request, Right.KEEP_SOURCES)
    return render(request, "sources/upload_state.html", _progress(found))


def _review(request: HttpRequest, found: Upload) -> HttpResponse:
    try:
        columns = columns_of(uploads.file_of(found))
        text = uploads.proposed_mapping(found)
    except (Unusable, OSError) as error:
        return render(request, "sources/upload_refused.html", {"upload": found, "findings": _said(error)}, status=422)
    form = MappingForm(text=text, columns=columns)
    findings: list[str] = []
    if request.method == "POST":
        by_hand = request.POST.get("by_hand") == "1"
        form = MappingForm(request.POST, text=text, columns=columns) if not by_hand else form
        if by_hand or form.is_valid():
            text = (
                request.POST.get("mapping", "").replace("\r\n", "\n") if by_hand else changed(text, form.cleaned_data)
            )
            start = request.POST.get("step") == "start"
            findings = _keep(request, found, text, start)
            if not findings and start:
                messages.success(request, str(both("Tệp đã vào hàng chờ đọc.", "The file waits to be read.")))
                return redirect("sources_upload_review", found.pk)
            if not findings:
                form = MappingForm(text=text, columns=columns)
    rows, seen = _preview(found, text)
    context = {
        "upload": found,
        "problem": in_words(found.problem),
        "form": form,
        "text": text,
        "rows": rows,
        "good": sum(not row["problem"] for row in rows),
        "findings": [*findings, *seen],
    }
    return render(request, "sources/upload_review.html", context, status=422 if form.errors or findings else 200)


def _keep(request: HttpRequest, found: Upload, text: str, start: bool) -> list[str]:
    """Keep the mapping, and have the file read by it; why not, when that cannot be."""
    try:
        uploads.keep_mapping(request.seat.actor, found, text)
        if start:
            uploads.enqueue(request.seat.actor, found)
    except Refused as refusal:
        return [said(refusal.text)]
    except (Unusable, OSError) as error:
        return _said(error)
    return []


def _preview(found: Upload, text: str) -> tuple[list[dict[str, Any]], list[str]]:
    """The first rows as they would be taken in, and why they cannot be shown."""
    try:
        seen = preview(found, text, SHOWN)
    except (Unusable, OSError) as error:
        return [], _said(error)
    return [
        {
            "place": one.place,
            "key": one.key,
            "title": one.told.title if one.told else "",
            "events": [_happening(event) for event in one.told.events] if one.told else [],
            "problem": in_words(one.problem),
            "advice": in_words(one.advice),
        }
        for one in seen
    ], []


def _happening(event: Any) -> str:
    """One event in words: what, when, who."""
    word = said(ACTIVITIES[event.activity]) if event.activity in ACTIVITIES else event.activity
    who = ", ".join(one for one in (event.official, event.unit) if one)
    return f"{word}: {moment(event.at, 'vi')}{f' · {who}' if who else ''}{f' → {event.value}' if event.value else ''}"


def _progress(found: Upload) -> dict[str, Any]:
    """How far the reading is that runs, or was the last; rows that were mended are read again with their file."""
    running = found.state in RUNNING
    batches = Batch.objects.filter(upload=found).order_by("-pk")
    batch = batches.filter(ended_at=None).first() if running else batches.first()
    read = found.report if running and found.report else None
    return {
        "upload": found,
        "state": UPLOADS.get(found.state, found.state),
        "batch": batch,
        "withdrawal": batch.withdrawals.first() if batch else None,
        "running": running,
        "read": read,
        "percent": 100 * read["bytes_read"] // max(1, read["bytes_total"]) if read else None,
    }


def _receive_whole(actor: Any, source: Source, file: UploadedFile) -> Upload:
    made = uploads.begin(actor, source, file.name or "", file.size or 0)
    at = 0
    for data in file.chunks(PIECE):
        made = uploads.append_piece(made, at, data)
        at += len(data)
    return made


def _where(found: Upload) -> dict[str, Any]:
    """Where pieces go, how many bytes are here, and the page to go to when all are."""
    return {
        "number": found.pk,
        "piece": reverse("sources_upload_piece", args=[found.pk]),
        "received": found.received,
        "size": found.size,
        "page": reverse("sources_upload_review", args=[found.pk]),
    }


def _sources(request: HttpRequest) -> list[Source]:
    return reach.over(request.seat, Right.KEEP_SOURCES, sources_on(timezone.localdate()))


def _one(request: HttpRequest, number: int) -> Upload | None:
    found = get_object_or_404(Upload.objects.select_related("source"), pk=number)
    return found if reach.over(request.seat, Right.KEEP_SOURCES, [found.source]) else None


def _said(error: Exception) -> list[str]:
    if isinstance(error, Unusable):
        return [finding(one) for one in error.findings[:20]]
    return [str(both(f"Máy chủ không đọc được tệp: {error}.", f"The server cannot read the file: {error}."))]
