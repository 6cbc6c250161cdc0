"""Rows set aside: by reason, one by one to be mended and replayed, many at once after remapping, or dropped."""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from congtam.access.gate import Right
from congtam.engine.rulebook.model import Text
from congtam.intake.actions import drop
from congtam.intake.mending import replay
from congtam.intake.models import Batch, SetAside
from congtam.intake.telling import Outcome
from congtam.intake.translating import english
from congtam.intake.words import called
from congtam.sources.models import Source
from congtam.web.asking import asks, refused
from congtam.web.fields import LineField
from congtam.web.pages.sources import reach
from congtam.web.steps import Change, Edit, edit
from congtam.web.words import both, in_words, said

FORM = require_http_methods(["GET", "HEAD", "POST"])
PAGE = 50
AT_ONCE = 5000  # rows replayed with one press
LONGEST = 4000
_NEEDED = both("Chưa điền.", "This is empty.")


@asks(Right.KEEP_SOURCES)
@require_safe
def aside(request: HttpRequest) -> HttpResponse:
    """What is set aside, by source and reason; the rows of one reason."""
    rows = _open(request)
    groups = rows.values("batch__source__code", "batch__source__name", "code").annotate(count=Count("pk"))
    code = request.GET.get("ly-do", "")
    chosen = rows.filter(code=code) if code else rows
    page = Paginator(chosen.select_related("batch__source").order_by("-pk"), PAGE).get_page(request.GET.get("trang"))
    context = {
        "groups": [(one, said(called(one["code"]))) for one in groups.order_by("-count")],
        "under_way": _under_way(request),
        "code": code,
        "source": request.GET.get("nguon", ""),
        "page": page,
        "rows": [(one, in_words(one.message), in_words(one.advice), _brief(one.cells)) for one in page.object_list],
        "as_of": timezone.now(),
    }
    return render(request, "sources/aside.html", context)


@asks(Right.KEEP_SOURCES)
@FORM
def mend(request: HttpRequest, number: int) -> HttpResponse:
    """Mend the cells of one row and replay it."""
    row = _one(request, number)
    if row is None:
        return refused(request, Right.KEEP_SOURCES)
    actor, back = request.seat.actor, reverse("sources_aside")

    def plan(told: Mapping[str, Any]) -> Change:
        cells = told["cells"]

        def act() -> tuple[str, Text]:
            return _done(replay(actor, [row.pk], {row.pk: cells}), back)

        moved = [name for name in cells if cells[name] != row.cells.get(name)]
        named = ", ".join(moved) or "–"
        lines = [
            Text(vi=f"Sửa ô: {named}. Rồi đưa bản ghi vào lại.", en=f"Cells mended: {named}. Then it is replayed.")
        ]
        return Change(lines, act)

    about = Text(
        vi=f"{row.message} → {row.advice} ({row.place})",
        en=f"{english(row.message)} → {english(row.advice)} ({row.place})",
    )
    title = Text(vi="Sửa bản ghi để riêng", en="Mend a row set aside")
    return edit(request, Edit(title, partial(CellsForm, cells=row.cells), plan, back, {}, about, rehearsed=False))


