"""Who looked at whose record: written when a page shows another person's record, and shown to that person."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from congtam.access.gate import seen_as
from congtam.access.models import Look
from congtam.access.seats import Seat
from congtam.people.queries import units_of_all

SAME = timedelta(minutes=10)  # the same page opened again within this time is one look


def record(seat: Seat, person_id: int, what: str, period: str = "") -> None:
    """The seat opened `what` (a page's short name) about a person. One's own record is not a look, and the same page
    opened again within ten minutes is the same look."""
    if seat.person == person_id:
        return
    look = Look(
        viewer_id=seat.account,
        post_id=seat.post,
        role=seen_as(seat, person_id),
        person_id=person_id,
        what=what,
        period=period,
    )
    again = Look.objects.filter(
        viewer=seat.account, person=person_id, what=what, period=period, at__gt=timezone.now() - SAME
    )
    if not again.exists():
        look.save(force_insert=True)


def record_all(seat: Seat, persons: Iterable[int], what: str, period: str = "") -> None:
    """The seat opened a page about several people at once, such as a unit's. Few queries, however many people."""
    others = set(persons) - {seat.person}
    again = Look.objects.filter(
        viewer=seat.account, person__in=others, what=what, period=period, at__gt=timezone.now() - SAME
    )
    new = others - set(again.values_list("person", flat=True)) if others else set()
    if not new:
        return
    if unknown := new - seat.homes.keys():
        seat.homes.update({person: [] for person in unknown} | units_of_all(unknown, seat.day))
    Look.objects.bulk_create(
        Look(
            viewer_id=seat.account,
            post_id=seat.post,
            role=seen_as(seat, person),
            person_id=person,
            what=what,
            period=period,
        )
        for person in sorted(new)
    )


def seen_by(person_id: int) -> QuerySet[Look]:
    """Who looked at a person's record, newest first, with the viewer."""
    return Look.objects.filter(person=person_id).select_related("viewer__person__text", "post").order_by("-at")
