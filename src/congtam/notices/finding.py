"""What there is to tell people on a morning: their deadlines, what waits for their decision, who waits for them, and
what happened to their work since the last digests. Asked for many people at once."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from congtam.engine.periods import local_day, start_of_day
from congtam.engine.working_time import Calendar
from congtam.notices.evaluating import evaluating
from congtam.notices.retaining import retaining
from congtam.notices.telling import Since, Told, rows
from congtam.people.queries import superior_of

# In the order in which a digest tells them.
WHATS = (
    "late",
    "due_today",
    "returned",
    "decision",
    "slip",
    "review_asked",
    "review_answered",
    "to_sign",
    "to_erase",
    "reminded",
    "waits_for_me",
    "due_soon",
    "extended",
    "accepted",
    "paused",
    "resumed",
    "excused",
    "cancelled",
    "recurrence",
    "left_behind",
    "term_ended",
)
SOON_DAYS = 2  # working days
LATE_NEWS = timedelta(days=14)  # sources tell of what happened some days ago; older news is no news
A_DAY = timedelta(days=1)


def told(people: Collection[int], now: datetime, since: Since, calendar: Calendar) -> Iterator[Told]:
    """Everything there is to tell these people, told before or not. Thirteen queries; some more where
    somebody left with work in hand, a slip is new, or a request to review is open."""
    asked = {"people": list(people), "now": now, "since": since.seq, "until": since.until, "at": since.at}
    return chain(
        _deadlines(asked, now, calendar),
        _decisions(asked, now),
        _waits(asked),
        _news(asked),
        _reminders(asked),
        _recurrences(asked),
        _left_behind(asked, now),
        evaluating(asked, local_day(now)),
        retaining(asked, local_day(now)),
    )


_DEADLINES = """
SELECT share.official_id, share.item_id, share.due_at FROM work_share share
JOIN work_standing standing ON standing.item_id = share.item_id
WHERE share.official_id = ANY(%(people)s) AND share.state = 'open' AND share.due_at <= %(soon)s
    AND share.received_at < %(now)s AND standing.counts AND NOT standing.moving
    AND NOT standing.excused AND NOT share.excused
"""


def _deadlines(asked: dict[str, Any], now: datetime, calendar: Calendar) -> Iterator[Told]:
    """What is late, due today or due soon. A clock that stands has no deadline to tell."""
    today = local_day(now)
    tomorrow = start_of_day(today + A_DAY)
    soon = start_of_day(calendar.add_working_days(today, SOON_DAYS) + A_DAY)
    for person, item, due in rows(_DEADLINES, {**asked, "soon": soon}):
        what = "late" if due < now else "due_today" if due <= tomorrow else "due_soon"
        yield Told(person, item, what, due.isoformat(), due)


_DECISIONS = """
WITH acting AS (
    SELECT person AS asked, person AS told FROM unnest(%(people)s::bigint[]) person
    UNION
    SELECT giver_id, receiver_id FROM people_delegation
    WHERE receiver_id = ANY(%(people)s) AND replaced_by IS NULL AND days @> %(day)s::date
)
SELECT acting.told, question.item_id, question.id, question.until, question.by_id
FROM desk_question question JOIN acting ON acting.asked = question.to_id
WHERE question.state = 'open' AND question.asked_at < %(now)s AND question.by_id <> acting.told
"""


def _decisions(asked: dict[str, Any], now: datetime) -> Iterator[Told]:
    """What waits for a person's answer: asked of them, or of who delegated to them."""
    asked = asked | {"day": local_day(now)}
    for person, item, question, until, by in rows(_DECISIONS, asked):
        yield Told(person, item, "decision", str(question), until, by)


_WAITS = """
SELECT share.official_id, share.item_id, share.received_at, share.due_at, brief.giver_id FROM work_share share
JOIN work_standing standing ON standing.item_id = share.item_id
JOIN desk_brief brief ON brief.item_id = share.item_id
WHERE share.official_id = ANY(%(people)s) AND share.state = 'open' AND share.role = 'lead'
    AND share.received_at < %(now)s AND standing.counts AND NOT standing.excused
    AND standing.kind = 'coordination' AND brief.giver_id <> share.official_id
"""


