"""What data know of somebody's work in a period: stands beside the form, and is what raters are watched against."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from congtam.engine.periods import Period


@dataclass(frozen=True)
class Record:
    """Pieces of work in a period: `done` in it, `due` in it, of those `late`, with `faults` of quality found in it, and
    `well`: of the due ones, neither late nor faulty. Exempted ones are left out."""

    done: int = 0
    due: int = 0
    late: int = 0
    faults: int = 0
    well: int = 0


def records_of(people: Iterable[int], period: Period, now: datetime) -> dict[int, Record]:
    """The records of people in a period, seen from its end or from `now`. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH told AS (
                SELECT share.official_id AS official, share.due_at, done.at AS done,
                    share.due_at >= %(start)s AND share.due_at < %(seen)s AS due,
                    coalesce(done.at, %(seen)s) > share.due_at AND share.delay_voided IS NULL AS late,
                    EXISTS (
                        SELECT 1 FROM work_fault fault WHERE fault.item_id = share.item_id AND fault.kind = 'quality'
                            AND fault.official_id = share.official_id AND fault.voided_by IS NULL
                            AND fault.at < %(seen)s
                    ) AS faulty
                FROM work_share share
                JOIN work_standing standing ON standing.item_id = share.item_id AND standing.counts
                CROSS JOIN LATERAL (
                    SELECT CASE WHEN share.finished_at < %(seen)s THEN share.finished_at END AS at
                ) done
                WHERE share.official_id = ANY(%(people)s) AND share.received_at < %(seen)s AND NOT share.excused
                    AND share.state <> 'passed_on'
            )
            SELECT official, count(*) FILTER (WHERE done >= %(start)s), count(*) FILTER (WHERE due),
                count(*) FILTER (WHERE due AND late), count(*) FILTER (WHERE faulty AND (due OR done >= %(start)s)),
                count(*) FILTER (WHERE due AND NOT late AND NOT faulty)
            FROM told GROUP BY official
            """,
            {"people": list(people), "start": period.start, "seen": min(now, period.end)},
        )
        return {official: Record(*counts) for official, *counts in cursor.fetchall()}
