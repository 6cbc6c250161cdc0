"""How long people type: counted in their browser, kept by person, day and form, told to themselves and as a median.

A figure about the desk, not about people: it feeds no score, and nobody sees another person's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db import connection
from django.db.models import Sum

from congtam.desk.models import Typed

LONGEST = 3600  # seconds somebody types into one form; more was a mistake of the counting
FASTEST = 20  # keys a second
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Typing:
    """What was typed: seconds, keys, and into how many forms that were sent."""

    seconds: int = 0
    keys: int = 0
    sent: int = 0

    @property
    def minutes(self) -> int:
        """In minutes, begun ones as whole ones: what is told must not be less than what was done."""
        return -(-self.seconds // 60)


def sane(seconds: int, keys: int) -> bool:
    """Whether a person can have typed so."""
    return 0 <= seconds <= LONGEST and 0 <= keys <= FASTEST * max(seconds, 1)


def add_typed(person: int, form: str, day: date, seconds: int, keys: int) -> None:
    """One more form was sent; what cannot be is left out."""
    if not sane(seconds, keys):
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO desk_typed AS typed (person_id, day, form, seconds, keys, sent)"
            " VALUES (%s, %s, %s, %s, %s, 1) ON CONFLICT (person_id, day, form) DO UPDATE SET"
            " seconds = typed.seconds + excluded.seconds, keys = typed.keys + excluded.keys, sent = typed.sent + 1",
            [person, day, form, seconds, keys],
        )


def week_of(day: date) -> tuple[date, date]:
    """The Monday of a day's week, and the next one."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + A_WEEK


def typed_in(person: int, first: date, until: date) -> Typing:
    """What one person typed from `first` to before `until`. One query."""
    return typed_by([person], first, until).get(person, Typing())


def typed_by(people: Iterable[int], first: date, until: date) -> dict[int, Typing]:
    """The same for many; who sent no form is left out. One query."""
    found = Typed.objects.filter(person__in=list(people), day__gte=first, day__lt=until).values("person")
    rows = found.annotate(of_seconds=Sum("seconds"), of_keys=Sum("keys"), of_sent=Sum("sent"))
    return {row["person"]: Typing(row["of_seconds"], row["of_keys"], row["of_sent"]) for row in rows}


def median_seconds(people: Iterable[int], first: date, until: date) -> int | None:
    """The median of seconds among these people, for reports; who typed nothing counts with zero. None without
    people."""
    asked = set(people)
    if not asked:
        return None
    typed = typed_by(asked, first, until)
    return round(median(typed[one].seconds if one in typed else 0 for one in asked))
