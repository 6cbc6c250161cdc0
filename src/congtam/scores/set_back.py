"""A clock that was ahead and is set back: nothing may stand that was seen at an instant which has not come."""

from datetime import datetime, timedelta

import structlog

from congtam.engine.periods import Period, PeriodKind, local_day
from congtam.scores.cards import KINDS
from congtam.scores.models import Live, LiveUnit, Progress, WakeUp

APART = timedelta(seconds=2)  # the clocks of two workers may differ by so much
log = structlog.get_logger(__name__)


def went_back(progress: Progress, now: datetime) -> bool:
    """Whether all live scores held at an instant that lies ahead of `now`. What belongs to periods that have not begun
    goes; the caller has everything else folded and scored again."""
    if progress.complete_at is None or progress.complete_at <= now + APART:
        return False
    log.warning("clock_went_back", seconds=round((progress.complete_at - now).total_seconds()))
    Progress.objects.filter(id=progress.pk).update(complete_at=None)
    WakeUp.objects.filter(person=None, at__gt=Period.of(PeriodKind.MONTH, local_day(now)).end).delete()
    begun = [Period.of(kind, local_day(now)) for kind in KINDS]
    labels = [period.label for one in begun for period in (one, one.previous())]
    for kind in (Live, LiveUnit):
        kind.objects.filter(as_of__gt=now).exclude(period__in=labels).delete()
    return True
