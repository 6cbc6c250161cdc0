"""What is sent twice is done once: each form carries a token, and whoever sends it again is led to what the first
sending led to, from whatever session of the same account, for as long as the token is kept (`forget`)."""

import re
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from congtam.web.models import Sent
from congtam.web.typed import count_typed
from congtam.web.words import both

KEPT = timedelta(days=30)
TOLD, A_MINUTE = "sent", 60  # the cookie that tells which token was done, and its seconds
_TOKEN = re.compile(r"[\w-]+", re.ASCII)


def token() -> str:
    """A new token for a form."""
    return secrets.token_urlsafe(12)


def once(request: HttpRequest, act: Callable[[], tuple[str, str]]) -> HttpResponse:
    """Do `act` unless its account sent the token of the form before; it gives the address to go to, and what to say
    there.

    Two sendings at the same instant wait for each other. What `act` raises leaves nothing behind, the token included.
    """
    given = _token_of(request)
    with transaction.atomic():
        if given and not _first(request.user.pk, given) and (answer := done_before(request)):
            return answer
        address, told = act()
        if given:
            Sent.objects.filter(account=request.user.pk, token=given).update(address=address)
        count_typed(request)
    if told:
        messages.success(request, told)
    return _answer(request, given, address)


def done_before(request: HttpRequest) -> HttpResponse | None:
    """Where the form of this request led when it was done; None when it never was. Asked before a view looks at
    anything, for what was done may have changed what may be done."""
    given = _token_of(request)
    found = Sent.objects.filter(account=request.user.pk, token=given).first() if given else None
    if found is None:
        return None
    messages.info(request, str(ALREADY))
    return _answer(request, given, found.address)


def forget(now: datetime) -> int:
    """Drop the tokens that were kept long enough; how many."""
    return int(Sent.objects.filter(at__lt=now - KEPT).delete()[0])


def _answer(request: HttpRequest, given: str, address: str) -> HttpResponse:
    """To the address; the cookie tells the page there which form was done, so that the device forgets it."""
    answer = redirect(address)
    if _TOKEN.fullmatch(given):
        path, secure = settings.SESSION_COOKIE_PATH, request.is_secure()
        answer.set_cookie(TOLD, given, max_age=A_MINUTE, path=path, samesite="Lax", secure=secure)
    return answer


def _token_of(request: HttpRequest) -> str:
    return request.POST.get("token", "")[:64]


def _first(account: int, given: str) -> bool:
    """Whether the token was never done. The row waits for whoever is doing it this instant."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO web_sent (account_id, token, address) VALUES (%s, %s, '') ON CONFLICT DO NOTHING",
            [account, given],
        )
        return bool(cursor.rowcount)


ALREADY = both(
    "Nội dung này đã được ghi ở lần gửi trước; lần gửi sau không ghi thêm gì.",
    "This was written when it was first sent; sending it again wrote nothing more.",
)
