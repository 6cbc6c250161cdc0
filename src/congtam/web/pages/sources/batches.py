"""Withdrawing a batch as a whole: its effect first, then the reason, then how far the withdrawal is."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from congtam.access.gate import Right
from congtam.engine.rulebook.model import Text
from congtam.intake.actions import withdraw_batch
from congtam.intake.models import Batch, Record
from congtam.sources.models import Source
from congtam.web.asking import asks
from congtam.web.fields import LineField
from congtam.web.pages.sources import reach
from congtam.web.pages.sources.edits import FORM
from congtam.web.steps import Change, Edit, edit
from congtam.web.words import both
from congtam.work.models import Share


class WithdrawForm(forms.Form):
    """Why a batch is withdrawn."""

    reason = LineField(label=both("Lý do rút", "Why it is withdrawn"), max_length=400)


@asks(Right.KEEP_SOURCES)
@FORM
@reach.of_source(Right.KEEP_SOURCES)
def withdraw(request: HttpRequest, it: Source, number: int) -> HttpResponse:
    """Take back everything a batch said, so that what stood before stands again; once that began, how far it is."""
    batch = _batch(it, number)
    if request.method != "POST" and batch.withdrawals.exists():
        return render(request, "sources/withdrawal.html", _state(batch))
    actor, back = request.seat.actor, reverse("sources_source", args=[it.code])
    items = Record.objects.filter(batch=batch, standing=True).values("item")
    officials = Share.objects.filter(item__in=items).values("official").distinct().count()
    touched = items.distinct().count()

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            if withdraw_batch(actor, batch, told["reason"]).ended_at:
                return back, Text(vi="Đã rút cả đợt. Điểm được tính lại ngay.", en="The batch was withdrawn.")
            began = Text(vi="Đã bắt đầu rút đợt dữ liệu.", en="The withdrawal of the batch began.")
            return reverse("sources_withdraw", args=[it.code, batch.pk]), began

        lines = [
            Text(
                vi=f"Rút đợt #{batch.pk}: {touched} công việc của {officials} người trở lại như trước đợt này.",
                en=f"Withdraw batch #{batch.pk}: {touched} items of {officials} officials become what they were "
                "before.",
            ),
            Text(
                vi=f"Lý do: {told['reason']}. Bản ghi không bị xóa: việc rút là một lần ghi mới, tra lại được.",
                en=f"Reason: {told['reason']}. No record is deleted: the withdrawal is written too.",
            ),
        ]
        return Change(lines, act)

    about = Text(
        vi=f"Đợt này nhận {batch.accepted}, cập nhật {batch.updated} bản ghi; đang đứng sau {touched} công việc của "
        f"{officials} người.",
        en=f"The batch accepted {batch.accepted} and updated {batch.updated} records; {touched} items of {officials} "
        "officials stand on it.",
    )
    title = Text(vi=f"Rút cả đợt #{batch.pk}", en=f"Withdraw batch #{batch.pk}")
    return edit(request, Edit(title, WithdrawForm, plan, back, {}, about, danger=True, rehearsed=False))


@asks(Right.KEEP_SOURCES)
@require_safe
@reach.of_source(Right.KEEP_SOURCES)
def progress(request: HttpRequest, it: Source, number: int) -> HttpResponse:
    """The part of the page that says how far a withdrawal is; asked again until it is over."""
    return render(request, "sources/withdrawal_state.html", _state(_batch(it, number)))


def _batch(it: Source, number: int) -> Batch:
    found = Batch.objects.filter(source=it, pk=number).exclude(kind="withdrawal").first()
    if found is None:
        raise Http404
    return found


def _state(batch: Batch) -> dict[str, Any]:
    withdrawal = batch.withdrawals.first()
    if withdrawal is None:
        raise Http404
    return {
        "batch": batch,
        "source": batch.source,
        "withdrawal": withdrawal,
        "whole": batch.records.count(),
        "running": withdrawal.ended_at is None,
        "as_of": timezone.now(),
    }
