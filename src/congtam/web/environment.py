"""What a site sets in its environment, read once, with an error that says what to do."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict


def site_folder() -> Path:
    """Where a site keeps its files and its packaged database: CONGTAM_SITE, else `var/site` below where it starts."""
    return Path(os.environ.get("CONGTAM_SITE", "var/site")).resolve()


def listed(name: str) -> list[str]:
    """What a variable lists, separated by commas; nothing when it is not set."""
    return [one.strip() for one in os.environ.get(name, "").split(",") if one.strip()]


def secret_key(site: Path) -> str:
    """CONGTAM_SECRET_KEY, else one made at the first start and kept in the site's folder, readable by its owner."""
    if given := os.environ.get("CONGTAM_SECRET_KEY"):
        return given
    kept = site / "secret_key"
    if not kept.exists():
        site.mkdir(parents=True, exist_ok=True)
        made = site / f".secret_key.{os.getpid()}"  # a full disk leaves none rather than half of one
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):  # who starts at the same moment may be first
            kept.hardlink_to(made)
        made.unlink()
    return kept.read_text().strip()


def database() -> dict[str, Any]:
    """Django's settings of DATABASE_URL. Raises `ImproperlyConfigured` when it is missing or cannot be read."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        raise ImproperlyConfigured(
            "DATABASE_URL is not set. `congtam serve` starts the packaged PostgreSQL and sets it; for other commands "
            "write DATABASE_URL=postgresql://user:password@host/name"
        )
    try:
        told = conninfo_to_dict(url)
    except Exception as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}") from None
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{ours: str(told.pop(theirs)) for theirs, ours in known.items() if told.get(theirs) is not None},
        "OPTIONS": told,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


def identity_provider() -> dict[str, Any] | None:
    """The site's own identity provider (OpenID Connect), as allauth wants it; None when none is set.

    CONGTAM_OIDC_SERVER (its address), CONGTAM_OIDC_CLIENT, CONGTAM_OIDC_SECRET, and CONGTAM_OIDC_NAME for the button.
    Raises `ImproperlyConfigured` when only some of them are set.
    """
    names = ("CONGTAM_OIDC_SERVER", "CONGTAM_OIDC_CLIENT", "CONGTAM_OIDC_SECRET")
    server, client, secret = (os.environ.get(name, "").strip() for name in names)
    if not (server or client or secret):
        return None
    if not (server and client and secret):
        raise ImproperlyConfigured(f"{', '.join(names)} are set together or not at all")
    if not urlsplit(server).netloc:
        raise ImproperlyConfigured(f"CONGTAM_OIDC_SERVER is not an address: {server!r}; write https://host/path")
    name = os.environ.get("CONGTAM_OIDC_NAME", "").strip() or "tài khoản chung của cơ quan"
    app = {"provider_id": "co-quan", "name": name, "client_id": client, "secret": secret}
    return {"APPS": [{**app, "settings": {"server_url": server}}], "OAUTH_PKCE_ENABLED": True}


def origin_of(provider: dict[str, Any] | None) -> list[str]:
    """Where the sign-in form leads when there is an identity provider: the strict policy of pages must allow it."""
    if provider is None:
        return []
    address = urlsplit(provider["APPS"][0]["settings"]["server_url"])
    return [f"{address.scheme}://{address.netloc}"]


def smtp(url: str) -> dict[str, Any] | None:
    """How the mail server is reached, as Django's backend wants it, with the `sender`; None when no address is given.

    CONGTAM_SMTP_URL: `smtp://user:password@host:587?from=cong-tam@agency.gov.vn` speaks STARTTLS, `smtps://` TLS from
    the first byte (port 465); `&plain=1` neither, for a server on the same machine. Raises `ImproperlyConfigured`.
    """
    if not url.strip():
        return None
    address = urlsplit(url.strip())
    asked = parse_qs(address.query)
    sender = asked.get("from", [""])[0]
    if address.scheme not in ("smtp", "smtps") or not address.hostname or "@" not in sender:
        raise ImproperlyConfigured(
            "CONGTAM_SMTP_URL cannot be read; write smtp://user:password@host:587?from=cong-tam@agency.gov.vn"
        )
    whole = address.scheme == "smtps"
    return {
        "host": address.hostname,
        "port": address.port or (465 if whole else 587),
        "username": unquote(address.username or ""),
        "password": unquote(address.password or ""),
        "use_ssl": whole,
        "use_tls": not whole and asked.get("plain", [""])[0] != "1",
        "timeout": 15,
        "sender": sender,
    }
