"""People and units share no number."""

import pytest
from django.db import IntegrityError, transaction

from congtam.orgs.models import Unit
from congtam.people.models import Person

pytestmark = pytest.mark.django_db


def test_a_number_names_a_person_or_a_unit_and_never_both() -> None:
    people = Person.objects.bulk_create(Person(code=f"nguoi-{n}") for n in range(3))
    units = Unit.objects.bulk_create(Unit(code=f"phong-{n}") for n in range(3))
    assert {one.pk % 2 for one in people} == {1}
    assert {one.pk % 2 for one in units} == {0}
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(pk=units[0].pk, code="nguoi-khac")
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.create(pk=people[0].pk, code="phong-khac")
