"""Bringing an office's people in from a workbook: hand it in, read the report row by row, then apply it or not."""

import secrets
import time
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congtam.access.gate import Right
from congtam.people.sheet_apply import apply, rehearse
from congtam.people.sheet_columns import FILE
from congtam.people.sheet_report import NEW, REFUSED, RESULTS, UNCHANGED, Report
from congtam.people.sheet_rows import read_people_workbook
from congtam.people.sheets import workbook as template_bytes
from congtam.web.asking import asks
from congtam.web.once import once, token
from congtam.web.pages.organisation import reach
from congtam.web.pages.organisation.after import change
from congtam.web.words import both, said

MOST_BYTES = 20 << 20
KEPT = 24 * 3600  # seconds a workbook waits to be applied
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 500  # rows of a report on one page
LOST = both(
    "Tệp đang chờ không còn (quá một ngày, hoặc đã áp dụng). Hãy nộp lại tệp.",
    "The workbook no longer waits (more than a day, or applied). Hand it in again.",
)


class WorkbookForm(forms.Form):
    """The workbook to hand in."""

    file = forms.FileField(
        label=both("Tệp bảng tính (.xlsx)", "Workbook (.xlsx)"),
        error_messages={
            "required": both("Chưa chọn tệp. Hãy chọn tệp .xlsx đã điền.", "No file is chosen. Choose the workbook."),
            "empty": both("Tệp rỗng. Hãy chọn lại tệp.", "The file is empty. Choose it again."),
        },
    )
    file.widget.attrs["accept"] = ".xlsx"

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            too_large = both(
                f"Tệp lớn hơn {MOST_BYTES >> 20} MB. Bỏ hình ảnh và trang thừa, hoặc chia thành nhiều tệp.",
                f"The file is larger than {MOST_BYTES >> 20} MB. Take pictures and other sheets out, or split it.",
            )
            raise forms.ValidationError(too_large)
        return file


@asks(Right.EDIT_PEOPLE)
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The blank workbook."""
    return HttpResponse(
        template_bytes(), content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{FILE}"'}
    )


@asks(Right.EDIT_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def workbook(request: HttpRequest) -> HttpResponse:
    """Hand a workbook in; then its report."""
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    if request.method == "POST" and form.is_valid():
        name = secrets.token_hex(16)
        try:
            _keep(form.cleaned_data["file"], _folder() / f"{name}.xlsx")
        except OSError as error:
            no_room = both(
                f"Máy chủ không ghi được tệp ({error.strerror}). Chưa có gì được nhận; báo quản trị kiểm tra dung "
                "lượng đĩa.",
                f"The server cannot write the file ({error.strerror}). Nothing was taken; tell the administrator.",
            )
            form.add_error("file", forms.ValidationError(no_room))
        else:
            request.session["workbook"] = {"name": name, "called": form.cleaned_data["file"].name[:200]}
            return redirect("organisation_workbook_report")
    return render(request, "organisation/workbook.html", {"form": form}, status=422 if form.errors else 200)


@asks(Right.EDIT_PEOPLE)
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """What would become of every row, before anything is written."""
    waiting = _waiting(request)
    if waiting is None:
        messages.warning(request, str(LOST))
        return redirect("organisation_workbook")
    seat: Any = request.seat
    found = rehearse(seat.actor, read_people_workbook(waiting), _may(seat))
    return _report(request, found)


@asks(Right.EDIT_PEOPLE)
@require_POST
def apply_workbook(request: HttpRequest) -> HttpResponse:
    """Write every row, or none."""
    seat: Any = request.seat
    waiting = _waiting(request)
    applied: list[Report] = []

    def act() -> tuple[str, str]:
        if waiting is None:
            return reverse("organisation_workbook"), str(LOST)
        with change(seat.actor):
            applied.append(apply(seat.actor, read_people_workbook(waiting), _may(seat)))
        if applied[0].refused:
            return reverse("organisation_workbook_report"), ""
        counts = applied[0].counts
        written = sum(count for result, count in counts.items() if result not in (UNCHANGED, REFUSED, "example"))
        return reverse("organisation"), str(
            both(
                f"Đã ghi {written} dòng ({counts.get(NEW, 0)} thêm mới); {counts.get(UNCHANGED, 0)} dòng không đổi.",
                f"{written} rows were written ({counts.get(NEW, 0)} new); {counts.get(UNCHANGED, 0)} are unchanged.",
            )
        )

    answer = once(request, act)
    if waiting is not None and applied and not applied[0].refused:
        waiting.unlink(missing_ok=True)
    return answer


def _report(request: HttpRequest, found: Report) -> HttpResponse:
    order = {REFUSED: 0}
    rows = sorted(found.rows, key=lambda row: order.get(row.result, 1))
    context = {
        "called": request.session["workbook"]["called"],
        "report": found,
        "counts": [(said(text), found.counts.get(result, 0)) for result, text in RESULTS.items()],
        "problems": [(said(one.what), said(one.advice)) for one in found.problems],
        "rows": [
            (row, said(row.place), said(RESULTS[row.result]), [(said(p.what), said(p.advice)) for p in row.problems])
            for row in rows[:SHOWN]
            if row.result in RESULTS
        ],
        "more": max(0, len(rows) - SHOWN),
        "changes": any(row.result not in (UNCHANGED, "example") for row in found.rows),
        "token": token(),
    }
    return render(request, "organisation/workbook_report.html", context)


def _may(seat: Any) -> Any:
    agencies = reach.agencies(seat)

    def may(kind: str, number: int) -> bool:
        return reach.keeps_unit(seat, number) if kind == "unit" else reach.keeps_person(seat, number)

    return may if agencies else (lambda kind, number: False)


def _folder() -> Path:
    """Where workbooks wait; those that waited too long are taken away."""
    folder = Path(settings.SITE) / "waiting"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.xlsx"):
        if old.stat().st_mtime < time.time() - KEPT:
            old.unlink(missing_ok=True)
    return folder


def _keep(file: UploadedFile, path: Path) -> None:
    """Write the file whole or not at all. Raises `OSError`."""
    try:
        with path.open("wb") as kept:
            for piece in file.chunks():
                kept.write(piece)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _waiting(request: HttpRequest) -> Path | None:
    name = (request.session.get("workbook") or {}).get("name", "")
    path = Path(settings.SITE) / "waiting" / f"{name}.xlsx"
    return path if name and path.is_file() else None
