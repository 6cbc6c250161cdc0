"""Work that becomes known late, or stands otherwise than was known, falls into incidents too: events are looked through
in the order in which they became known. Done twice it changes nothing."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection

from congtam.exemptions.falling import put_down
from congtam.exemptions.models import Incident, Swept, Touched
from congtam.exemptions.stopping import closed_by, go_on
from congtam.history.sequence import in_order, last_known
from congtam.orgs.models import UnitSpan
from congtam.people.models import PostSpan, Spell

WINDOW = 20_000  # numbers looked through in one transaction
PLACES = (Spell, PostSpan, UnitSpan)  # who works where: by another of these, other items fall into an incident


def sweep(now: datetime | None = None) -> int:
    """Look through what became known since the last time and is folded; how many items' clocks were looked at."""
    seen, until = _since(), _folded_until()
    if not Incident.standing().exists():
        _until(until)
        return 0
    looked_at = 0
    if any(kind.objects.filter(seq__gt=seen, seq__lte=until).exists() for kind in PLACES):
        with in_order():
            looked_at += _look_again(None)
    while seen < until:
        upto = min(seen + WINDOW, until)
        with in_order():
            looked_at += _look_again(_items(seen, upto))
            _until(upto)
        seen = upto
    for incident in Incident.standing():  # also those at which a sweep was cut off
        go_on(incident.series, now)
    return looked_at


def _look_again(items: Collection[int] | None) -> int:
    """Items (None: all) that fall into an incident, or once did, wait to be put right; how many."""
    looked_at = 0
    for incident in Incident.standing() if items is None or items else ():
        put_down(incident.series, closed_by(incident), items)
        touched = Touched.objects.filter(series=incident.series)
        looked_at += (touched if items is None else touched.filter(item__in=items)).update(seen=0)
    return looked_at


def _items(seen: int, until: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT item_id FROM work_event WHERE seq > %s AND seq <= %s", [seen, until])
        return [item for (item,) in cursor.fetchall()]


def _folded_until() -> int:
    """The number up to which everything that is known is folded."""
    last = last_known()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(event.seq) FROM work_tofold wait JOIN work_event event ON event.item_id = wait.item_id "
            "WHERE wait.not_before IS NULL AND event.seq > %s",
            [_since()],
        )
        [[first]] = cursor.fetchall()
    return last if first is None else first - 1


def _since() -> int:
    row = Swept.objects.filter(pk=1).first()
    return row.seq if row else 0


def _until(seq: int) -> None:
    Swept.objects.update_or_create(pk=1, defaults={"seq": seq})
