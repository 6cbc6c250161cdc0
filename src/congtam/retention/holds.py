"""Holds: what may not be erased while a complaint, an inspection or a request stands."""

from collections import defaultdict

from django.db.models import Q

from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.cycles.models import Cycle
from congtam.engine.periods import Period
from congtam.engine.rulebook.model import Text
from congtam.history.conflict import expect_standing
from congtam.history.laying import put, withdraw
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.objections.models import Request
from congtam.retention.models import PEOPLE, Hold, Why
from congtam.retention.terms import may_keep
from congtam.retention.things import Thing

OF_PERIODS = frozenset({"seals", "words", "papers"})
OF_NOBODY = frozenset({"evidence", "uploads"})  # nobody can say whom a file tells of: a hold on a person keeps them all


def hold(
    seat: Seat, agency: int, number: str, why: str, *, kind: str = "", person: int | None = None, period: str = ""
) -> Hold:
    """Nothing that this speaks of may be erased, by a numbered document. Raises `Refused` without the right, a number
    or a reason."""
    may_keep(seat, agency)
    if not (number.strip() and why.strip()):
        raise Refused(
            "Tạm giữ cần số văn bản và lý do. Hãy ghi đủ rồi lưu lại.",
            "A hold needs the number of a document and a reason. Write both and save again.",
        )
    with in_order():
        new = Hold(agency_id=agency, number=number.strip(), kind=kind, person_id=person, period=period)
        made = put(seat.actor, new)
        Why.objects.create(seq=made.seq, text=why.strip())
        note(seat.actor, "retention.hold", "unit", agency, {"number": made.number, "kind": kind, "period": period})
    return made


def release(seat: Seat, held: Hold) -> None:
    """The hold is over. Raises `Refused` without the right, `Conflict` when somebody was faster."""
    may_keep(seat, held.agency_id)
    with in_order():
        withdraw(expect_standing(Hold, held.seq))
        note(seat.actor, "retention.release", "unit", held.agency_id, {"number": held.number})


class Holds:
    """What holds things of an agency now, read once. Of a person, every hold that names them counts, whatever its
    agency, kind and period: erasing them would take all of it."""

    def __init__(self, agency: int):
        self.agency = agency
        ours = Q(agency=agency) | Q(person__isnull=False)
        self.standing = list(Hold.standing().filter(ours).order_by("seq"))
        open_ = Request.objects.filter(cycle__agency=agency, replaced_by=None, answer=None)
        self.waiting: dict[str, int] = defaultdict(int)
        cycles = dict(Cycle.objects.filter(agency=agency).values_list("pk", "period"))
        for cycle in open_.values_list("cycle", flat=True):
            self.waiting[cycles[cycle]] += 1

    def on(self, kind: str, thing: Thing) -> Text | None:
        """Why something is held; None: nothing holds it."""
        for one in self.standing:
            if self._speaks_of(one, kind, thing):
                return Text(
                    vi=f"đang tạm giữ theo văn bản số {one.number}", en=f"it is on hold by document {one.number}"
                )
        if kind in OF_PERIODS and (count := self.waiting.get(thing.period)):
            return Text(
                vi=f"kỳ này còn {count} đề nghị xem xét lại chưa được trả lời",
                en=f"{count} requests to review of this period have no answer",
            )
        return None

    def _speaks_of(self, one: Hold, kind: str, thing: Thing) -> bool:
        named = one.person_id is not None and one.person_id in thing.persons
        if kind == PEOPLE and named:
            return True
        return (
            one.agency_id == self.agency
            and one.kind in ("", kind)
            and (one.person_id is None or named or (not one.kind and kind in OF_NOBODY))
            and _meets(one, thing)
        )


def _meets(one: Hold, thing: Thing) -> bool:
    """Whether a hold and a thing share a day; a thing of no period is held by every hold on a period that names no
    kind."""
    if not one.period:
        return True
    if not thing.period:
        return not one.kind
    held, told = Period.parse(one.period), Period.parse(thing.period)
    return held.first < told.until and told.first < held.until
