"""Product tests run against the packaged PostgreSQL, started once for the whole run and thrown away."""

import os
import shutil
import tempfile
from pathlib import Path

import django

STARTED = "CONGTAM_TESTS_DATABASE"


def _start() -> None:
    """Start the database before the test workers begin, so that they inherit its address."""
    from congtam.serving.packaged import start

    folder = Path(tempfile.mkdtemp(prefix="congtam-tests-"))
    url, server = start(folder / "postgres")
    server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET max_connections = 200;")
    server.psql("SELECT pg_reload_conf();")
    os.environ |= {STARTED: str(folder), "DATABASE_URL": url, "CONGTAM_SITE": str(folder / "site")}


if STARTED not in os.environ:
    _start()
    _mine = True
else:
    _mine = False
os.environ["DJANGO_SETTINGS_MODULE"] = "congtam.web.settings"
django.setup()  # the plugin would have done it, had it known the settings before this file was read


def pytest_unconfigure() -> None:
    """The process that started the database throws its folder away; the server stops with the process."""
    if _mine:
        shutil.rmtree(os.environ[STARTED], ignore_errors=True)
