"""A paper that comes back: dropped as it was signed, changed, foreign; and its code, by anybody, without signing in."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from cast import Cast
from congtam.access.models import Account
from congtam.access.seats import seat_of
from congtam.documents.keeping import file_of
from congtam.documents.models import KeptPaper
from congtam.documents.signing import sign_paper
from signing import authority, changed_after, plain_pdf

sys.path.append(str(Path(__file__).parents[1] / "product" / "documents"))
from kept_papers import KEY, LEADER, NOW, TODAY, enter, keep_decision

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def signed(cast: Cast, tmp_path: Path, settings: Settings) -> KeptPaper:
    """A decision, signed by the leader of Sở A."""
    settings.SITE, settings.TRUST, settings.TSA = tmp_path, authority().trusted_in(tmp_path / "trust"), ""

    def seat(username: str):
        return seat_of(Account.objects.get(username=username), TODAY)

    kept = keep_decision(cast, NOW)
    enter(seat, cast, LEADER, "giam-doc")
    return sign_paper(seat("giam-doc"), kept.code, KEY, now=NOW)


def test_a_paper_that_comes_back(
    signed: KeptPaper,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    read_at_every_width: Callable[..., None],
) -> None:
    page = open_page()