def _waits(asked: dict[str, Any]) -> Iterator[Told]:
    """Other units that asked for something this person answers."""
    for person, item, received, due, giver in rows(_WAITS, asked):
        yield Told(person, item, "waits_for_me", received.isoformat(), due, giver)


_NEWS = """
WITH news AS (
    SELECT event.seq, event.item_id, event.activity, event.official_id, event.at, event.value FROM work_event event
    WHERE event.seq > %(since)s AND event.seq <= %(until)s AND event.at >= %(at)s
        AND (event.activity IN ('returned', 'extended', 'excused', 'cancelled')
            OR event.activity IN ('paused', 'resumed') AND event.decision <> ''
            OR event.activity = 'accepted' AND event.value = 'by_default')
        AND NOT EXISTS (
            SELECT FROM work_event gone
            WHERE gone.item_id = event.item_id AND gone.activity = 'withdrawn' AND gone.value = event.seq::text
        )
)
SELECT share.official_id, news.item_id, news.activity, news.seq, news.at FROM news
JOIN work_share share ON share.item_id = news.item_id
JOIN work_standing standing ON standing.item_id = news.item_id
WHERE share.official_id = ANY(%(people)s) AND share.state <> 'passed_on' AND standing.counts
    AND (news.official_id IS NULL OR news.official_id = share.official_id)
UNION
SELECT brief.giver_id, news.item_id, news.activity, news.seq, news.at FROM news
JOIN desk_brief brief ON brief.item_id = news.item_id
WHERE brief.giver_id = ANY(%(people)s) AND news.activity = 'accepted'
"""


def _news(asked: dict[str, Any]) -> Iterator[Told]:
    """What happened: sent back, more time, accepted by silence (also to who gave it), clocks stopped by a decision."""
    for person, item, activity, seq, at in rows(_NEWS, asked):
        yield Told(person, item, activity, str(seq), at)


_REMINDERS = """
SELECT to_id, id, at FROM cycles_reminder WHERE to_id = ANY(%(people)s) AND at >= %(at)s AND at < %(now)s
"""


def _reminders(asked: dict[str, Any]) -> Iterator[Told]:
    """What somebody was reminded of in a period of evaluation."""
    for person, reminder, at in rows(_REMINDERS, asked):
        yield Told(person, None, "reminded", str(reminder), at)


_RECURRENCES = """
SELECT recurrence.giver_id, occasion.id, occasion.at, recurrence.lead_id FROM desk_occasion occasion
JOIN desk_recurrence recurrence ON recurrence.id = occasion.recurrence_id
WHERE recurrence.giver_id = ANY(%(people)s) AND occasion.seen_at IS NULL AND occasion.outcome <> 'given'
    AND occasion.at < %(now)s
"""


def _recurrences(asked: dict[str, Any]) -> Iterator[Told]:
    """What recurs and did not go as this person set it up."""
    for person, occasion, at, lead in rows(_RECURRENCES, asked):
        yield Told(person, None, "recurrence", str(occasion), at, lead)


_LEFT_BEHIND = """
SELECT share.official_id, count(*) FROM work_share share
JOIN work_standing standing ON standing.item_id = share.item_id
WHERE share.state = 'open' AND standing.counts AND share.received_at < %(now)s AND NOT EXISTS (
    SELECT FROM people_spell spell
    WHERE spell.person_id = share.official_id AND spell.replaced_by IS NULL AND spell.days @> %(day)s::date
)
GROUP BY share.official_id
"""


def _left_behind(asked: dict[str, Any], now: datetime) -> Iterator[Told]:
    """Work in the hands of somebody who holds no post any more, to the head above where they worked last."""
    day, people = local_day(now), set(asked["people"])
    for gone, count in rows(_LEFT_BEHIND, asked | {"day": day}):
        head = superior_of(gone, day)
        if head is not None and head in people:
            yield Told(head, None, "left_behind", f"{gone}-{count}", None, gone)
