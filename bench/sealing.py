"""A month of one population taken as a run, sealed, written, read back and verified: the work of everyone in columns.

    python bench/sealing.py           20,000 officials, 100 shares each
    python bench/sealing.py --small   2,500 officials, 40 shares each

Budget: ≤ 60 s to seal and ≤ 60 s to verify. A run that says otherwise than the seal, a seal that does not hold, or a
changed byte that is not named by its row, gives no figure.
"""

import json
import resource
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import province
from province import build, connect, timed

if TYPE_CHECKING:
    from congtam.scores.models import Seal
    from congtam.scores.taking import Taken

MARKS = """
INSERT INTO ratings_rating (person_id, criterion, period, stage, state, value, by_id)
    SELECT person.id, criterion, %(period)s, 'final', 'value', 26000000, %(by)s
    FROM people_person person CROSS JOIN unnest(ARRAY['general', 'organising', 'rallying']) criterion
    WHERE (person.id = %(only)s OR %(only)s IS NULL) AND person.id <> %(by)s
"""
DECIDED = """
INSERT INTO ratings_decision (person_id, scorecard, period, matter, outcome, by_id, number)
    SELECT unnest(%(people)s::bigint[]), %(card)s, %(period)s, 'otherwise', 'complete', %(by)s, '1/QĐ'
"""


def sealing(*, small: bool = False) -> dict[str, object]:
    """Seconds to take a run, to seal and to verify, the size of the file, and the peak of memory."""
    officials, shares = (2_500, 40) if small else (20_000, 100)
    province.AGENCY = officials
    with tempfile.TemporaryDirectory(prefix="congtam-seal-") as folder:
        connect(Path(folder))
        now = datetime.now(UTC)
        with timed(f"{officials * shares:,} shares written"):
            build(officials, shares, now, events=False)
        return {"officials": officials, "shares": officials * shares, **_measured(now)}


def _measured(now: datetime) -> dict[str, object]:
    from congtam.access.seats import Seat
    from congtam.engine.periods import Period, PeriodKind, local_day
    from congtam.engine.sealing.archive import read_seal
    from congtam.engine.sealing.verify import verify
    from congtam.orgs.models import UnitSpan
    from congtam.scores.keeping import file_of
    from congtam.scores.seals import seal
    from congtam.scores.taking import take

    period = Period.of(PeriodKind.MONTH, local_day(now))
    agency = UnitSpan.objects.get(level="agency").unit_id
    final = _settled(agency, period, now)
    with timed("taken") as taken:
        run = take(agency, period, now, "final")
    with timed("sealed") as sealed:
        made = seal(agency, period, Seat(account=1, person=None, day=local_day(now)), now, final)
    _same(run, made)
    data = file_of(made)
    with timed("verified") as verified:
        verdict = verify(read_seal(data), made.body)
    if not verdict.holds:
        raise SystemExit(f"the seal does not hold: {verdict.findings[:5]}")
    _named(data)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"people": made.people, "take": taken["seconds"], "seal": sealed["seconds"], "verify": verified["seconds"]}
    return told | {"file_mib": round(len(data) / 2**20, 1), "peak_mib": round(peak)}


def _settled(agency: int, period: object, now: datetime) -> dict[str, dict[int, object]]:
    """Everyone marked, and whoever still waits decided on; the final grades."""
    from django.db import connection

    from congtam.engine.scoring.final import FinalBy
    from congtam.scores.extract import Extract
    from congtam.scores.known import cut
    from congtam.scores.prepared import prepare

    def made() -> dict[str, dict[int, object]]:
        found = prepare(Extract(agency, period, cut().seq, min(now, period.end)), {}).finals  # type: ignore[arg-type,attr-defined]
        return {card: {int(code): one for code, one in of_card.items()} for card, of_card in found.items()}

    label = period.label  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id), max(id) FROM people_person")
        one, other = cursor.fetchone()
        cursor.execute(MARKS, {"period": label, "by": one, "only": None})
        cursor.execute(MARKS, {"period": label, "by": other, "only": one})
        for card, of_card in made().items():
            waiting = [code for code, final in of_card.items() if final.by is FinalBy.WAITS]  # type: ignore[attr-defined]
            for by, people in ((one, [code for code in waiting if code != one]), (other, [one] * (one in waiting))):
                cursor.execute(DECIDED, {"people": people, "card": card, "period": label, "by": by})
    return made()


def _same(run: "Taken", made: "Seal") -> None:
    """Everybody has the points in the run that are sealed."""
    from congtam.scores.models import RunScore, SealedScore

    taken = {
        (row.person_id, row.lowest)
        for row in RunScore.objects.filter(run__in=run.runs.values()).iterator()
        if row.lowest == row.highest
    }
    sealed = set(SealedScore.objects.filter(seal=made, points__isnull=False).values_list("person_id", "points"))
    if taken != sealed:
        raise SystemExit(f"the run and the seal differ: {sorted(taken ^ sealed)[:5]}")


def _named(data: bytes) -> None:
    """One byte of one row of one official's work changed: it must be named."""
    from dataclasses import replace

    from congtam.engine.sealing.archive import read_seal
    from congtam.engine.sealing.verify import verify

    whole = read_seal(data)
    part = whole.parts["work/share"]
    row, byte = part.rows[0], part.rows[0][-9:-8]
    worse = row[:-9] + (b"8" if byte == b"7" else b"7") + row[-8:]
    changed = replace(whole, parts={**whole.parts, part.name: replace(part, rows=(worse, *part.rows[1:]))})
    found = verify(changed).findings
    line = row.count(b"\\n")
    if len(found) != 1 or found[0].place.row != 1 or f"line {line} (item " not in found[0].message:
        raise SystemExit(f"a changed byte was not named: {found[:5]}")


if __name__ == "__main__":
    print(json.dumps(sealing(small="--small" in sys.argv), indent=2))
