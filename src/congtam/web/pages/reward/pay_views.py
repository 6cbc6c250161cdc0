"""What people earn, for the accountant and personnel only: a list, and a workbook handed in row by row."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congtam.access import looks
from congtam.access.gate import Right
from congtam.access.seats import Seat
from congtam.orgs.queries import trees_under
from congtam.people.queries import Staff, staff_of
from congtam.reward import sheet
from congtam.reward.queries import earnings_of
from congtam.web.asking import asks
from congtam.web.once import once, token
from congtam.web.waiting import LOST, WorkbookField, as_download, keep, waiting
from congtam.web.words import both, said

KIND = "earnings"
SHOWN = 500


class SheetForm(forms.Form):
    """The workbook to hand in."""

    file = WorkbookField()


@asks(Right.SEE_FUND)
@require_safe
def pay(request: HttpRequest) -> HttpResponse:
    """What each of the agency's people earns, with the document it stands in."""
    seat = request.seat
    if not seat.finance and not seat.personnel:
        raise Http404
    staff = _staff(seat, seat.finance | seat.personnel)
    earned = earnings_of(one.person for one in staff)
    looks.record_all(seat, earned, "earnings")
    context = {
        "rows": [(one, next(iter(earned.get(one.person, ())), None)) for one in staff],
        "keeps": bool(seat.finance),
        "as_of": timezone.now(),
    }
    return render(request, "reward/earnings.html", context)


@asks(Right.KEEP_FUND)
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The blank workbook, with the people there are."""
    seat = request.seat
    return as_download(sheet.blank(_staff(seat, seat.finance), seat.day.replace(day=1)), sheet.FILE)


@asks(Right.KEEP_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest) -> HttpResponse:
    """Hand a workbook in; then its report."""
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if request.method == "POST" and form.is_valid() and keep(request, KIND, form):
        return redirect("earnings_report")
    return render(request, "reward/hand_in.html", {"form": form}, status=422 if form.errors else 200)


@asks(Right.KEEP_FUND)
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """What would become of every row, before anything is written."""
    kept = waiting(request, KIND)
    if kept is None:
        messages.warning(request, str(LOST))
        return redirect("earnings_hand_in")
    found = sheet.apply(request.seat, sheet.read(kept.path), keep=False)
    rows = sorted(found.lines, key=lambda line: line.result != sheet.REFUSED)
    context = {
        "called": kept.called,
        "report": found,
        "counts": [(said(text), found.counts.get(result, 0)) for result, text in sheet.RESULTS.items()],
        "problems": [(said(what), said(advice)) for what, advice in found.problems],
        "rows": [(line, said(sheet.RESULTS[line.result]), _wrong(line)) for line in rows[:SHOWN] if line.result],
        "more": max(0, len(rows) - SHOWN),
        "changes": any(line.result in (sheet.NEW, sheet.CHANGED) for line in found.lines),
        "token": token(),
    }
    return render(request, "reward/report.html", context)


@asks(Right.KEEP_FUND)
@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """Write every row, or none."""
    kept = waiting(request, KIND)
    done: list[sheet.Report] = []

    def act() -> tuple[str, str]:
        if kept is None:
            return reverse("earnings_hand_in"), str(LOST)
        done.append(sheet.apply(request.seat, sheet.read(kept.path), keep=True))
        if done[0].refused:
            return reverse("earnings_report"), ""
        counts = done[0].counts
        written = counts.get(sheet.NEW, 0) + counts.get(sheet.CHANGED, 0)
        same = counts.get(sheet.UNCHANGED, 0)
        return reverse("earnings"), str(
            both(f"Đã ghi {written} dòng; {same} dòng không đổi.", f"{written} rows were written; {same} unchanged.")
        )

    answer = once(request, act)
    if kept is not None and done and not done[0].refused:
        kept.path.unlink(missing_ok=True)
    return answer


def _wrong(line: sheet.Line) -> list[tuple[str, str]]:
    return [(said(what), said(advice)) for what, advice in line.problems]


def _staff(seat: Seat, units: Any) -> list[Staff]:
    return list({one.person: one for one in staff_of(trees_under(units, seat.day), seat.day)}.values())
