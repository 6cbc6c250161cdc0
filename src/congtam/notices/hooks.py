"""Counts to addresses outside: signed, over HTTPS, to no private address unless the site allows it, no redirects.

The name is looked up once, checked, and that very address is spoken to: a name that answers otherwise the second time
leads nowhere else.
"""

import hmac
import json
import socket
import ssl
from hashlib import sha256
from http.client import HTTPException, HTTPSConnection
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from congtam.history.refused import Refused
from congtam.notices.links import link
from congtam.notices.models import Sending
from congtam.notices.queries import counts_of
from congtam.notices.sending import Unsent
from congtam.people.models import Person

SECONDS = 10
ENDED = "địa chỉ này đã gỡ"


def secret_of(hook: int) -> str:
    """What a hook's messages are signed with: made of the site's key, so that no copy of the database gives it away."""
    return hmac.new(settings.SECRET_KEY.encode(), f"congtam.notices.hook {hook}".encode(), sha256).hexdigest()


def signature(secret: str, moment: int, body: bytes) -> str:
    """`t=<seconds>,v1=<HMAC-SHA256 of "seconds.body">`, as the header X-Congtam-Signature holds it."""
    mac = hmac.new(secret.encode(), f"{moment}.".encode() + body, sha256).hexdigest()
    return f"t={moment},v1={mac}"


def payload(sending: Sending) -> bytes:
    """What is told outside: of which day, for which code, how many lines of each kind, and where to read them."""
    digest = sending.digest
    code = Person.objects.values_list("code", flat=True).get(pk=digest.person_id)
    told = {
        "kind": "digest",
        "id": sending.pk,
        "day": digest.day.isoformat(),
        "person": code,
        "counts": counts_of(digest),
        "link": link("digests"),
    }
    return json.dumps(told, separators=(",", ":"), sort_keys=True).encode()


def post(sending: Sending, moment: int) -> None:
    """Send one digest to its hook. Raises `Unsent`; `whole` when nothing can be sent there now."""
    hook = sending.hook
    if hook.ended_at is not None:
        raise Unsent(ENDED, whole=True)
    body = payload(sending)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "congtam",
        "X-Congtam-Delivery": str(sending.pk),
        "X-Congtam-Signature": signature(secret_of(hook.pk), moment, body),
    }
    address = urlsplit(hook.url)
    connection = _Fixed(address, _allowed(address))
    try:
        connection.request("POST", _path(address), body, headers)
        status = connection.getresponse().status
    except (OSError, HTTPException) as error:
        raise Unsent(f"{address.hostname} không trả lời ({type(error).__name__})", whole=True) from None
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise Unsent(f"{address.hostname} trả lời mã {status}", whole=status >= 500)


def checked(url: str) -> str:
    """An address as it may be kept. Raises `Refused`."""
    try:
        address = urlsplit(url.strip())
        port = address.port or 443
    except ValueError:
        address, port = urlsplit(""), 0
    if address.scheme != "https" or not address.hostname or address.username or address.fragment or not port:
        raise Refused(
            "Địa chỉ phải bắt đầu bằng https:// và không chứa tên đăng nhập. Hãy sửa lại địa chỉ.",
            "The address must begin with https:// and hold no user name. Mend it.",
        )
    return url.strip()


def _allowed(address: SplitResult) -> str:
    """The one address to speak to. Raises `Unsent` when the name has none, or any that is private."""
    try:
        known = socket.getaddrinfo(address.hostname, address.port or 443, type=socket.SOCK_STREAM)
    except OSError:
        raise Unsent(f"không tìm thấy máy {address.hostname}", whole=True) from None
    found = [str(one[4][0]) for one in known]
    if not settings.WEBHOOK_PRIVATE and not all(_outside(one) for one in found):
        raise Unsent(f"{address.hostname} là địa chỉ nội bộ; đặt CONGTAM_WEBHOOK_PRIVATE=1 nếu đúng ý", whole=True)
    return found[0]


def _outside(address: str) -> bool:
    known = ip_address(address.partition("%")[0])
    return known.is_global and not known.is_multicast


def _path(address: SplitResult) -> str:
    return (address.path or "/") + (f"?{address.query}" if address.query else "")


class _Fixed(HTTPSConnection):
    """Speaks to a given address, and asks for the certificate of the name."""

    def __init__(self, address: SplitResult, to: str):
        self._to, self._context_kept = to, ssl.create_default_context()
        super().__init__(str(address.hostname), address.port or 443, timeout=SECONDS, context=self._context_kept)

    def connect(self) -> None:
        """As `HTTPSConnection` does, to the address that was checked."""
        plain: Any = socket.create_connection((self._to, self.port), self.timeout)
        self.sock = self._context_kept.wrap_socket(plain, server_hostname=self.host)
