"""Work that becomes known late, or stands otherwise than was known, falls into incidents too: events are looked through
in the order in which they became known. Done twice it changes nothing."""

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
    moved = any(kind.objects.filter(seq__gt=seen, seq__lte=until).exists() for kind in PLACES)
    looked_at = 0
    while seen < until:
        upto = min(seen + WINDOW, until)
        with in_order():
            looked_at += _look(_items(seen, upto), now)
            _until(upto)
        seen = upto
    if moved:
        looked_at += _look_at_all(now)
    return looked_at


def _look(items: list[int], now: datetime | None) -> int:
    """Items of which something became known: those that fall into an incident wait, and those that once did."""
    looked_at = 0
    for incident in Incident.standing() if items else ():
        put_down(incident.series, closed_by(incident), items)
        again = Touched.objects.filter(series=incident.series, item__in=items)
        looked_at += again.update(seen=0)
        if again.exists():
            go_on(incident.series, now)
    return looked_at


def _look_at_all(now: datetime | None) -> int:
    looked_at = 0
    for incident in Incident.standing():
        with in_order():
            put_down(incident.series, closed_by(incident))
            looked_at += Touched.objects.filter(series=incident.series).update(seen=0)
        go_on(incident.series, now)
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
