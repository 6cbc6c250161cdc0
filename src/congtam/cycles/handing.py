"""Handing sealed results to the national cadre database: the file that is sent, and the receipt that ends the step."""

import csv
import io
from datetime import datetime
from hashlib import sha256

from django.utils import timezone

from congtam.access.gate import Right, over_unit
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.cycles.models import Cycle, Handed
from congtam.cycles.moving import finish
from congtam.cycles.population import entries_for
from congtam.cycles.queries import period_of, require
from congtam.engine.explaining import formats
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.orgs.queries import codes_and_names_of
from congtam.people.models import Person
from congtam.people.queries import names_of
from congtam.scores.models import Seal, SealedScore
from congtam.scores.seals import sealed_scores, standing_seal

HEADINGS = ("Mã cán bộ", "Họ và tên", "Mã đơn vị", "Đơn vị", "Vị trí", "Kỳ", "Điểm", "Mức xếp loại", "Bản chốt")


def handover_file(cycle: Cycle) -> bytes:
    """What the standing seal of a cycle says of everybody, as CSV that Excel opens right; the same bytes each time.
    Raises `Refused` before there is a seal."""
    seal = _seal(cycle)
    rows = sealed_scores(seal)
    codes = dict(Person.objects.filter(pk__in=rows).values_list("pk", "code"))
    names, grades = names_of(rows), _grades(cycle)
    units = codes_and_names_of({one.unit_id for one in rows.values()}, period_of(cycle).first)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for person in sorted(rows, key=lambda one: codes[one]):
        one = rows[person]
        unit = units.get(one.unit_id, ("", ""))
        told = [codes[person], names.get(person, ""), *unit, one.post_title, cycle.period]
        writer.writerow(
            map(_plain, [*told, _points(one), grades.get((one.card, one.grade), one.grade or ""), seal.body])
        )
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def hand_over(seat: Seat, cycle: Cycle, receipt: str, *, now: datetime | None = None) -> Handed:
    """The file was handed over: the receipt of the database is kept with the digest of what was sent, and the step
    ends. Raises `Refused`: no right, the step is not open, no receipt."""
    with in_order():
        seen = now or timezone.now()
        if not over_unit(seat, Right.KEEP_CYCLE, cycle.agency_id):
            raise Refused("Bạn không giữ kỳ đánh giá của cơ quan này.", "You do not keep this agency's evaluation.")
        require(cycle, "handover", seen)
        if not receipt.strip():
            raise Refused(
                "Cần mã hoặc số xác nhận của cơ sở dữ liệu quốc gia. Hãy ghi rồi gửi lại.",
                "The receipt of the national database is needed. Write it, then send again.",
            )
        body = handover_file(cycle)
        made = Handed.objects.create(
            cycle=cycle,
            digest=sha256(body).hexdigest(),
            people=_seal(cycle).people,
            receipt=receipt.strip()[:64],
            at=seen,
            by=seat.account,
        )
        finish(seat, cycle, "handover", now=seen)
        note(seat.actor, "cycles.hand_over", "cycle", cycle.pk, {"number": made.receipt, "digest": made.digest})
    return made


def _seal(cycle: Cycle) -> Seal:
    found = standing_seal(cycle.agency_id, period_of(cycle))
    if found is None:
        raise Refused(
            "Kỳ này chưa chốt nên chưa có kết quả để chuyển. Hãy chốt trước.",
            "This period is not sealed, so there is nothing to hand over yet. Seal it first.",
        )
    return found


def _grades(cycle: Cycle) -> dict[tuple[str, str | None], str]:
    entries = entries_for(period_of(cycle))
    return {(key, grade.id): grade.title.vi for key, entry in entries.items() for grade in entry.card.model.grades}


def _points(one: SealedScore) -> str:
    return "" if one.points is None else formats.points(one.points, "vi")


def _plain(cell: object) -> str:
    """A cell no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text[:1] else text
