"""Thưởng đột xuất: proposed by who heads people, decided by the head of the agency, then listed by the accountant."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from congtam.access.gate import Right, over_person, over_unit, units_over
from congtam.access.seats import Seat
from congtam.engine.rulebook.model import Text
from congtam.history.refused import Refused
from congtam.orgs.queries import agencies_of
from congtam.people.queries import names_of, staff_of
from congtam.reward import spots
from congtam.reward.lists import number_of
from congtam.reward.models import Nominee, PayList, Proposal
from congtam.reward.queries import why_of
from congtam.reward.schemes import Scheme, dong, scheme_on, schemes_on
from congtam.web.asking import asks
from congtam.web.pages.reward import places, words
from congtam.web.pages.reward.forms import ProposalForm, VerdictForm
from congtam.web.pages.reward.works import title_of, work_meant
from congtam.web.steps import Change, Edit, edit
from congtam.web.words import both, said

FORM = require_http_methods(["GET", "HEAD", "POST"])


@asks(Right.RATE)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What a head proposed, and by which schemes more can be proposed."""
    seat = request.seat
    own = Proposal.standing().filter(by=seat.person).order_by("-series") if seat.person else Proposal.objects.none()
    rows = list(own)
    why = why_of([one.series for one in rows])
    context = {
        "rows": [(one, why.get(one.series, ""), words.PROPOSAL[one.state]) for one in rows],
        "schemes": _schemes(seat),
        "as_of": timezone.now(),
    }
    return render(request, "reward/achievements.html", context)


@asks(Right.RATE)
@FORM
def new(request: HttpRequest) -> HttpResponse:
    """People proposed for an achievement, with marks on each criterion of the scheme (`che-do`)."""
    seat, asked = request.seat, request.GET.get("che-do", "")
    scheme = next((one for one in _schemes(seat) if one.key == asked), None) if asked else None
    scheme = scheme or next(iter(_schemes(seat)), None)
    if scheme is None or scheme.reward.spot is None:
        return redirect("achievements")
    spot, people = scheme.reward.spot, _people(seat)
    names = dict(people)
    criteria = [(one.id, both(one.title.vi, one.title.en)) for one in spot.criteria]

    def plan(told: Mapping[str, Any]) -> Change:
        agency, item = _agency(seat, next(iter(told["marks"]), 0)), work_meant(told["work"], told["marks"])

        def act() -> tuple[str, Text]:
            made = spots.propose(seat, agency, scheme.key, item, told["marks"], told["why"], seat.day)
            return reverse("achievement", args=[made.series]), Text(
                vi="Đã gửi đề xuất; người đứng đầu cơ quan quyết định.",
                en="Proposed; the head of the agency decides.",
            )

        work = title_of(item)
        lines = [Text(vi=f"Thành tích: {told['why']}", en=f"Achievement: {told['why']}")]
        lines.append(Text(vi=f"Minh chứng: {work}", en=f"Stands on: {work}"))
        for person, marks in told["marks"].items():
            points = spots.points_of(spot, marks)
            lines.append(
                Text(
                    vi=f"{names.get(str(person), person)}: {points:.2f} điểm".replace(".", ","),
                    en=f"{names.get(str(person), person)}: {points:.2f} points",
                )
            )
        return Change(lines, act)

    form = partial(ProposalForm, persons=spot.persons, people=people, criteria=criteria, most=spot.points.most)
    about = Text(
        vi=f"{scheme.title.vi}. Mỗi tiêu chí chấm từ 0 đến {spot.points.most}; không ai được điền sẵn.",
        en=f"{scheme.title.en}. Each criterion is marked from 0 to {spot.points.most}; nothing is filled in.",
    )
    title = Text(vi="Đề xuất thưởng đột xuất", en="Propose a spot bonus")
    return edit(request, Edit(title, form, plan, reverse("achievements"), about=about))


