"""Erasing what an approved list names: each line in a transaction of its own, so that a worker that was cut off goes on
where it stopped."""

from datetime import datetime

from procrastinate.contrib.django import app

from congtam.audit.actions import note
from congtam.history.actor import SYSTEM
from congtam.history.erasing import erasing
from congtam.retention.holds import Holds
from congtam.retention.kinds import KINDS
from congtam.retention.models import APPROVED, Done, Erasure, Line
from congtam.retention.queries import hindered
from congtam.retention.things import Asked, By

CARRY_OUT = "retention.carry_out"  # the worker's task


def leave_to_worker(series: int) -> None:
    """Have the worker erase a list once the caller's transaction is committed."""
    app.configure_task(CARRY_OUT).defer(series=series)


def unfinished() -> list[int]:
    """Approved lists of which something is still to be erased."""
    approved = Erasure.standing().filter(state=APPROVED).values("series")
    return sorted(set(Line.objects.filter(series__in=approved, done=None).values_list("series", flat=True)))


def carry_out(series: int, now: datetime) -> int:
    """Erase every line of an approved list that is not erased yet, but for what is held meanwhile; how many went now.
    Run twice, or at once by two, each line is erased once."""
    erasure = Erasure.standing().get(series=series, state=APPROVED)
    waiting = Line.objects.filter(series=series, done=None).order_by("pk")
    return sum(_erase(erasure, line.pk, By(erasure.number, now)) for line in waiting)


def _erase(erasure: Erasure, number: int, by: By) -> bool:
    with erasing():
        line = Line.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=number, done=None).first()
        if line is None or _is_hindered(erasure, line.key, by.now):
            return False
        Done.objects.create(line=line, at=by.now, counts=KINDS[erasure.kind].erase(line.key, by))
        if not Line.objects.filter(series=erasure.series, done=None).exists():
            count = Line.objects.filter(series=erasure.series).count()
            told = {"kind": erasure.kind, "number": erasure.number, "count": count}
            note(SYSTEM, "retention.erased", "erasure", erasure.series, told)
        for step in by.last:
            step()
    return True


def _is_hindered(erasure: Erasure, key: str, now: datetime) -> bool:
    """Whether a thing is held as it stands now; what is gone already is free, unless it can never be gone."""
    kind = KINDS[erasure.kind]
    found = kind.find(Asked(erasure.agency_id, keys=[key]))
    if not found:
        return kind.lasting
    return hindered(erasure.kind, found[0], Holds(erasure.agency_id), now) is not None
