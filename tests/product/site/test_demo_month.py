"""The demo opens with its last full month on the way to the seal: two things block it, of two people."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from congtam.access.models import Account
from congtam.access.seats import Seat, seat_of
from congtam.closing.blocks import readiness
from congtam.closing.distribution import distributions
from congtam.cycles.models import Cycle
from congtam.cycles.queries import current
from congtam.documents.keys import Pkcs12, opened
from congtam.documents.models import SignerCertificate
from congtam.engine.periods import local_day
from congtam.people.models import Person
from congtam.reward.fund import fund_of
from congtam.serving import demo
from congtam.simulate.site.cast import PASSWORD
from congtam.simulate.site.keys import folder_of_keys

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def cycle(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Cycle]:
    """The demo, filled as on a Friday in November."""
    from django.db import transaction

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: NOW)
        folder: Path = tmp_path_factory.mktemp("demo")
        patch.setattr("django.conf.settings.SITE", folder)
        patch.setattr("django.conf.settings.TRUST", folder / "trust")
        atomic = transaction.atomic()
        atomic.__enter__()
        demo.fill(lambda _: None)
        yield Cycle.objects.get()
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


def seat(username: str) -> Seat:
    return seat_of(Account.objects.get(username=username), local_day(NOW))


def test_two_things_block_the_month_of_two_people(cycle: Cycle) -> None:
    assert cycle.period == "2026-10"
    found = readiness(cycle, NOW)
    codes = dict(Person.objects.values_list("pk", "code"))
    told = {(one.kind, codes.get(one.person or 0), codes.get(one.who or 0)) for one in found.blocks}
    assert told == {("rating", "CB040", "CB015"), ("request", "CB018", "CB015")}
    assert found.ready == found.people - 2


def test_the_month_stands_at_its_rating_step_with_slips_once_shown(cycle: Cycle) -> None:
    step = current(cycle, NOW)
    assert step is not None
    assert (step.step, step.state) == ("rating", "open")
    assert sum(one.people for one in distributions(cycle)) >= 48


def test_the_fund_and_the_keys_are_there(cycle: Cycle) -> None:
    assert fund_of(cycle.agency_id, 2026, "extra_income").left > 0
    assert SignerCertificate.standing().count() == 2
    for code in ("giamdoc", "coquan"):
        assert opened(Pkcs12((folder_of_keys() / f"{code}.p12").read_bytes(), PASSWORD), NOW).subject_name
