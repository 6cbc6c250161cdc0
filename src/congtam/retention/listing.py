"""Lists of what is to be erased: made by one person, approved by another with a numbered decision."""

from collections.abc import Collection, Iterable
from datetime import datetime

from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.engine.periods import local_day
from congtam.engine.rulebook.model import Text
from congtam.history.conflict import expect_standing
from congtam.history.laying import put
from congtam.history.refused import Refused
from congtam.history.sequence import in_order, take
from congtam.people.models import Person
from congtam.retention.carrying_out import leave_to_worker
from congtam.retention.holds import Holds
from congtam.retention.kinds import KINDS
from congtam.retention.models import APPROVED, PEOPLE, PROPOSED, REFUSED, Erasure, Line, Why
from congtam.retention.of_people import agencies_of, erased
from congtam.retention.queries import ended_of, hindered_among, last_day, things_of
from congtam.retention.terms import may_approve, may_keep
from congtam.retention.things import Asked, Thing


def propose(seat: Seat, agency: int, kind: str, now: datetime) -> Erasure:
    """List everything of a kind whose term has ended, but for what is held. Raises `Refused` without the right, or when
    there is nothing to list."""
    by = may_keep(seat, agency)
    with in_order():
        found = ended_of(agency, kind, local_day(now), now)
        if found.term is None or not found.free:
            why = f": {len(found.held)} mục đang được giữ" if found.held else ""
            raise Refused(
                f"Không có gì để lập danh sách: chưa có mục nào hết thời hạn mà được phép xóa{why}.",
                "There is nothing to list: nothing whose term has ended may be erased"
                + (f"; {len(found.held)} are held." if found.held else "."),
            )
        lines = [(one, last_day(found.term, one.since) if one.since else None) for one in found.free]
        return _write(seat, Erasure(agency_id=agency, kind=kind, as_of=local_day(now), by_id=by), lines, "")


def propose_person(seat: Seat, agency: int, person: Person, why: str, now: datetime) -> Erasure:
    """List the data of one person who left, before any term ended, for a stated reason.

    Raises `Refused`: no right, no reason, somebody of another agency, erased or listed already, or held back by a post,
    an open period, a request or a hold.
    """
    by = may_keep(seat, agency)
    if not why.strip():
        raise Refused(
            "Chưa ghi lý do xóa. Hãy ghi lý do, như đơn đề nghị của người ấy, rồi lưu lại.",
            "The reason is missing. Write it, such as the person's own request, and save again.",
        )
    with in_order():
        found = KINDS[PEOPLE].find(Asked(agency, keys=[str(person.pk)]))
        if not found or agency not in agencies_of([person.pk]).get(person.pk, ()) or erased([person.pk]):
            raise Refused(
                f"Người có mã {person.code} không thuộc cơ quan này, hoặc dữ liệu đã được xóa.",
                f"The person {person.code} is not of this agency, or was erased already.",
            )
        _refuse_held(PEOPLE, found, Holds(agency), now)
        lists = Erasure.standing().filter(kind=PEOPLE).exclude(state=REFUSED).values("series")
        if Line.objects.filter(series__in=lists, key=str(person.pk)).exists():
            raise Refused(
                "Người này đã có trong một danh sách xóa. Hãy xem danh sách ấy.",
                "This person stands on a list already. Look at that list.",
            )
        new = Erasure(agency_id=agency, kind=PEOPLE, as_of=local_day(now), by_id=by)
        return _write(seat, new, [(found[0], None)], why.strip())


def approve(seat: Seat, erasure: Erasure, number: str, now: datetime) -> Erasure:
    """Approve a list by a numbered decision; the worker then erases it line by line.

    Raises `Refused` without the right or a number, as who made the list, or when something on it is held; `Conflict`
    when somebody was faster.
    """
    if not number.strip():
        raise Refused(
            "Chưa ghi số quyết định cho phép xóa. Hãy ghi số, ký hiệu của quyết định rồi làm lại.",
            "No decision is named. Write the number of the decision that allows the erasing, then try again.",
        )
    with in_order():
        _refuse_held(erasure.kind, list(things_of(erasure).values()), Holds(erasure.agency_id), now)
        made = _answer(seat, erasure, APPROVED, number.strip())
        leave_to_worker(made.series)
    return made


def refuse(seat: Seat, erasure: Erasure, why: str) -> Erasure:
    """Do not approve a list, for a reason; what it names may be listed again. Raises `Refused` as `approve` does."""
    if not why.strip():
        raise Refused("Chưa ghi lý do không duyệt. Hãy ghi lý do.", "The reason is missing. Write why it is refused.")
    with in_order():
        made = _answer(seat, erasure, REFUSED, "")
        Why.objects.create(seq=made.seq, text=why.strip())
    return made


def _answer(seat: Seat, erasure: Erasure, state: str, number: str) -> Erasure:
    person = may_approve(seat, erasure.agency_id)
    standing = expect_standing(Erasure, erasure.seq)
    if standing.state != PROPOSED:
        raise Refused("Danh sách này đã được quyết định.", "This list is decided already.")
    if person == standing.by_id:
        raise Refused(
            "Người lập danh sách không tự duyệt. Hãy chuyển cho người khác có quyền duyệt.",
            "Who made the list does not approve it. Pass it on to somebody else who may.",
        )
    new = Erasure(
        series=standing.series,
        agency_id=standing.agency_id,
        kind=standing.kind,
        as_of=standing.as_of,
        state=state,
        by_id=standing.by_id,
        decided_by_id=person,
        number=number,
    )
    made = put(seat.actor, new, instead_of=standing)
    told = {"kind": made.kind, "number": number} if number else {"kind": made.kind}
    action = "retention.approve" if state == APPROVED else "retention.refuse"
    note(seat.actor, action, "erasure", made.series, told)
    return made


def _write(seat: Seat, new: Erasure, lines: "Iterable[tuple[Thing, object]]", why: str) -> Erasure:
    [new.series] = take(1)
    made = put(seat.actor, new)
    rows = [Line(series=made.series, key=one.key, digest=one.digest, ended_on=until) for one, until in lines]
    Line.objects.bulk_create(rows)
    if why:
        Why.objects.create(seq=made.series, text=why)
    note(seat.actor, "retention.propose", "erasure", made.series, {"kind": made.kind, "count": len(rows)})
    return made


def _refuse_held(kind: str, things: Collection[Thing], holds: Holds, now: datetime) -> None:
    held = hindered_among(kind, things, holds, now)
    for one in things:
        if one.key in held:
            why: Text = held[one.key]
            raise Refused(
                f"{one.said.vi}: chưa xóa được vì {why.vi}. Chưa có gì bị xóa.",
                f"{one.said.en}: it cannot be erased, for {why.en}. Nothing was erased.",
            )