@asks(Right.KEEP_SOURCES)
@FORM
def replay_many(request: HttpRequest) -> HttpResponse:
    """Replay all rows of a source with one reason: after people or units were added, or the mapping was changed."""
    actor = request.seat.actor
    numbers = list(_chosen(request).values_list("pk", flat=True)[:AT_ONCE])
    back = reverse("sources_aside")

    def plan(_: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            return _done(replay(actor, numbers, {}), back)

        said = Text(
            vi=f"Đưa lại {len(numbers)} bản ghi. Bản ghi nào vẫn chưa dùng được thì lại để riêng, kèm lý do mới.",
            en=f"Replay {len(numbers)} rows. What still cannot be used is set aside again, with its reason.",
        )
        return Change([said], act)

    title = Text(vi="Đưa lại nhiều bản ghi", en="Replay many rows")
    return edit(request, Edit(title, forms.Form, plan, back, {}, _about(request, len(numbers)), rehearsed=False))


@asks(Right.KEEP_SOURCES)
@FORM
def drop_many(request: HttpRequest) -> HttpResponse:
    """Drop rows, one or all of a reason: they are no work of anybody."""
    actor = request.seat.actor
    numbers = list(_chosen(request).values_list("pk", flat=True)[:AT_ONCE])
    back = reverse("sources_aside")

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            drop(actor, numbers, told["reason"])
            return back, Text(vi=f"Đã bỏ {len(numbers)} bản ghi.", en=f"{len(numbers)} rows were dropped.")

        said = Text(
            vi=f"Bỏ {len(numbers)} bản ghi, vì: {told['reason']}. Chúng không tính vào đâu; vẫn giữ để tra.",
            en=f"Drop {len(numbers)} rows because: {told['reason']}. They count nowhere and are kept to be looked up.",
        )
        return Change([said], act)

    title = Text(vi="Bỏ bản ghi để riêng", en="Drop rows set aside")
    what = Edit(title, DropForm, plan, back, {}, _about(request, len(numbers)), danger=True)
    return edit(request, what)


class DropForm(forms.Form):
    """Why rows are dropped."""

    reason = LineField(label=both("Lý do bỏ", "Why they are dropped"), max_length=400)


class CellsForm(forms.Form):
    """The cells of a row, each to be mended; the body of a pushed record as text."""

    def __init__(self, *args: Any, cells: Mapping[str, Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._names = list(cells)
        self._flat = all(value is None or isinstance(value, str) for value in cells.values())
        if self._flat:
            for at, (name, value) in enumerate(cells.items()):
                self.fields[f"o{at}"] = forms.CharField(
                    label=name, initial=value or "", required=False, max_length=LONGEST, strip=False
                )
        else:
            self.fields["body"] = forms.CharField(
                label=both("Nội dung bản ghi (JSON)", "Body of the record (JSON)"),
                initial=json.dumps(cells, ensure_ascii=False, indent=2),
                widget=forms.Textarea(attrs={"rows": 18, "class": "mono", "spellcheck": "false"}),
                error_messages={"required": _NEEDED},
            )

    def clean_body(self) -> dict[str, Any]:
        """The record as JSON."""
        try:
            body = json.loads(self.cleaned_data["body"])
        except ValueError as error:
            wrong = both(f"Nội dung không phải JSON: {error}.", f"This is no JSON: {error}.")
            raise forms.ValidationError(wrong) from None
        if not isinstance(body, dict):
            raise forms.ValidationError(both("Nội dung phải là một bản ghi {…}.", "This must be one record {…}."))
        return body

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if self._flat:
            told["cells"] = {name: told.get(f"o{at}", "") for at, name in enumerate(self._names)}
        else:
            told["cells"] = told.get("body", {})
        return told


def _open(request: HttpRequest) -> QuerySet[SetAside]:
    """The open rows of the sources the seat keeps, of one source when the address names it; none being replayed."""
    rows = _kept(request).filter(replayed_in=None)
    named = request.GET.get("nguon", "")
    return rows.filter(batch__source__code=named) if named else rows


def _under_way(request: HttpRequest) -> QuerySet[SetAside, dict[str, Any]]:
    """The files that are read again for rows of them, with how many those are."""
    rows = _kept(request).exclude(replayed_in=None)
    return rows.values("batch__upload", "batch__upload__name").annotate(count=Count("pk")).order_by("batch__upload")


def _kept(request: HttpRequest) -> QuerySet[SetAside]:
    kept = reach.over(request.seat, Right.KEEP_SOURCES, list(Source.objects.all()))
    return SetAside.objects.filter(state="open", batch__source__in=kept)


def _chosen(request: HttpRequest) -> QuerySet[SetAside]:
    """The rows the address names: one by number, or all of a reason (and source)."""
    rows = _open(request).order_by("pk")
    number, code = request.GET.get("so", ""), request.GET.get("ly-do", "")
    if number:
        return rows.filter(pk=int(number)) if number.isdecimal() and len(number) < 19 else rows.none()
    return rows.filter(code=code) if code else rows.none()


def _one(request: HttpRequest, number: int) -> SetAside | None:
    row = SetAside.objects.filter(pk=number, state="open", replayed_in=None).select_related("batch__source").first()
    if row is None:
        raise Http404
    return row if reach.over(request.seat, Right.KEEP_SOURCES, [row.batch.source]) else None


def _about(request: HttpRequest, count: int) -> Text:
    reason = called(request.GET.get("ly-do", ""))
    return Text(vi=f"{count} bản ghi. {reason.vi}", en=f"{count} rows. {reason.en}")


def _done(outcomes: list[Outcome], back: str) -> tuple[str, Text]:
    """Where to go and what is said there: how far it is, where a file is read again."""
    reading = list(Batch.objects.filter(pk__in=[one.batch for one in outcomes if not one.ended]))
    if reading:
        told = Text(
            vi="Tệp được đọc lại để đưa bản ghi đã sửa vào. Đọc xong sẽ có kết quả.",
            en="The file is read again so that what was mended is taken in. What came of it is told when it was read.",
        )
        return reverse("sources_upload_review", args=[reading[0].upload_id]) if len(reading) == 1 else back, told
    taken = sum(one.accepted + one.updated + one.unchanged for one in outcomes)
    aside = sum(one.set_aside for one in outcomes)
    return back, Text(
        vi=f"Đã đưa vào {taken} bản ghi; {aside} bản ghi vẫn để riêng.",
        en=f"{taken} rows were taken in; {aside} are still set aside.",
    )


def _brief(cells: Mapping[str, Any]) -> str:
    """The first cells of a row on one line."""
    plain = {name: value for name, value in cells.items() if not isinstance(value, list | dict)}
    told = [f"{name}: {value}" for name, value in plain.items() if value not in (None, "")]
    text = "; ".join(told)
    return text if len(text) <= 160 else f"{text[:159]}…"
