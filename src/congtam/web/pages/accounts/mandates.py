"""Mandates of auditors: given by a numbered decision, withdrawn before their time."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from congtam.access import actions, queries
from congtam.access.gate import Right, over_unit
from congtam.access.seats import Role, seat_of
from congtam.orgs.models import Unit
from congtam.web.asking import asks, refused
from congtam.web.pages.accounts.forms import MandateForm
from congtam.web.words import both


@asks(Right.OPEN_ACCOUNTS, account="username")
@require_POST
def give(request: HttpRequest, username: str) -> HttpResponse:
    """Let the account read a unit of the administrator's own agency, by a decision. Never an administrator's account:
    who keeps accounts sees no scores."""
    form = MandateForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return redirect("account_card", username)
    unit = Unit.objects.filter(code=form.cleaned_data["unit"].strip()).first()
    if unit is None or not over_unit(request.seat.writing, Right.OPEN_ACCOUNTS, unit.pk):
        return refused(request, Right.OPEN_ACCOUNTS)
    if Role.ADMINISTRATOR in seat_of(request.subject, timezone.localdate()).roles:
        why = both(
            "Người quản trị hệ thống không được giao kiểm tra: người giữ tài khoản không xem điểm.",
            "An administrator gets no mandate: who keeps accounts sees no scores.",
        )
        messages.error(request, why)
        return redirect("account_card", username)
    told = form.cleaned_data
    actions.give_mandate(request.seat.actor, request.subject, told["number"], unit, told["first"], told["until"])
    messages.success(request, both("Đã ghi quyết định kiểm tra.", "The mandate is written down."))
    return redirect("account_card", username)


@asks(Right.OPEN_ACCOUNTS, account="username")
@require_POST
def withdraw(request: HttpRequest, username: str, row: int) -> HttpResponse:
    """The mandate no longer holds."""
    mandate = queries.mandates(request.subject).filter(pk=row).first()
    if mandate is None:
        raise Http404
    actions.withdraw_mandate(request.seat.actor, mandate)
    messages.success(request, both("Đã rút quyết định kiểm tra.", "The mandate is withdrawn."))
    return redirect("account_card", username)
