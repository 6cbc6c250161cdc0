"""A browser for what people do: an installed Chromium, else the system's package manager where that is permitted, else
Playwright's own. In CI a missing browser fails; elsewhere the tests say why they were left out."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

import cast as casting
from congtam.access.models import Account

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
WIDTHS = {"phone": {"width": 360, "height": 780}, "desk": {"width": 1440, "height": 900}}
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice")
OPTIONS = {"runOnly": list(RULES), "resultTypes": ["violations"]}

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright runs a loop in the thread that uses the database


def _installed() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _by_apt() -> str | None:
    """Debian's Chromium, where this process may install packages."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "timeout": 600}
    try:
        subprocess.run(["apt-get", "update"], check=True, **quiet)  # type: ignore[call-overload]
        subprocess.run(  # type: ignore[call-overload]
            ["apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-noto-core"], check=True, **quiet
        )
    except (subprocess.SubprocessError, OSError):
        return None
    return _installed()


def _by_playwright() -> bool:
    """Playwright's own build; True when it is there."""
    command = [sys.executable, "-m", "playwright", "install", "chromium-headless-shell"]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=600)
    except (subprocess.SubprocessError, OSError):
        return False
    return True


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a worker."""
    path = _installed() or _by_apt()
    if path is None and not _by_playwright():
        said = "no browser: install chromium, or let `playwright install chromium` reach its download"
        if os.environ.get("CI"):
            pytest.fail(said)
        pytest.skip(said)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Makes pages: `open_page("phone")`, `open_page(scripts=False)`. What goes wrong in the console fails the test."""
    contexts, wrong = [], []

    def make(width: str = "desk", *, scripts: bool = True) -> Page:
        context = chromium.new_context(
            viewport=WIDTHS[width], java_script_enabled=scripts, reduced_motion="reduce", locale="vi-VN"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert not wrong, f"the browser complained: {wrong}"


@pytest.fixture(autouse=True)
def cheap_passwords(settings: Settings) -> None:
    """Argon2 is slow on purpose; tests open many accounts."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def fresh_memory() -> Iterator[None]:
    """What the site keeps for some seconds is of this test's database."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def cast(transactional_db: None) -> casting.Cast:
    """The small department of `tests/cast.py`, where the live server sees it too."""
    return casting.build()


@pytest.fixture
def sign_in(live_server: LiveServer) -> Callable[[Page, str], None]:
    """Puts an account's session into a page's browser, as if it had signed in."""

    def put(page: Page, username: str) -> None:
        client = Client()
        client.force_login(Account.objects.get(username=username))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])

    return put


@pytest.fixture
def without_barriers() -> Callable[[Page], None]:
    """Asks axe about a page; fails with what it found, where."""

    def ask(page: Page) -> None:
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        found = page.evaluate("options => axe.run(options).then(found => found.violations)", OPTIONS)
        told = [f"{one['id']}: {one['help']}: {[node['target'] for node in one['nodes']][:3]}" for one in found]
        assert not told, "\n".join(told)

    return ask


@pytest.fixture
def at_every_width() -> Callable[[Page], Iterator[str]]:
    """Gives an open page each of `WIDTHS` in turn, and says which; whoever asks looks at it meanwhile."""

    def each(page: Page) -> Iterator[str]:
        for name, size in WIDTHS.items():
            page.set_viewport_size(size)
            yield name

    return each


@pytest.fixture
def read_at_every_width(
    without_barriers: Callable[[Page], None],
    keep_picture: Callable[[Page, str], None],
    at_every_width: Callable[[Page], Iterator[str]],
) -> Callable[[Page, str], list[str]]:
    """What is wrong with an open page, called by a name, at each of `WIDTHS`: it scrolls sideways, or has barriers. Its
    pictures are kept."""

    def read(page: Page, name: str) -> list[str]:
        wrong = []
        for width in at_every_width(page):
            keep_picture(page, f"{name}-{width}")
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                wrong.append(f"{name}, {width}: scrolls sideways")
            try:
                without_barriers(page)
            except AssertionError as found:
                wrong.append(f"{name}, {width}: {found}")
        return wrong

    return read


@pytest.fixture
def keep_picture(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Keeps a screenshot in the folder CONGTAM_PICTURES names, for people to look at; without it, nothing."""
    folder = os.environ.get("CONGTAM_PICTURES")

    def keep(page: Page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)

    return keep
