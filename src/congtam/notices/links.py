"""Addresses of pages as they stand in what leaves the site."""

from django.conf import settings
from django.urls import reverse


def link(name: str, *args: int) -> str:
    """The whole address of a page by its name; empty on a site that does not know its own address
    (CONGTAM_ORIGINS)."""
    return f"{settings.ADDRESS}{reverse(name, args=args)}" if settings.ADDRESS else ""
