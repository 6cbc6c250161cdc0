"""One person's own work for the page they open every day: one plain statement, because building a list's query costs
more than running this one. It tells what `lists` tells, of fewer columns."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from congtam.engine.periods import local_day
from congtam.engine.working_time import Calendar
from congtam.history.planned import planned
from congtam.work.lists import GOES_ON, STOPS

TICK, A_DAY = timedelta(microseconds=1), timedelta(days=1)
_ASKED = """
SELECT share.item_id, item.key, coalesce(told.title, ''), coalesce(told.symbol, ''), share.received_at, share.due_at,
    share.finished_at, share.state, standing.returns + standing.reopened, standing.late_extensions, (
        SELECT count(*) FROM work_fault fault WHERE fault.item_id = share.item_id
            AND fault.official_id = share.official_id AND fault.kind = 'quality' AND fault.voided_by IS NULL
    ),
    CASE WHEN stop.incident IS NOT TRUE THEN stop.activity WHEN share.due_at < %(now)s THEN '' ELSE 'incident' END,
    coalesce(stop.value, ''), stop.at
FROM work_share share
JOIN work_item item ON item.id = share.item_id
JOIN work_standing standing ON standing.item_id = share.item_id
LEFT JOIN work_itemtext told ON told.item_id = share.item_id
LEFT JOIN LATERAL (
    SELECT event.activity, event.value, event.at, event.attributes ? 'incident' AS incident FROM work_event event
    WHERE share.state = 'open' AND standing.moving
        AND event.item_id = share.item_id AND event.activity = ANY(%(moves)s::text[]) AND event.at < %(now)s
        AND NOT EXISTS (
            SELECT FROM work_event gone
            WHERE gone.item_id = event.item_id AND gone.activity = 'withdrawn' AND gone.value = event.seq::text
        )
        AND NOT (event.attributes ? 'incident' AND (event.activity = 'resumed' OR EXISTS (
            SELECT FROM work_event ended
            WHERE ended.item_id = event.item_id AND ended.activity = 'resumed' AND ended.at < %(now)s
                AND ended.attributes -> 'incident' = event.attributes -> 'incident' AND NOT EXISTS (
                    SELECT FROM work_event gone WHERE gone.item_id = ended.item_id AND gone.activity = 'withdrawn'
                        AND gone.value = ended.seq::text
                )
        )))
    ORDER BY event.at DESC, event.seq DESC LIMIT 1
) stop ON true
WHERE share.official_id = %(person)s AND share.received_at < %(now)s AND standing.counts
    AND (share.state = 'open' OR share.item_id = ANY(%(items)s::bigint[]))
ORDER BY share.due_at NULLS LAST, share.id
"""


@dataclass(frozen=True)
class Own:
    """One of the person's shares. `returned`: how often the item was sent back or opened again; `late_extensions`: how
    often more time was asked for after the deadline; `faults`: of quality, laid to the person and not voided;
    `waiting`: for whom (applicant, other), or for an incident to be over, with `reason` and since when."""

    item: int
    key: str
    title: str
    symbol: str
    received_at: datetime
    due_at: datetime | None
    finished_at: datetime | None
    state: str
    returned: int
    late_extensions: int
    faults: int
    waiting: str
    reason: str
    since: datetime | None

    @property
    def code(self) -> str:
        """Its number and symbol, else what its source calls it."""
        return self.symbol or self.key

    @property
    def name(self) -> str:
        """What it is called."""
        return self.title or self.code

    def is_late(self, now: datetime) -> bool:
        """Whether its deadline passed before it was finished, or before now."""
        return self.due_at is not None and self.due_at < (self.finished_at or now)

    def late_days(self, calendar: Calendar, now: datetime) -> int:
        """Working days by which it is late; 0 on the day itself."""
        end = self.finished_at or now
        if self.due_at is None or end <= self.due_at:
            return 0
        return calendar.working_days(local_day(self.due_at) + A_DAY, local_day(end - TICK) + A_DAY)


def own_work(person: int, items: Collection[int], now: datetime) -> list[Own]:
    """The person's unfinished work as it stands now, and their part in these items, in order of the deadlines."""
    asked = {"person": person, "items": list(items), "now": now, "moves": [*STOPS, *GOES_ON]}
    with planned() as cursor:
        cursor.execute(_ASKED, asked)
        return [_own(*row) for row in cursor.fetchall()]


def _own(
    item: int,
    key: str,
    title: str,
    symbol: str,
    received: datetime,
    due: datetime | None,
    finished: datetime | None,
    state: str,
    returned: int,
    late_extensions: int,
    faults: int,
    stop: str | None,
    reason: str,
    since: datetime | None,
) -> Own:
    waiting = STOPS.get(stop or "", "")
    told = (reason, since) if waiting else ("", None)
    return Own(
        item,
        key,
        title,
        symbol,
        received,
        due,
        finished,
        state,
        returned,
        late_extensions,
        faults,
        waiting,
        *told,
    )
