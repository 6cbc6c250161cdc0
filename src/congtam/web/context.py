"""What every page knows: language, seat, and whether what it shows is sample data."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """The seat from which the page is asked (None when nobody signed in), the language, and whether the site shows
    sample data: it was started as a demo, or a demo account is signed in."""
    return {
        "seat": getattr(request, "seat", None),
        "lang": getattr(request, "LANGUAGE_CODE", "vi"),
        "demo": settings.DEMO or bool(getattr(request.user, "demo", False)),
    }
