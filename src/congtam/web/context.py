"""What every page knows: language and seat."""

from typing import Any

from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """The seat from which the page is asked (None when nobody signed in), and the language."""
    return {"seat": getattr(request, "seat", None), "lang": getattr(request, "LANGUAGE_CODE", "vi")}
