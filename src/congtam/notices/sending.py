"""The way out of the site: sendings are taken one by one, tried with growing pauses, given up after a day.

A try is written down before it is made. Who is killed in the middle leaves one that is neither failed nor sent: it may
have arrived, so it is made once more and no oftener.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, Q

from congtam.engine.working_time import Calendar
from congtam.notices.hours import loud_from
from congtam.notices.models import Sending
from congtam.notices.queries import ways_of
from congtam.scores.overview import sight

PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=2)
A_DAY = timedelta(days=1)
CUT_OFF = 2  # tries of which nobody knows how they ended
MOST = 2000  # in one go: the worker has other jobs
LATE = "quá một ngày không gửi được"
UNKNOWN = "bị ngắt hai lần giữa chừng; có thể đã đến nơi"


class Unsent(Exception):  # noqa: N818 (it is an answer)
    """It was not taken over there. `whole`: nothing can be sent by this way now, not only this one."""

    def __init__(self, why: str, *, whole: bool = False):
        super().__init__(why)
        self.whole = whole


class Way(NamedTuple):
    """One way out: e-mail, or a hook by its number."""

    way: str
    hook: int | None


def send_due(now: datetime, send: Callable[[Sending], None]) -> int:
    """Make every try that is due; how many arrived. `send` raises `Unsent`. A way that is down is left alone until the
    next time, but for the one try that found it so."""
    arrived, down, calendar = 0, set[Way](), sight(now).calendar
    for _ in range(MOST):
        taken = _take(now, down, calendar)
        if taken is None:
            break
        if taken.next_at is None:  # given up
            continue
        try:
            send(taken)
        except Unsent as refusal:
            _failed(taken, str(refusal))
            if refusal.whole:
                down.add(Way(taken.way, taken.hook_id))
        else:
            Sending.objects.filter(pk=taken.pk).update(sent_at=now, next_at=None, why="")
            arrived += 1
    return arrived


def _take(now: datetime, down: set[Way], calendar: Calendar) -> Sending | None:
    """The next one that is due, with this try written down, or given up; None when nothing is due."""
    with _next(now, down) as found:
        if found is None:
            return None
        if found.begun - found.failed >= CUT_OFF:
            _give_up(found, now, UNKNOWN)
        elif now >= found.first_at + A_DAY:
            _give_up(found, now, found.why or LATE)
        else:
            found.next_at = loud_from(now + pause(found.begun), ways_of(found.digest.person_id), calendar)
            found.begun += 1
        found.save(update_fields=["begun", "next_at", "given_up_at", "why"])
        return found


@contextmanager
def _next(now: datetime, down: set[Way]) -> Iterator[Sending | None]:
    """The next one, kept from other workers until it is written down that it is taken."""
    due = Sending.objects.select_for_update(skip_locked=True, of=("self",)).select_related("digest", "hook")
    left = [Q(way=one.way, hook=one.hook) for one in down]
    with transaction.atomic():
        yield due.filter(next_at__lte=now).exclude(*[_any(left)] if left else []).order_by("next_at", "id").first()


def _any(conditions: list[Q]) -> Q:
    found = Q()
    for one in conditions:
        found |= one
    return found


def pause(tries: int) -> timedelta:
    """How long to wait after so many tries: five minutes, ten, twenty … two hours."""
    return min(PAUSE * 2 ** min(tries, 10), LONGEST_PAUSE)


def _give_up(found: Sending, now: datetime, why: str) -> None:
    found.next_at, found.given_up_at, found.why = None, now, why


def _failed(taken: Sending, why: str) -> None:
    Sending.objects.filter(pk=taken.pk).update(failed=F("failed") + 1, why=why[:300])
