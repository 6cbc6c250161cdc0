"""Bàn giao: who has something to hand over, the form for one person, and the minutes."""

from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from congtam.access import looks
from congtam.access.gate import Right, over_person
from congtam.access.seats import Seat
from congtam.desk import handing_over
from congtam.desk.handing_over import Order
from congtam.desk.models import Handover
from congtam.engine.rulebook.model import Text
from congtam.history.refused import Refused
from congtam.orgs.queries import agencies_of
from congtam.orgs.queries import names_of as units_named
from congtam.people.models import Person, PersonText
from congtam.people.queries import names_of, people_under, posts_held, staff_of, superior_of, units_of
from congtam.web.asking import asks
from congtam.web.pages.handover.forms import WHYS, HandoverForm
from congtam.web.steps import Change, Edit, edit

MOST = 50  # past handovers of the list


@asks()
@require_safe
def handovers(request: HttpRequest) -> HttpResponse:
    """Who left without handing over, whose work one may hand over, and what was handed over."""
    seat = request.seat
    units = seat.leads | seat.leads_agency
    left = handing_over.left_behind(units | seat.personnel, seat.day)
    heads = people_under(units, seat.day)
    people = PersonText.objects.filter(person__in=set(left)).select_related("person").order_by("sort_key")
    own = handing_over.open_shares(seat.person) if seat.person else []
    context = {
        "as_of": timezone.now(),
        "left": [(text, left[text.person_id], text.person_id in heads) for text in people],
        "own": len(own),
        "me": Person.objects.filter(pk=seat.person).first(),
        "staff": [one for one in staff_of(units, seat.day) if one.person != seat.person],
        "past": _past(seat, heads),
    }
    return render(request, "handover/list.html", context)


@asks()
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, person: str) -> HttpResponse:
    """Everything a person holds, to whom one says; for the person and for heads over them."""
    seat, lang = request.seat.writing, request.LANGUAGE_CODE
    giver = get_object_or_404(Person, code=person)
    try:
        handing_over.may_hand_over(seat, giver.pk)
    except Refused as refusal:
        raise Http404 from refusal
    looks.record_all(seat, {giver.pk} - {seat.person}, "handover")
    shares, questions = handing_over.open_shares(giver.pk), handing_over.open_questions(giver.pk)
    name = names_of([giver.pk]).get(giver.pk, person)
    form = partial(HandoverForm, shares=shares, people=_receivers(seat, giver.pk), lang=lang)

    def plan(told: Mapping[str, Any]) -> Change:
        order = _order(giver.pk, told)
        to = Counter(order.to.get(share.item_id, order.receiver) for share in shares)
        names = names_of([one for one in to if one])

        def act() -> tuple[str, Text]:
            handover = handing_over.hand_over(seat, order)
            return reverse("handover_minutes", args=[handover.pk]), Text(
                vi="Đã bàn giao. Hãy in biên bản để các bên ký.", en="Handed over. Print the minutes to be signed."
            )

        lines = [
            Text(
                vi=f"{n} việc của {name} chuyển cho {names.get(one, '?')} ngay khi ghi; hạn giữ nguyên.",
                en=f"{n} items of {name} go to {names.get(one, '?')} at once; their deadlines stay.",
            )
            for one, n in to.items()
            if one
        ]
        if questions:
            lines.append(
                Text(
                    vi=f"{len(questions)} đề nghị đang chờ {name} trả lời chuyển cho người nhận.",
                    en=f"{len(questions)} questions that wait for {name} go to the receiver.",
                )
            )
        return Change(lines, act, _minded(shares, name))

    title = Text(vi=f"Bàn giao công việc của {name}", en=f"Hand over the work of {name}")
    about = Text(
        vi=f"{name} đang giữ {len(shares)} việc chưa xong; {len(questions)} đề nghị đang chờ trả lời. "
        "Trễ trước lúc bàn giao vẫn tính cho người giao.",
        en=f"{name} holds {len(shares)} open items; {len(questions)} questions wait for an answer. "
        "What was late before stays with who hands over.",
    )
    what = Edit(title, form, plan, reverse("handover"), {}, about, template="handover/form.html")
    return edit(request, what)