@asks()
@require_safe
def one(request: HttpRequest, series: int) -> HttpResponse:
    """A proposal: the work it stands on, the people with their marks, what each would get, what speaks against it."""
    seat, it, now = request.seat, places.proposal_of(request.seat, series), timezone.now()
    scheme, awards, missing = _awards(it, now)
    names = names_of([one.person for one in awards] + [it.by_id, it.decided_by_id or 0])
    listed = PayList.standing().filter(proposal=it.series).first()
    context = {
        "it": it,
        "title": scheme.title,
        "criteria": [one.title for one in scheme.reward.spot.criteria] if scheme.reward.spot else [],
        "why": why_of([it.series]).get(it.series, ""),
        "work": title_of(it.item_id),
        "state": words.PROPOSAL[it.state],
        "awards": [(names.get(one.person, f"#{one.person}"), one) for one in awards],
        "hinders": [said(text) for one in awards for text in one.hinders] if it.state == "proposed" else [],
        "missing": said(missing) if missing else "",
        "by": names.get(it.by_id, "–"),
        "decided_by": names.get(it.decided_by_id, "") if it.decided_by_id else "",
        "pay_by": spots.pay_by(it),
        "listed": listed,
        "listed_as": number_of(listed) if listed else "",
        "may_decide": it.state == "proposed" and over_unit(seat, Right.APPROVE_FUND, it.agency_id),
        "may_list": it.state == "approved" and not listed and over_unit(seat, Right.KEEP_FUND, it.agency_id),
        "sees_fund": over_unit(seat, Right.SEE_FUND, it.agency_id),
        "as_of": now,
    }
    return render(request, "reward/achievement.html", context)


@asks(Right.APPROVE_FUND)
@FORM
def decide(request: HttpRequest, series: int) -> HttpResponse:
    """A decision on a proposal, by a numbered document."""
    seat, it = request.seat, places.proposal_of(request.seat, series)
    if not over_unit(seat, Right.APPROVE_FUND, it.agency_id):
        raise Http404

    def plan(told: Mapping[str, Any]) -> Change:
        approve = told["verdict"] == "approve"

        def act() -> tuple[str, Text]:
            spots.decide(seat, it, approve, told["number"], timezone.now())
            return reverse("achievement", args=[it.series]), Text(vi="Đã quyết định.", en="Decided.")

        line = Text(
            vi=f"{'Duyệt thưởng' if approve else 'Không duyệt'} theo {told['number']}.",
            en=f"{'Approved' if approve else 'Not approved'} by {told['number']}.",
        )
        return Change([line], act)

    why = why_of([it.series]).get(it.series, "")
    title = Text(vi=f"Quyết định đề xuất thưởng: {why}", en=f"Decide on the proposal: {why}")
    return edit(request, Edit(title, VerdictForm, plan, reverse("achievement", args=[it.series])))


@asks(Right.KEEP_FUND)
@FORM
def to_list(request: HttpRequest, series: int) -> HttpResponse:
    """The list of payments of an approved proposal."""
    seat, it = request.seat, places.proposal_of(request.seat, series)
    if not over_unit(seat, Right.KEEP_FUND, it.agency_id):
        raise Http404

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            made = spots.list_of(seat, it, timezone.now())
            return reverse("pay_list", args=[made.pk]), Text(
                vi="Đã lập danh sách; chờ người đứng đầu duyệt trong sổ quỹ.",
                en="The list is made; it waits to be approved in the ledger.",
            )

        _, awards, _ = _awards(it, timezone.now())
        total = dong(sum(one.amount for one in awards if one.amount is not None) or spots.NOTHING)
        line = Text(vi=f"{len(awards)} người, cộng {total.vi}.", en=f"{len(awards)} people, {total.en} in all.")
        return Change([line], act)

    title = Text(vi="Lập danh sách chi thưởng đột xuất", en="List of payments for the achievement")
    return edit(request, Edit(title, Form, plan, reverse("achievement", args=[it.series])))


def _schemes(seat: Seat) -> list[Scheme]:
    return [one for one in schemes_on(seat.day).values() if one.reward.spot is not None]


def _people(seat: Seat) -> list[tuple[str, str]]:
    """Whom the seat may propose."""
    staff = staff_of(units_over(seat, Right.RATE), seat.day)
    people = {one.person: one.full_name for one in staff}
    return [(str(person), name) for person, name in people.items() if over_person(seat, Right.RATE, person)]


def _agency(seat: Seat, person: int) -> int:
    homes = [one.unit for one in staff_of(units_over(seat, Right.RATE), seat.day) if one.person == person]
    found = agencies_of(homes, seat.day)
    if not homes or homes[0] not in found:
        raise Refused(
            "Chưa chọn người nào thuộc đơn vị mình phụ trách. Hãy chọn ít nhất một người.",
            "Nobody of units you head is chosen. Choose at least one.",
        )
    return found[homes[0]]


def _awards(it: Proposal, now: Any) -> tuple[Scheme, list[spots.Award], Text | None]:
    """What each would get, or, where an amount is still missing, only their marks and what is missing."""
    scheme = scheme_on(it.scheme, it.day or timezone.localdate(it.recorded_at))
    try:
        return scheme, spots.awards_of(it, now), None
    except Refused as refusal:
        nominees = Nominee.objects.filter(series=it.series).order_by("pk")
        return scheme, [spots.unpriced(one) for one in nominees], refusal.text
