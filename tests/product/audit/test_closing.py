"""The job that closes a batch."""

import pytest

from congtam.audit.actions import note
from congtam.audit.models import Batch
from congtam.audit.tasks import close
from congtam.history.actor import SYSTEM


@pytest.mark.django_db
def test_the_job_closes_a_batch_and_says_its_head(caplog: pytest.LogCaptureFixture) -> None:
    close(0)
    assert not Batch.objects.exists()
    note(SYSTEM, "test.act")
    close(0)
    assert bytes(Batch.objects.get().head).hex() in caplog.text
