"""Every request gets its seat and its language; what an action refuses becomes a page that says why."""

from collections.abc import Callable
from dataclasses import replace

from allauth.socialaccount.helpers import render_authentication_error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from requests import RequestException

from congtam.access.models import Account
from congtam.access.queries import called
from congtam.access.seats import Seat, seat_of
from congtam.history.conflict import Conflict
from congtam.history.refused import Refused
from congtam.marking.queries import is_admitted

Answer = Callable[[HttpRequest], HttpResponse]
WITH_A_TEMPORARY_PASSWORD = frozenset({"account_change_password", "account_logout", "language", "healthz"})


def _seat(account: Account) -> Seat:
    """The seat of an account today, and whether it is admitted to mark people it does not stand above."""
    seat = seat_of(account, timezone.localdate())
    return replace(seat, rates=True) if seat.person is not None and is_admitted(seat.person, seat.day) else seat


class SeatMiddleware:
    """Puts `request.seat`: who asks, with the rights of the posts held today; None for a visitor."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account = request.user if request.user.is_authenticated else None
        request.seat = _seat(account) if account else None
        language = request.COOKIES.get("lang") or (account.language if account else "vi")
        request.LANGUAGE_CODE = language if language in ("vi", "en") else "vi"
        with translation.override(request.LANGUAGE_CODE):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Answer, args: object, kwargs: object) -> HttpResponse | None:
        """Who has a temporary password sets one of their own before anything else."""
        name = request.resolver_match.url_name
        if getattr(request.user, "temporary", False) and name not in WITH_A_TEMPORARY_PASSWORD:
            return redirect("account_change_password")
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """What an action refused, as a page: what happened, why, what to do. Nothing was written. The same when the
        identity provider, the only one that is asked over the network, cannot be reached."""
        if isinstance(error, RequestException):
            return render_authentication_error(request, None, exception=error)
        if not isinstance(error, Refused):
            return None
        text = error.text
        if isinstance(error, Conflict) and error.by is not None:
            text = error.naming(called([error.by]).get(error.by, ""))
        said = text.in_(request.LANGUAGE_CODE)
        back = request.headers.get("Referer", "")
        if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
            back = ""
        return render(request, "not_done.html", {"said": said, "back": back}, status=409)
