"""Rewards for an achievement (thưởng đột xuất): proposed with marks, checked against its scheme, decided by a named
person with a number; the accountant then makes the list of payments."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F

from congtam.access.gate import Right, over_person, over_unit
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.calendars.queries import calendar_for
from congtam.engine.periods import Period, PeriodKind, local_day
from congtam.engine.rewarding.paying import for_achievement, spot_points
from congtam.engine.rulebook.model import Text
from congtam.engine.rulebook.model.reward import Spot
from congtam.history.conflict import expect_standing
from congtam.history.laying import put
from congtam.history.refused import Refused
from congtam.history.sequence import in_order, take
from congtam.orgs.queries import trees_under
from congtam.people.queries import names_of, staff_of
from congtam.reward.amounts import Base, base_of_agency
from congtam.reward.lists import write
from congtam.reward.models import Nominee, PayList, Proposal, Why
from congtam.reward.payments import Payment, Payments
from congtam.reward.schemes import Scheme, scheme_on
from congtam.work.models import Fault, Share, Standing

NOTHING = Decimal(0)
Marks = Mapping[int, Sequence[Decimal]]  # person → one mark for each criterion


@dataclass(frozen=True)
class Award:
    """What one person of a proposal would get; `hinders`: what speaks against it by the facts."""

    person: int
    marks: tuple[Decimal, ...]
    factor: Decimal | None
    amount: Decimal | None
    hinders: tuple[Text, ...] = ()


def propose(seat: Seat, agency: int, scheme: str, item: int, marks: Marks, why: str, day: date) -> Proposal:
    """Propose people for an achievement. Raises `Refused`: no right over them, too many, oneself, no such scheme, marks
    out of range, work that is neither done and accepted nor recognised, or no reason."""
    if seat.person is None:
        raise Refused("Tài khoản này không gắn với cán bộ nào.", "This account belongs to no official.")
    held = _spot(scheme_on(scheme, day))
    _check_people(seat, held[1], marks)
    _check_marks(held[1], marks)
    if not why.strip():
        raise Refused("Chưa nêu thành tích. Hãy ghi thành tích là gì.", "The achievement is missing. Write what it is.")
    with in_order():
        _check_work(item, marks)
        [series] = take(1)
        new = Proposal(series=series, agency_id=agency, scheme=scheme, item_id=item, by_id=seat.person)
        made = put(seat.actor, new)
        Nominee.objects.bulk_create(
            Nominee(series=series, person_id=person, marks=[str(one) for one in given])
            for person, given in marks.items()
        )
        Why.objects.create(seq=made.series, text=why.strip())
        note(seat.actor, "reward.propose", "reward_proposal", series, {"scheme": scheme, "people": len(marks)})
    return made


def decide(seat: Seat, proposal: Proposal, approve: bool, number: str, now: datetime) -> Proposal:
    """Decide on a proposal by a numbered document.

    Raises `Refused` without the right or a number, for one's own or as who proposed it, and when facts, limits or a
    missing amount speak against approving; `Conflict` when somebody was faster.
    """
    by = _leader(seat, proposal)
    if not number.strip():
        raise Refused(
            "Quyết định cần số văn bản. Hãy ghi số rồi lưu lại.",
            "A decision needs the number of its document. Add it and save again.",
        )
    with in_order():
        standing = expect_standing(Proposal, proposal.seq)
        if standing.state != "proposed":
            raise Refused("Đề xuất này đã được quyết định.", "This proposal is decided already.")
        awards = awards_of(standing, now) if approve else []
        against = [one for award in awards for one in award.hinders]
        if against:
            raise Refused(
                f"Chưa thể duyệt: {'; '.join(one.vi for one in against)}. Không duyệt, hoặc chờ miễn trừ lỗi.",
                f"It cannot be approved: {'; '.join(one.en for one in against)}. Refuse it, or wait for an exemption.",
            )
        decided = Proposal(
            series=standing.series, agency_id=standing.agency_id, scheme=standing.scheme, item_id=standing.item_id,
            by_id=standing.by_id, state="approved" if approve else "refused", decided_by_id=by, number=number.strip(),
            day=local_day(now),
        )  # fmt: skip
        made = put(seat.actor, decided, instead_of=standing)
        told = {"state": made.state, "number": made.number}
        note(seat.actor, "reward.decide", "reward_proposal", made.series, told)
    return made


def list_of(seat: Seat, proposal: Proposal, now: datetime) -> PayList:
    """The list of payments of an approved proposal, its sum reserved in the fund to be signed. Raises `Refused` without
    the right, before it is approved, when a list stands, or when the fund is too small."""
    if seat.person is None or not over_unit(seat, Right.KEEP_FUND, proposal.agency_id):
        raise Refused(
            "Chỉ kế toán của cơ quan lập danh sách chi. Hãy chuyển cho kế toán.",
            "Only the agency's accountant makes lists of payments. Pass it on to them.",
        )
    with in_order():
        standing = Proposal.standing().get(series=proposal.series)
        if standing.state != "approved" or standing.day is None:
            raise Refused("Đề xuất chưa được duyệt.", "The proposal is not approved.")
        if PayList.standing().filter(proposal=standing.series).exists():
            raise Refused("Danh sách của đề xuất này đã lập.", "The list of this proposal is made already.")
        scheme, spot = _spot(scheme_on(standing.scheme, standing.day))
        base: Base = base_of_agency(standing.agency_id, spot.base, standing.day)
        lines = tuple(
            Payment(one.person, "", base.value, one.factor, one.amount, one.amount, False, base.whence)
            for one in _amounts(standing, scheme, base)
            if one.amount is not None
        )
        year = Period.of(PeriodKind.YEAR, standing.day)
        new = PayList(
            agency_id=standing.agency_id, period=year.label, year=standing.day.year, purse=scheme.reward.purse,
            scheme=scheme.key, meaning=scheme.meaning, proposal=standing.series, payable=standing.day,
            by_id=seat.person,
        )  # fmt: skip
        return write(seat, new, Payments(scheme, standing.agency_id, year, lines), local_day(now))


def awards_of(proposal: Proposal, now: datetime) -> list[Award]:
    """What each person of a proposal would get, and what speaks against it by the facts seen at `now`. Raises `Refused`
    when an amount the scheme needs is missing."""
    day = local_day(now)
    scheme, spot = _spot(scheme_on(proposal.scheme, day))
    found = _amounts(proposal, scheme, base_of_agency(proposal.agency_id, spot.base, day))
    people = [one.person for one in found]
    faults, names = own_faults(spot, people, now), names_of(people)
    over = _over_share(proposal, spot, set(people), day)
    told = []
    for at, one in enumerate(found):
        name = names.get(one.person, f"#{one.person}")
        hinders = [over] if over and at == 0 else []
        if faults.get(one.person):
            hinders.append(_faulty(name, faults[one.person]))
        if one.amount is None:
            hinders.append(Text(vi=f"{name} chưa đủ điểm", en=f"{name} has too few points"))
        told.append(replace(one, hinders=tuple(hinders)))
    return told


def unpriced(nominee: Nominee) -> Award:
    """A person of a proposal with the marks alone, where the amounts are not known yet."""
    return Award(nominee.person_id, tuple(Decimal(mark) for mark in nominee.marks), None, None)


def points_of(spot: Spot, marks: Sequence[Decimal]) -> Decimal:
    """The points that marks give. Raises `Refused` when they do not fit the scheme."""
    _check_marks(spot, {0: marks})
    return spot_points(spot, marks)


def own_faults(spot: Spot, people: Sequence[int], now: datetime) -> dict[int, int]:
    """How many faults of the kinds the scheme asks about still count against each person in the year of an instant:
    those told of their work, and work late or overdue by then."""
    year = Period.of(PeriodKind.YEAR, local_day(now))
    kinds = spot.own_faults.kinds if spot.own_faults else ()
    charged = Fault.objects.filter(
        official__in=people, kind__in=kinds, derived=False, voided_by__isnull=True, at__gte=year.start, at__lt=year.end
    )
    found = Counter(charged.values_list("official_id", flat=True))
    if "delay" in kinds:
        due = Share.objects.filter(official__in=people, due_at__gte=year.start, due_at__lt=min(year.end, now))
        late = due.filter(delay_voided__isnull=True, excused=False).exclude(finished_at__lte=F("due_at"))
        found.update(late.values_list("official_id", flat=True))
    return dict(found)


def pay_by(proposal: Proposal) -> date | None:
    """The last day on which an approved proposal is to be paid; None before it is approved."""
    if proposal.state != "approved" or proposal.day is None:
        return None
    scheme, spot = _spot(scheme_on(proposal.scheme, proposal.day))
    return calendar_for(scheme.book, proposal.day).add_working_days(proposal.day, spot.paid_within)


def _amounts(proposal: Proposal, scheme: Scheme, base: Base) -> list[Award]:
    found = []
    for one in Nominee.objects.filter(series=proposal.series).order_by("pk"):
        marks = tuple(Decimal(mark) for mark in one.marks)
        pay = for_achievement(scheme.reward, marks, base.value)
        found.append(Award(one.person_id, marks, pay.factor if pay else None, pay.amount if pay else None))
    return found


def _spot(scheme: Scheme) -> tuple[Scheme, Spot]:
    if scheme.reward.spot is None:
        raise Refused(
            f"“{scheme.title.vi}” không phải chế độ thưởng đột xuất. Hãy chọn chế độ khác.",
            f"“{scheme.title.en}” is not for achievements. Choose another scheme.",
        )
    return scheme, scheme.reward.spot


def _check_people(seat: Seat, spot: Spot, people: Collection[int]) -> None:
    if not 0 < len(people) <= spot.persons:
        raise Refused(
            f"Mỗi thành tích thưởng từ 1 đến {spot.persons} người; đề xuất có {len(people)} người. Hãy chọn lại.",
            f"An achievement rewards 1 to {spot.persons} people; {len(people)} are proposed. Choose again.",
        )
    outside = [one for one in people if not over_person(seat, Right.RATE, one)]
    if outside:
        who = ", ".join(names_of(outside).values())
        raise Refused(
            f"Bạn không chấm được thành tích của {who}. Chỉ đề xuất người mình phụ trách, không đề xuất mình.",
            f"You may not score the achievement of {who}. Propose people of units you head, never yourself.",
        )


def _check_marks(spot: Spot, marks: Marks) -> None:
    for given in marks.values():
        try:
            spot_points(spot, given)
        except ValueError:
            raise Refused(
                f"Mỗi người cần {len(spot.criteria)} điểm, mỗi điểm từ 0 đến {spot.points.most}. Hãy chấm đủ.",
                f"Each person needs {len(spot.criteria)} marks from 0 to {spot.points.most}. Give them all.",
            ) from None


def _check_work(item: int, people: Collection[int]) -> None:
    """The achievement stands on work that is done and accepted, or recognised, and in which each has a part."""
    standing = Standing.objects.filter(item=item).first()
    done = standing is not None and (standing.recognised or (standing.accepted and standing.finished_at is not None))
    if standing is None or standing.excused or not done:
        raise Refused(
            "Thành tích phải dựa trên một việc đã hoàn thành và được nghiệm thu, hoặc sáng kiến đã được công nhận. "
            "Hãy chọn việc khác.",
            "An achievement stands on work done and accepted, or on a recognised initiative. Choose other work.",
        )
    shares = set(Share.objects.filter(item=item, excused=False).values_list("official_id", flat=True))
    without = names_of([one for one in people if one not in shares])
    if without:
        who = ", ".join(without.values())
        raise Refused(
            f"{who} không có phần việc nào trong việc đã chọn. Hãy bỏ người ấy, hoặc chọn việc khác.",
            f"{who} had no part in the work chosen. Leave them out, or choose other work.",
        )


def _over_share(proposal: Proposal, spot: Spot, people: Collection[int], day: date) -> Text | None:
    """Whether with these people more of the staff would be rewarded in the year than the scheme allows."""
    approved = Proposal.standing().filter(
        agency=proposal.agency_id, scheme=proposal.scheme, state="approved", day__year=day.year
    )
    series = list(approved.values_list("series", flat=True))
    rewarded = {*people, *Nominee.objects.filter(series__in=series).values_list("person_id", flat=True)}
    staff = {one.person for one in staff_of(trees_under([proposal.agency_id], day), day)}
    if len(rewarded) <= spot.staff_share * len(staff):
        return None
    share = f"{spot.staff_share * 100:f}".rstrip("0").rstrip(".")
    return Text(
        vi=f"trong năm đã thưởng {len(rewarded)} trên {len(staff)} người, quá {share} %",
        en=f"{len(rewarded)} of {len(staff)} people would be rewarded in the year, more than {share} %",
    )


def _faulty(name: str, count: int) -> Text:
    return Text(
        vi=f"{name} có {count} lỗi còn bị tính trong năm", en=f"{name} has faults that count in the year: {count}"
    )


def _leader(seat: Seat, proposal: Proposal) -> int:
    """Who decides: with the right over the fund, not who proposed, and none of the proposed."""
    own = Nominee.objects.filter(series=proposal.series, person=seat.person).exists()
    may = seat.person is not None and over_unit(seat, Right.APPROVE_FUND, proposal.agency_id)
    if seat.person is None or not may or own or proposal.by_id == seat.person:
        raise Refused(
            "Đề xuất này do người có thẩm quyền khác quyết định: không ai quyết định cho mình hay đề xuất của mình.",
            "Another competent person decides on this: nobody decides for themselves, or on what they proposed.",
        )
    return seat.person
