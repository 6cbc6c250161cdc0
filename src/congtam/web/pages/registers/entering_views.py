"""Entering a document, giving a secret one its number, beginning a draft, and what waits for oneself."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from congtam.access.gate import Right
from congtam.access.seats import Seat
from congtam.calendars.queries import national_calendar
from congtam.history.refused import Refused
from congtam.orgs.queries import agencies_of, names_of
from congtam.registers import drafting, entering, routing
from congtam.registers.models import Document
from congtam.registers.queries import answerable, asked_of, issuers, kept, of_person, submitted_to
from congtam.web.asking import asks
from congtam.web.offers import offer_lately, offer_words
from congtam.web.once import once, token
from congtam.web.pages.registers import forms
from congtam.web.pages.registers.steps import leaders
from congtam.web.pages.registers.words import BADGES, STATES
from congtam.web.receiving import handed_in, takes_file
from congtam.web.words import both, said

FORM = require_http_methods(["GET", "HEAD", "POST"])
DRAFT = ("abstract", "symbol", "kind", "signer", "recipients", "urgency")
OFFERED = 200  # documents in that a draft may be said to answer


@takes_file
@asks(Right.KEEP_REGISTERS)
@FORM
def enter(request: HttpRequest) -> HttpResponse:
    """A document that came in; with one more choice it is submitted at once."""
    seat, agency = request.seat, kept(request.seat)[0]
    offered = leaders(agency, seat.day)
    form = forms.Enter(
        request.POST or None,
        request.FILES or None,
        leaders=offered,
        initial={"arrived_on": timezone.localdate(), "urgency": "ordinary"},
    )
    if form.is_bound and form.is_valid():
        try:
            return once(request, lambda: _entered(seat, agency, form))
        except Refused as refusal:
            form.add_error(None, said(refusal.text))
    today = timezone.localdate()
    offer_words(form, "issuer", issuers(agency, today.year))
    offer_lately(form, "dated", national_calendar(), today)
    where = {"name": names_of([agency], seat.day).get(agency, "")}
    return _form(request, "registers/enter.html", form, **where)


@asks(Right.KEEP_REGISTERS)
@FORM
def secret(request: HttpRequest) -> HttpResponse:
    """The number of a secret document."""
    seat, agency = request.seat, kept(request.seat)[0]
    form = forms.Secret(request.POST or None, initial={"day": timezone.localdate()})
    if form.is_bound and form.is_valid():
        try:
            return once(request, lambda: _numbered(seat, agency, form.cleaned_data))
        except Refused as refusal:
            form.add_error(None, said(refusal.text))
    return _form(request, "registers/secret.html", form)


@takes_file
@asks(Right.OWN_WORK)
@FORM
def draft(request: HttpRequest) -> HttpResponse:
    """A document that is to go out; what stands in the address says what it answers."""
    seat = request.seat
    form = forms.NewDraft(
        request.POST or None,
        request.FILES or None,
        answerable=_answerable(seat),
        initial={
            "urgency": "ordinary",
            "answers": request.GET.get("tra-loi", ""),
            "item": request.GET.get("viec", ""),
        },
    )
    if form.is_bound and form.is_valid():
        try:
            return once(request, lambda: _drafted(seat, form.cleaned_data))
        except Refused as refusal:
            form.add_error(None, said(refusal.text))
    return _form(request, "registers/draft.html", form)


@asks(Right.OWN_WORK)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for oneself: to assign, to answer, and one's own drafts on their way."""
    seat = request.seat
    context = {
        "as_of": timezone.now(),
        "submitted": submitted_to(seat),
        "asked": asked_of(seat.person),
        "drafts": [(one, STATES[one.state], BADGES[one.state]) for one in of_person(seat.person)],
    }
    return render(request, "registers/mine.html", context)


def _form(request: HttpRequest, template: str, form: Form, **more: Any) -> HttpResponse:
    context = {"form": form, "token": request.POST.get("token") or token(), "as_of": timezone.now(), **more}
    return render(request, template, context, status=422 if form.errors else 200)


def _entered(seat: Seat, agency: int, form: forms.Enter) -> tuple[str, str]:
    told = form.cleaned_data
    made = entering.enter(seat, agency, form.arrival(), handed_in(told["file"]) if told["file"] else None)
    if told["leader"]:
        routing.submit(seat, made.pk, int(told["leader"]))
    return reverse("document", args=[made.pk]), str(
        both(f"Đã vào sổ, số đến {_number(made)}.", f"Entered as number {_number(made)}.")
    )


def _numbered(seat: Seat, agency: int, told: dict[str, Any]) -> tuple[str, str]:
    made = entering.enter_secret(seat, agency, told["direction"], told["secrecy"], told["day"])
    return reverse("registers") + f"?so={made.direction}", str(
        both(f"Đã ghi số {_number(made)} cho văn bản mật.", f"Number {_number(made)} was given to a secret document.")
    )


def _drafted(seat: Seat, told: dict[str, Any]) -> tuple[str, str]:
    answers = int(told["answers"]) if told["answers"] else None
    wanted = drafting.Draft(item=told["item"], answers=answers, **{name: told[name] for name in DRAFT})
    made = drafting.draft(seat, wanted, handed_in(told["file"]))
    return reverse("document", args=[made.pk]), str(
        both("Đã lập dự thảo. Tiếp theo: xin góp ý, xin duyệt.", "The draft is here. Next, ask for a review.")
    )


def _answerable(seat: Seat) -> list[tuple[str, str]]:
    """The documents in that became work in which the seat has a part."""
    agency = next(iter(agencies_of(seat.units, seat.day).values()), 0)
    rows = answerable(agency).filter(item__shares__official=seat.person).distinct()[:OFFERED]
    return [(str(one.pk), f"{_number(one)}: {one.symbol} {one.abstract}"[:120]) for one in rows]


def _number(document: Document) -> str:
    return f"{document.number:02d}/{document.year}"
