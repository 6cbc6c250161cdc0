"""What is sent twice is done once: each form carries a token, and whoever sends it again is led to what the first
sending led to."""

import secrets
import zlib
from collections.abc import Callable

from django.contrib import messages
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from congtam.web.words import both

KEPT = 40  # tokens a session remembers
_ROOM = 4_277_010  # advisory locks of tokens


def token() -> str:
    """A new token for a form."""
    return secrets.token_urlsafe(12)


def once(request: HttpRequest, act: Callable[[], tuple[str, str]]) -> HttpResponse:
    """Do `act` unless the token of the form was used before; it gives the address to go to, and what to say there.

    Two sendings at the same instant wait for each other. What `act` raises leaves nothing behind, the token included.
    """
    given = request.POST.get("token", "")[:64]
    with transaction.atomic():
        if given:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_ROOM, zlib.crc32(given.encode()) - 2**31])
            done = type(request.session)(request.session.session_key).get("done", {})
            if given in done:
                messages.info(request, str(ALREADY))
                return redirect(done[given])
        address, told = act()
        if given:
            kept = {**request.session.get("done", {}), given: address}
            request.session["done"] = dict(list(kept.items())[-KEPT:])
            request.session.save()
    if told:
        messages.success(request, told)
    return redirect(address)


ALREADY = both(
    "Nội dung này đã được ghi ở lần gửi trước; lần gửi sau không ghi thêm gì.",
    "This was written when it was first sent; sending it again wrote nothing more.",
)
