"""Giao việc: work for one's own people, help asked of another unit, work one sets out to do by oneself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from congtam.access.gate import Right, holds
from congtam.access.seats import Seat
from congtam.desk.coordinating import ask_unit
from congtam.desk.giving import give_many, set_out
from congtam.engine.rulebook.model import Text
from congtam.engine.working_time import Calendar
from congtam.history.refused import Refused
from congtam.scores.overview import sight
from congtam.web.asking import asks
from congtam.web.once import once, token
from congtam.web.pages.task import whom
from congtam.web.pages.task.order_forms import CLEARS, PAPERS, AskUnit, Give, Propose, Work
from congtam.web.pages.task.products import products_on
from congtam.web.words import said

Made = tuple[str, Text]  # where to go, and what is said there


@dataclass(frozen=True)
class Way:
    """One way in which work comes about: `slug` in the address, its tab, what its button says."""

    slug: str
    title: Text
    button: Text
    about: Text
    right: Right
    form: Callable[..., Work]
    do: Callable[[Seat, Any, Calendar], Made]


def _give(seat: Seat, form: Give, calendar: Calendar) -> Made:
    leads = [int(one) for one in form.cleaned_data["leads"]]
    order = form.order(leads[0], calendar, tuple(int(one) for one in form.cleaned_data["support"]))
    items = give_many(seat, order, leads)
    if len(items) == 1:
        return reverse("task", args=items), GIVEN
    n = len(items)
    return reverse("today"), Text(vi=f"Đã giao {n} việc, mỗi người một việc.", en=f"Given: {n}, one to each.")


def _ask(seat: Seat, form: AskUnit, calendar: Calendar) -> Made:
    item = ask_unit(seat, form.order(seat.person or 0, calendar), int(form.cleaned_data["unit"]))
    return reverse("task", args=[item]), ASKED


def _set_out(seat: Seat, form: Propose, calendar: Calendar) -> Made:
    return reverse("task", args=[set_out(seat, form.order(seat.person or 0, calendar))]), SET_OUT


GIVEN = Text(vi="Đã giao việc.", en="Given.")
ASKED = Text(vi="Đã gửi đề nghị phối hợp.", en="The unit was asked.")
SET_OUT = Text(
    vi="Đã ghi việc tự đề xuất. Việc được tính sau khi người phụ trách nghiệm thu.",
    en="Written down. It counts once your head has accepted it.",
)
WAYS = (
    Way(
        "don-vi",
        Text(vi="Cho người của tôi", en="To my people"),
        Text(vi="Giao việc", en="Give the work"),
        Text(
            vi="Rõ người, rõ việc, rõ thời gian, rõ trách nhiệm, rõ sản phẩm, rõ thẩm quyền.",
            en="Who, what, until when, who answers for it, what is handed over, with which authority.",
        ),
        Right.GIVE_WORK,
        lambda *args, seat, **told: Give(*args, people=whom.people_under(seat), **told),
        _give,
    ),
    Way(
        "phoi-hop",
        Text(vi="Đề nghị đơn vị khác phối hợp", en="Ask another unit"),
        Text(vi="Gửi đề nghị", en="Ask"),
        Text(
            vi="Đề nghị có đồng hồ riêng: đơn vị kia nhận hoặc từ chối có lý do, trả lời, rồi bạn chấm.",
            en="A clock of its own: the unit takes it or says why not, answers, and you rate the help.",
        ),
        Right.OWN_WORK,
        lambda *args, seat, **told: AskUnit(*args, units=whom.other_units(seat), **told),
        _ask,
    ),
    Way(
        "tu-de-xuat",
        Text(vi="Việc tôi tự đề xuất", en="Work I set out to do"),
        Text(vi="Ghi việc tự đề xuất", en="Write it down"),
        Text(
            vi="Chỉ được tính khi người phụ trách đơn vị nghiệm thu kết quả.",
            en="It counts only once your head has accepted the result.",
        ),
        Right.OWN_WORK,
        lambda *args, seat, **told: Propose(*args, **told),
        _set_out,
    ),
)


@asks(Right.OWN_WORK)
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """The form of the five clears, in the way chosen; what stands in the address fills it in."""
    seat, now, lang = request.seat, timezone.now(), request.LANGUAGE_CODE
    ways = [way for way in WAYS if holds(seat, way.right)]
    way = next((one for one in ways if one.slug == request.GET.get("kieu")), ways[0])
    seen = sight(now)
    products = products_on(timezone.localdate(now), lang)
    given = {name: value for name in (*CLEARS, *PAPERS, "unit") if (value := request.GET.get(name))}
    told = {"seat": seat, "products": products}
    if request.method == "POST":
        form = way.form(request.POST, **told)
        if form.is_valid():
            try:
                return once(request, lambda: _made(request, way, form, seen.calendar))
            except Refused as refusal:
                form.add_error(None, said(refusal.text))
    else:
        whole = _number(request.GET.get("part_of", ""))
        form = way.form(initial=given | {"leads": request.GET.getlist("leads"), "part_of": whole}, **told)
    form.offer(seat, seen)
    context = {
        "as_of": now,
        "form": form,
        "ways": ways,
        "way": way,
        "whole": _number(form["part_of"].value() or ""),
        "products": products.values(),
        "token": request.POST.get("token") or token(),
    }
    return render(request, "task/give.html", context, status=422 if form.errors else 200)


def _number(text: object) -> int | None:
    """The number of a piece of work in an address or a form, if it is one."""
    said = str(text)
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else None


def _made(request: HttpRequest, way: Way, form: Work, calendar: Calendar) -> tuple[str, str]:
    """Do it; back to a head's page, where it was filled in there."""
    address, text = way.do(request.seat, form, calendar)
    return reverse("unit") if request.POST.get("ve") == "unit" else address, said(text)
