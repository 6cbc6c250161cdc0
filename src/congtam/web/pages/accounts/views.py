"""Accounts as the administrator keeps them; help for who cannot sign in; the page of a locked name."""

import secrets
from collections.abc import Callable
from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from axes.helpers import get_cool_off
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congtam.access import actions, queries
from congtam.access.gate import Right, over_account
from congtam.access.models import Account, Mandate
from congtam.history.refused import Refused
from congtam.orgs.queries import names_of
from congtam.web.asking import asks, public, refused
from congtam.web.pages.accounts.forms import MandateForm, OpenAccountForm, ReasonForm
from congtam.web.words import both

PER_PAGE = 50
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike: a password is read out or written on paper


@public
@require_GET
def sign_in_help(request: HttpRequest) -> HttpResponse:
    """What to do without the password or the second factor."""
    return render(request, "account/help.html")


def locked(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, str] | None) -> HttpResponse:
    """The page of a name that is locked after too many wrong passwords: how long, and what to do."""
    actions.locked_out((credentials or {}).get("username") or request.POST.get("login", ""))
    minutes = (get_cool_off(request) or timedelta()).total_seconds() / 60
    return render(request, "account/locked.html", {"minutes": round(minutes)}, status=403)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that does not belong to this session: the page stood open across a sign-in, or came from another site."""
    return render(request, "account/stale_form.html", status=403)


@asks(Right.OPEN_ACCOUNTS)
@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """The accounts the seat keeps, by name; with a search and by state."""
    text, state = request.GET.get("tim", ""), request.GET.get("trang-thai", "")
    found = queries.accounts_in(request.seat.administers, request.seat.day, text)
    if state in ("mo", "dong"):
        found = found.filter(is_active=state == "mo")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    return render(request, "accounts/list.html", {"page": page, "text": text, "state": state})


@asks(Right.OPEN_ACCOUNTS)
@require_http_methods(["GET", "POST"])
@never_cache
def open_account(request: HttpRequest) -> HttpResponse:
    """A new account; its temporary password is shown once."""
    form = OpenAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data["person"]
        if not over_account(request.seat.writing, Right.OPEN_ACCOUNTS, Account(person=person)):
            return refused(request, Right.OPEN_ACCOUNTS)
        password = temporary_password()
        try:
            account = actions.open_account(
                request.seat.actor, form.cleaned_data["username"], password, person=person, temporary=True
            )
        except Refused as refusal:
            form.add_error(None, refusal.text.in_(request.LANGUAGE_CODE))
        else:
            return render(request, "accounts/password.html", {"account": account, "password": password, "opened": True})
    return render(request, "accounts/open.html", {"form": form}, status=400 if form.errors else 200)


@asks(Right.OPEN_ACCOUNTS, account="username")
@require_GET
def account_card(request: HttpRequest, username: str) -> HttpResponse:
    """One account: its person, its state, its second factor, its mandates, and what can be done."""
    account: Account = request.subject
    today = timezone.localdate()
    return render(
        request,
        "accounts/card.html",
        {
            "account": account,
            "second_factor": Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists(),
            "mandates": _mandates(account, today),
            "today": today,
            "reason": ReasonForm(),
            "mandate": MandateForm(initial={"first": today}),
            "own": account.pk == request.seat.account,
        },
    )


@asks(Right.OPEN_ACCOUNTS, account="username")
@require_POST
def close(request: HttpRequest, username: str) -> HttpResponse:
    """Close the account."""
    return _change(request, actions.close_account, both("Đã đóng tài khoản.", "The account is closed."))


@asks(Right.OPEN_ACCOUNTS, account="username")
@require_POST
def reopen(request: HttpRequest, username: str) -> HttpResponse:
    """Open a closed account again."""
    return _change(request, actions.reopen_account, both("Đã mở lại tài khoản.", "The account is open again."))


@asks(Right.OPEN_ACCOUNTS, account="username")
@require_POST
def reset_second_factor(request: HttpRequest, username: str) -> HttpResponse:
    """Take the second factor off: its owner lost it and came in person."""
    done = both(
        "Đã gỡ lớp xác thực thứ hai. Chủ tài khoản nên bật lại ngay khi đăng nhập.",
        "The second factor is off. Its owner should set it up again at the next sign-in.",
    )
    return _change(request, actions.reset_second_factor, done)


@asks(Right.OPEN_ACCOUNTS, account="username")
@require_POST
@never_cache
def reset_password(request: HttpRequest, username: str) -> HttpResponse:
    """A new temporary password, shown once, to hand over in person."""
    form = ReasonForm(request.POST)
    if request.subject.pk == request.seat.account or not form.is_valid():
        return _not_so(request, form)
    password = temporary_password()
    actions.reset_password(request.seat.actor, request.subject, password, form.cleaned_data["reason"])
    return render(request, "accounts/password.html", {"account": request.subject, "password": password})


def _mandates(account: Account, today: date) -> list[tuple[Mandate, str, date]]:
    """Mandates with the name of the unit and the last day."""
    found = list(queries.mandates(account))
    names = names_of([one.scope_id for one in found], today)
    return [(one, names.get(one.scope_id, one.scope.code), one.days.upper - timedelta(days=1)) for one in found]


def temporary_password() -> str:
    """Twelve letters and digits in three groups: sixty bits, easy to read out."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def _change(request: HttpRequest, action: Callable[..., None], done: str) -> HttpResponse:
    """Do something to the account with a reason; nobody does it to their own."""
    form = ReasonForm(request.POST)
    if request.subject.pk == request.seat.account or not form.is_valid():
        return _not_so(request, form)
    action(request.seat.actor, request.subject, form.cleaned_data["reason"])
    messages.success(request, done)
    return redirect("account_card", request.subject.username)


def _not_so(request: HttpRequest, form: ReasonForm) -> HttpResponse:
    own = both(
        "Không ai đóng, mở hay đặt lại tài khoản của chính mình. Hãy nhờ một người quản trị khác.",
        "Nobody closes, opens or resets their own account. Ask another administrator.",
    )
    empty = both("Chưa ghi lý do. Hãy ghi lý do rồi làm lại.", "The reason is missing. Write it, then do it again.")
    messages.error(request, own if form.is_valid() else empty)
    return redirect("account_card", request.subject.username)
