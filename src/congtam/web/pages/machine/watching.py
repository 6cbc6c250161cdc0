"""Every request is counted, timed and logged, with a number of its own that also stands in the answer."""

from collections.abc import Callable
from time import perf_counter
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponse

from congtam.web.pages.machine.measures import REQUESTS, SECONDS

Answer = Callable[[HttpRequest], HttpResponse]
HEADER = "X-Request-Id"
QUIET = frozenset({"healthz", "metrics"})  # asked by machines every few seconds
_log = structlog.get_logger("congtam.requests")


class WatchingMiddleware:
    """Puts `request.number`; logs the view's name and account number, never the address with its query."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = uuid4().hex[:16]
        request.number = number
        structlog.contextvars.bind_contextvars(request=number)
        began = perf_counter()
        try:
            response = self.get_response(request)
            response[HEADER] = number
            self._tell(request, response.status_code, perf_counter() - began)
            return response
        finally:
            structlog.contextvars.clear_contextvars()

    def _tell(self, request: HttpRequest, status: int, seconds: float) -> None:
        found = request.resolver_match
        view = (found.view_name or "unnamed") if found else "none"
        method = request.method if request.method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE") else "other"
        REQUESTS.labels(view, method, status).inc()
        SECONDS.labels(view, method).observe(seconds)
        if view in QUIET and status < 400:
            return
        seat = getattr(request, "seat", None)
        _log.info(
            "request",
            view=view,
            method=method,
            status=status,
            ms=round(1000 * seconds),
            account=seat.account if seat else None,
            post=seat.post if seat else None,
        )
