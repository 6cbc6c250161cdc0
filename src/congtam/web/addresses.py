"""From which address a request comes: whose tries are counted together."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The address of whoever spoke to us; behind the site's own proxy the one this proxy saw: the last of
    X-Forwarded-For. What stands before it was written by the client and proves nothing."""
    spoke: str | None = request.META.get("REMOTE_ADDR")
    if not settings.PROXY:
        return spoke
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(told))
    except ValueError:
        return spoke
