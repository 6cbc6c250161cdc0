"""Self-report: what people say of themselves where data cannot know, each with somebody who confirms it or a document.

Nothing of it counts by itself: those who rate see it beside the record. Work that arose and initiatives are told at the
desk (`desk.incidental`), where they are counted once confirmed.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.cycles.models import Claim, Cycle, Remark, SelfReport
from congtam.cycles.population import Member
from congtam.cycles.queries import handed_in, member_of, period_of, require, steps_of
from congtam.desk.acting import person_of
from congtam.desk.parties import must_be_there
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import Rulebook
from congtam.evidence.keeping import keep
from congtam.history.conflict import expect_standing
from congtam.history.laying import put, withdraw
from congtam.history.refused import Refused
from congtam.history.sequence import in_order, take
from congtam.people.models import Person
from congtam.ratings.actions import rate
from congtam.ratings.asked import Criterion, asked_for
from congtam.registry.queries import book

MOST = 20  # claims of one person in one cycle: more is no self-report but a diary


def criteria_of(member: Member, period: Period) -> list[Criterion]:
    """What data cannot know of somebody in a period: the criteria people are marked on by their legal scorecard."""
    if member.card is None:
        return []
    rulebook, _, card = member.card.partition("#")
    held: list[tuple[Rulebook, str]] = [(book(rulebook, period.first), card)]
    return asked_for(period, member.role, member.staff_kind, held)


def claim(
    seat: Seat,
    cycle: Cycle,
    criterion: str,
    text: str,
    *,
    counterpart: int | None = None,
    file: tuple[str, Iterable[bytes]] | None = None,
    now: datetime | None = None,
) -> Claim:
    """Say something of oneself on a criterion, with who can confirm it or a document (`file`: name, content). Raises
    `Refused`: the step is not open, the report was handed in, not a criterion of one's own, nothing said, neither of
    the two, oneself as the counterpart."""
    seen, who = now or timezone.now(), person_of(seat)
    stored, name = keep(*file) if file is not None else (None, "")
    with in_order():
        _must_tell(cycle, who, criterion, seen)
        if not text.strip():
            raise Refused("Chưa ghi nội dung. Hãy ghi việc đã làm rồi gửi lại.", "Nothing was said. Say what you did.")
        if counterpart is None and stored is None:
            raise Refused(
                "Cần một người xác nhận hoặc một tệp minh chứng. Hãy chọn người, hoặc đính kèm tệp.",
                "Somebody who confirms it, or a document, is needed. Choose a person, or add a file.",
            )
        if counterpart == who:
            raise Refused(
                "Không ai tự xác nhận việc của mình. Hãy chọn người khác.",
                "Nobody confirms their own work. Choose somebody else.",
            )
        if counterpart is not None:
            must_be_there(counterpart, seen, None)
        if Claim.objects.filter(cycle=cycle, person=who, replaced_by=None).count() >= MOST:
            raise Refused(
                f"Đã có {MOST} nội dung trong kỳ này. Hãy gộp hoặc rút bớt rồi ghi tiếp.",
                f"There are {MOST} claims in this period already. Join some, or take some back.",
            )
        [series] = take(1)
        told = {"cycle": cycle, "series": series, "person_id": who, "criterion": criterion}
        made = put(seat.actor, Claim(**told, counterpart_id=counterpart, evidence=stored, evidence_name=name))
        Remark.objects.create(seq=series, text=text.strip())
        note(seat.actor, "cycles.claim", "cycle", cycle.pk, {"criterion": criterion, "to": counterpart, "file": name})
    return made


def take_back(seat: Seat, row: Claim, *, now: datetime | None = None) -> None:
    """Take back what one said, while the step is open. Raises `Refused`, and `Conflict` when it was answered since."""
    with in_order():
        seen, who = now or timezone.now(), person_of(seat)
        standing = expect_standing(Claim, row.seq)
        if standing.person_id != who:
            raise Refused("Nội dung này của người khác.", "This is somebody else's.")
        _must_be_open(standing.cycle, who, seen)
        withdraw(standing)
        note(seat.actor, "cycles.unclaim", "cycle", standing.cycle_id, {"criterion": standing.criterion})


def answer(seat: Seat, row: Claim, *, confirmed: bool, now: datetime | None = None) -> Claim:
    """Confirm, or not, what somebody says of themselves: only who they named. Raises `Refused` for anybody else or
    once ratings are over, and `Conflict` when it was taken back or answered since."""
    with in_order():
        seen, who = now or timezone.now(), person_of(seat)
        standing = expect_standing(Claim, row.seq)
        if standing.counterpart_id != who:
            raise Refused("Người khác được hỏi về nội dung này.", "Somebody else was asked about this.")
        rating = steps_of(standing.cycle, seen).get("rating")
        if rating is not None and rating.state == "done":
            raise Refused(
                "Bước chấm điểm đã xong nên không xác nhận thêm được.", "Rating is over, so nothing more is confirmed."
            )
        kept = ("cycle_id", "series", "person_id", "criterion", "counterpart_id", "evidence_id", "evidence_name")
        said = "confirmed" if confirmed else "declined"
        new = Claim(**{name: getattr(standing, name) for name in kept}, answer=said, answered_at=seen)
        made = put(seat.actor, new, instead_of=standing)
        note(seat.actor, f"cycles.{said}", "person", standing.person_id, {"criterion": standing.criterion})
    return made


def mark_oneself(
    seat: Seat, cycle: Cycle, criterion: str, value: int, reason: str = "", *, now: datetime | None = None
) -> None:
    """One's own mark (millionths) on a criterion of the stage `self`. Raises `Refused` as `claim` does, for a
    criterion others mark, and as `ratings.rate`."""
    with in_order():
        seen, who = now or timezone.now(), person_of(seat)
        asked = _must_tell(cycle, who, criterion, seen, stage="self")
        person = Person.objects.get(pk=who)
        rate(
            seat.actor,
            criterion=asked.criterion,
            period=cycle.period,
            by=person,
            person=person,
            stage="self",
            value=value,
            reason=reason,
        )


def hand_in(seat: Seat, cycle: Cycle, *, now: datetime | None = None) -> None:
    """Say that one has told everything; doing it twice changes nothing. Raises `Refused` when the step is not open, or
    for somebody whom the agency does not grade."""
    with in_order():
        seen, who = now or timezone.now(), person_of(seat)
        require(cycle, "self_report", seen)
        _graded(cycle, who, seen)
        _, new = SelfReport.objects.get_or_create(cycle=cycle, person_id=who, defaults={"at": seen})
        if new:
            note(seat.actor, "cycles.self_report", "cycle", cycle.pk, {"period": cycle.period})


def _must_tell(cycle: Cycle, who: int, criterion: str, now: datetime, stage: str = "") -> Criterion:
    _must_be_open(cycle, who, now)
    asked = criteria_of(_graded(cycle, who, now), period_of(cycle))
    found = next((one for one in asked if one.criterion == criterion and stage in ("", one.stage)), None)
    if found is None:
        raise Refused(
            "Tiêu chí này không hỏi bạn trong kỳ này. Hãy mở lại trang rồi chọn.",
            "You are not asked about this criterion in this period. Open the page again and choose.",
        )
    return found


def _must_be_open(cycle: Cycle, who: int, now: datetime) -> None:
    require(cycle, "self_report", now)
    if handed_in(cycle, who) is not None:
        raise Refused(
            "Bạn đã nộp bản tự đánh giá nên không sửa thêm được. Nếu còn thiếu, hãy nói với người chấm điểm.",
            "You handed in your self-report, so it is not changed any more. Tell who rates you what is missing.",
        )


def _graded(cycle: Cycle, who: int, now: datetime) -> Member:
    member = member_of(cycle, who, now)
    if member is None or not member.graded:
        raise Refused(
            f"Bạn không được xếp loại ở cơ quan này trong kỳ {period_of(cycle).title('vi')}.",
            f"This agency does not grade you in {period_of(cycle).title('en')}.",
        )
    return member
