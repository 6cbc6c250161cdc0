"""Deadlines that pass by themselves are written down, each cycle by itself, at the instants at which they passed."""

from datetime import datetime

from congtam.cycles.models import Cycle, Step
from congtam.cycles.moving import settle
from congtam.history.sequence import in_order


def pass_due(now: datetime) -> int:
    """Bring every running cycle to what its deadlines did; how many steps that ended. Done twice it changes nothing."""
    count = 0
    running = Step.objects.filter(replaced_by=None, state="open", due_at__lte=now).values("cycle")
    for cycle in Cycle.objects.filter(pk__in=running).order_by("pk"):
        with in_order():
            count += settle(cycle, now)
    return count
