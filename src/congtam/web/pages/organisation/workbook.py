"""Bringing an office's people in from a workbook: hand it in, read the report row by row, then apply it or not."""

from typing import Any

from django import forms
from django.contrib import messages
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
from congtam.web.waiting import LOST, WorkbookField, as_download, keep, waiting
from congtam.web.words import both, said

PEOPLE = "workbook"  # what waits in a session
SHOWN = 500  # rows of a report on one page


class WorkbookForm(forms.Form):
    """The workbook to hand in."""

    file = WorkbookField()


@asks(Right.EDIT_PEOPLE)
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The blank workbook."""
    return as_download(template_bytes(), FILE)


@asks(Right.EDIT_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def workbook(request: HttpRequest) -> HttpResponse:
    """Hand a workbook in; then its report."""
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    if request.method == "POST" and form.is_valid() and keep(request, PEOPLE, form):
        return redirect("organisation_workbook_report")
    return render(request, "organisation/workbook.html", {"form": form}, status=422 if form.errors else 200)


@asks(Right.EDIT_PEOPLE)
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """What would become of every row, before anything is written."""
    kept = waiting(request, PEOPLE)
    if kept is None:
        messages.warning(request, str(LOST))
        return redirect("organisation_workbook")
    seat: Any = request.seat
    found = rehearse(seat.actor, read_people_workbook(kept.path), _may(seat))
    return _report(request, kept.called, found)


@asks(Right.EDIT_PEOPLE)
@require_POST
def apply_workbook(request: HttpRequest) -> HttpResponse:
    """Write every row, or none."""
    seat: Any = request.seat
    kept = waiting(request, PEOPLE)
    applied: list[Report] = []

    def act() -> tuple[str, str]:
        if kept is None:
            return reverse("organisation_workbook"), str(LOST)
        with change(seat.actor):
            applied.append(apply(seat.actor, read_people_workbook(kept.path), _may(seat)))
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
    if kept is not None and applied and not applied[0].refused:
        kept.path.unlink(missing_ok=True)
    return answer


def _report(request: HttpRequest, called: str, found: Report) -> HttpResponse:
    order = {REFUSED: 0}
    rows = sorted(found.rows, key=lambda row: order.get(row.result, 1))
    context = {
        "called": called,
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
