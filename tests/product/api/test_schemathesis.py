"""The interface keeps to its own description, whatever is sent."""

from datetime import date

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from congtam.history.actor import SYSTEM
from congtam.sources.actions import add_source, make_token
from congtam.web.wsgi import application

pytestmark = pytest.mark.django_db(transaction=True)

TRIES = settings(
    max_examples=25, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def test_answers_are_as_described() -> None:
    token = make_token(SYSTEM, add_source(SYSTEM, "thu", "Thử", first=date(2026, 1, 1)), "thử")
    signed = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    asked = [operation.ok() for operation in described.get_all_operations()]
    assert len(asked) == 4
    for operation in asked:

        @TRIES
        @given(case=operation.as_strategy())
        def answered(case: schemathesis.Case) -> None:
            case.call_and_validate(headers=signed)

        answered()
