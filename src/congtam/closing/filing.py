"""Making the papers of a sealed period: laid out, kept as PDF to sign and DOCX to edit, found again by their code."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from congtam.access.gate import Right, over_unit
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.calibration.models import Sitting
from congtam.closing import papers, personal
from congtam.closing.models import Letterhead
from congtam.closing.papers import Head
from congtam.closing.queries import letterhead_of, published
from congtam.cycles.models import Cycle
from congtam.documents.keeping import keep_paper
from congtam.documents.models import KeptPaper
from congtam.documents.papers import Paper
from congtam.documents.render import docx, pdf
from congtam.engine.periods import local_day
from congtam.history.laying import put
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.orgs.models import Unit
from congtam.people.models import Person
from congtam.reward.models import PayList
from congtam.scores.models import Seal


def make(seat: Seat, cycle: Cycle, kind: str, of: int | None, head: Head, now: datetime) -> KeptPaper:
    """Make a paper of a period and keep it. `of`: the number of the unit, sitting, person or list it is about.

    Raises `Refused`: no right, not sealed yet, nothing of that number, or what the paper itself asks for."""
    if not any(over_unit(seat.writing, right, cycle.agency_id) for right in (Right.KEEP_CYCLE, Right.SEAL)):
        raise Refused(
            "Chỉ bộ phận tổ chức cán bộ và người đứng đầu lập văn bản của kỳ.",
            "Only the personnel office and the head of the agency make the papers of a period.",
        )
    seal = published(cycle)
    if seal is None:
        raise Refused(
            "Kỳ này chưa chốt nên chưa lập văn bản kết quả được. Hãy chốt kết quả trước.",
            "This period is not sealed, so there are no results to put on paper. Seal it first.",
        )
    paper = _paper(seal, cycle, kind, of, head, now)
    person = of if kind in ("slip", "year") else None
    with transaction.atomic():
        told = {"agency": cycle.agency_id, "period": cycle.period, "now": now, "seal": seal.pk, "person": person}
        kept = keep_paper(seat.actor, paper, pdf(paper), "pdf", **told)
        keep_paper(seat.actor, paper, docx(paper), "docx", **told)
    return kept


def set_letterhead(seat: Seat, agency: int, above: str, place: str) -> Letterhead:
    """What stands at the head of the agency's papers from now on; said twice it is written once."""
    standing = letterhead_of(agency)
    if (standing.above, standing.place) == (above.strip(), place.strip()):
        return standing
    with in_order():
        new = Letterhead(agency_id=agency, above=above.strip(), place=place.strip())
        made = put(seat.actor, new, instead_of=Letterhead.standing().filter(agency=agency).first())
        note(seat.actor, "closing.set_letterhead", "unit", agency, {"above": made.above, "place": made.place})
    return made


def _paper(seal: Seal, cycle: Cycle, kind: str, of: int | None, head: Head, now: datetime) -> Paper:
    day = local_day(now)
    if kind == "decision":
        return papers.decision(seal, head, day)
    if kind == "unit_results":
        return papers.unit_results(seal, _one(Unit.objects.filter(pk=of)), head, day)
    if kind == "minutes":
        return papers.minutes(_one(Sitting.objects.filter(pk=of, cycle=cycle)), head, day)
    if kind == "bonus":
        return papers.bonus_list(_one(PayList.objects.filter(pk=of, agency=cycle.agency_id)), head, day)
    person = _one(Person.objects.filter(pk=of))
    return (personal.slip if kind == "slip" else personal.year_form)(seal, person, head, day)


def _one(rows: QuerySet[Any]) -> Any:
    """The one row asked for. Raises `Refused` when there is none."""
    found = rows.first()
    if found is None:
        raise Refused(
            "Không có mục này trong kỳ. Hãy mở lại trang và chọn lại.",
            "There is no such thing in this period. Open the page again and choose anew.",
        )
    return found