@asks()
@require_safe
def minutes(request: HttpRequest, number: int) -> HttpResponse:
    """The minutes of a handover, laid out to be printed and signed."""
    seat = request.seat
    it = Handover.objects.filter(pk=number).select_related("giver", "made_by").first()
    lines = list(it.lines.select_related("item__text").order_by("receiver", "due_at", "pk")) if it else []
    if it is None or not _may_read(seat, it, {line.receiver_id for line in lines}):
        raise Http404
    day = timezone.localdate(it.made_at)
    receivers = list(dict.fromkeys(line.receiver_id for line in lines))
    names = names_of({it.giver_id, it.made_by_id, *receivers})
    home = next(iter(units_of(it.giver_id, day)), 0)
    agency = agencies_of([home], day).get(home, home)
    called = units_named({home, agency}, day)
    context = {
        "it": it,
        "as_of": timezone.now(),
        "day": day,
        "unit": called.get(home, ""),
        "agency": called.get(agency, "") if agency != home else "",
        "why": _in_vietnamese(it.why),
        "giver": _titled(it.giver_id, names, day),
        "maker": _titled(it.made_by_id, names, day),
        "receivers": [_titled(one, names, day) for one in receivers],
        "lines": [(line, names.get(line.receiver_id, "")) for line in lines],
        "late": sum(line.late for line in lines),
    }
    return render(request, "handover/minutes.html", context)


def _in_vietnamese(why: str) -> str:
    """Minutes are a document: they are in Vietnamese, whatever language the page is read in."""
    with override("vi"):
        return str(WHYS[why])


def _order(giver: int, told: Mapping[str, Any]) -> Order:
    to = {int(name.removeprefix("to_")): value for name, value in told.items() if name.startswith("to_") and value}
    numbers = dict(Person.objects.filter(code__in={told["receiver"], *to.values()}).values_list("code", "pk"))
    return Order(
        giver,
        numbers.get(told["receiver"]),
        told["why"],
        {item: numbers[code] for item, code in to.items()},
        told["decision"],
        told["note"],
    )


def _receivers(seat: Seat, giver: int) -> list[tuple[str, str]]:
    """Whom one may choose from: people of the units one heads, of the giver's own units, and the head above."""
    units = seat.leads | seat.leads_agency | set(units_of(giver, seat.day))
    found = {one.person: (one.code, f"{one.full_name} ({one.title})") for one in staff_of(units, seat.day)}
    above = superior_of(giver, seat.day)
    if above is not None and above not in found:
        code = Person.objects.values_list("code", flat=True).get(pk=above)
        found[above] = (code, names_of([above]).get(above, code))
    return [one for person, one in found.items() if person != giver]


def _past(seat: Seat, heads: frozenset[int]) -> list[Handover]:
    mine = Q(giver=seat.person) | Q(made_by=seat.person) | Q(lines__receiver=seat.person)
    seen = Q(giver__in=heads | people_under(seat.personnel, seat.day)) | (mine if seat.person else Q())
    found = Handover.objects.filter(seen).distinct().select_related("giver__text").prefetch_related("lines")
    return list(found.order_by("-made_at")[:MOST])


def _may_read(seat: Seat, it: Handover, receivers: set[int]) -> bool:
    if seat.person in {it.giver_id, it.made_by_id, *receivers}:
        return True
    return any(over_person(seat, right, it.giver_id) for right in (Right.GIVE_WORK, Right.EDIT_PEOPLE))


def _titled(person: int, names: Mapping[int, str], day: Any) -> tuple[str, str]:
    """A person's name, and the title of the highest post held on a day."""
    post = posts_held(person, day).first()
    return names.get(person, f"#{person}"), post.title if post else ""


def _minded(shares: list[Any], name: str) -> list[Text]:
    now = timezone.now()
    late = sum(share.due_at is not None and share.due_at < now for share in shares)
    if not late:
        return []
    return [
        Text(
            vi=f"{late} việc đã quá hạn: phần trễ vẫn tính cho {name}; người nhận chưa có hạn "
            "cho đến khi được giao hạn.",
            en=f"{late} items are overdue: the delay stays with {name}; the receiver has no deadline "
            "until one is given.",
        )
    ]
