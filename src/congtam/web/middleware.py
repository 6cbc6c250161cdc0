"""Every request gets its seat and its language."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from congtam.access.seats import Seat, seat_of

Answer = Callable[[HttpRequest], HttpResponse]


class SeatMiddleware:
    """Puts `request.seat`: who asks, with the rights of the posts held today; None for a visitor."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account = request.user if request.user.is_authenticated else None
        seat: Seat | None = seat_of(account, timezone.localdate()) if account else None
        request.seat = seat
        language = request.COOKIES.get("lang") or (account.language if account else "vi")
        request.LANGUAGE_CODE = language if language in ("vi", "en") else "vi"
        with translation.override(request.LANGUAGE_CODE):
            return self.get_response(request)
