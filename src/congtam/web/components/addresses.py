"""Addresses without parts of their own, found once: a page has thirty of them, and finding them each time takes longer
than the rest of its head."""

from functools import cache

from django.conf import settings
from django.templatetags.static import static
from django.urls import get_script_prefix, get_urlconf, reverse


def page(name: str) -> str:
    """The address of a page that needs nothing but its name, below the path where the site stands."""
    return _page(name, get_script_prefix(), get_urlconf())


def file(path: str) -> str:
    """The address of a file of ours; its name holds a digest of what is in it."""
    return static(path) if settings.DEBUG else _file(path, get_script_prefix())


@cache
def _page(name: str, prefix: str, urlconf: str | None) -> str:  # what the answer depends on
    return reverse(name)


@cache
def _file(path: str, prefix: str) -> str:
    return static(path)
