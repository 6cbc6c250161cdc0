"""What machines ask of the site."""

from hmac import compare_digest

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse

from congtam.web.asking import public
from congtam.web.pages.machine import health
from congtam.web.pages.machine.measures import text

_OURS = ("127.0.0.1", "::1")


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the site does its work, 503 when not. What exactly was found is told to this machine and to whoever
    holds the token; others learn only whether."""
    found = health.checks()
    well = health.well(found)
    told: dict[str, object] = {"well": well}
    if _may_know(request):
        told["checks"] = {check.name: {"level": check.level, "found": check.found} for check in found}
    return JsonResponse(told, status=200 if well else 503)


@public
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, to this machine and to whoever holds the token."""
    if not _may_know(request):
        return HttpResponseForbidden(
            "Only from this machine, or with `Authorization: Bearer` and the token in CONGTAM_METRICS_TOKEN.",
            content_type="text/plain",
        )
    return HttpResponse(text(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_know(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "")
    if token and compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    passed_on = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return request.META.get("REMOTE_ADDR") in _OURS and not passed_on
