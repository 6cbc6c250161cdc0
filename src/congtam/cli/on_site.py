"""What every command on a site needs: its folder, its database, and what keeps it from running told as a sentence."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click


def site_folder() -> Path:
    """Where the site keeps its files, as its settings find it."""
    return Path(os.environ.get("CONGTAM_SITE", "var/site")).resolve()


@contextmanager
def refusals() -> Iterator[None]:
    """What keeps a site from running leaves as a sentence and exit code 2."""
    from django.db import OperationalError
    from procrastinate.exceptions import ConnectorException

    from congtam.history.refused import Refused
    from congtam.serving.packaged import NotStarted
    from congtam.serving.preparing import Unfit, unusable_now
    from congtam.serving.site import CannotServe

    try:
        yield
    except (CannotServe, NotStarted, Unfit) as error:
        raise click.ClickException(str(error)) from None
    except Refused as refused:
        raise click.ClickException(refused.text.vi) from None
    except (OperationalError, ConnectorException) as error:
        raise click.ClickException(unusable_now(error.__cause__ or error)) from None


@contextmanager
def database() -> Iterator[str]:
    """DATABASE_URL, or the packaged database of the site (started for the while, if it does not run), with Django."""
    from congtam.serving.packaged import joined
    from congtam.serving.preparing import Unfit, set_up_django

    if url := os.environ.get("DATABASE_URL"):
        set_up_django()
        yield url
        return
    folder = site_folder() / "postgres"
    if not (folder / "PG_VERSION").exists():
        raise Unfit(
            f"Chưa có trang nào trong {site_folder()}, và DATABASE_URL chưa được đặt. Hãy chạy `congtam init` trước, "
            "hoặc đặt CONGTAM_SITE hay DATABASE_URL của trang đang có."
        )
    with joined(folder) as found:
        os.environ["DATABASE_URL"] = found
        set_up_django()
        try:
            yield found
        finally:
            _close()
            del os.environ["DATABASE_URL"]


def _close() -> None:
    from django.db import connections

    connections.close_all()
