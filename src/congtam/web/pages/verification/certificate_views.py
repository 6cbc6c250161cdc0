"""Whose certificates are: entered and taken back by who keeps the personnel of an agency."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from congtam.access.gate import Right
from congtam.access.seats import Seat
from congtam.documents.certificates import certificates_of, register_certificate, withdraw_certificate
from congtam.history.refused import Refused
from congtam.orgs.queries import agencies_of, names_of
from congtam.people.queries import staff_of
from congtam.web.asking import asks
from congtam.web.once import once, token
from congtam.web.pages.verification.forms import CertificateForm
from congtam.web.receiving import takes_file
from congtam.web.words import both, said

ENTERED = both("Đã ghi nhận chứng thư.", "The certificate was entered.")
WITHDRAWN = both("Đã gỡ chứng thư. Văn bản đã ký vẫn giữ nguyên.", "It was taken back. What was signed stays.")


@takes_file
@asks(Right.EDIT_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def certificates(request: HttpRequest) -> HttpResponse:
    """The list, and the form for one more."""
    seat, choices = request.seat, _choices(request.seat)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CertificateForm(*given, choices=choices)
    if form.is_bound and form.is_valid():
        try:
            return once(request, lambda: _entered(seat, form.cleaned_data))
        except Refused as refusal:
            form.add_error("file", said(refusal.text))
    context = {
        "form": form,
        "agencies": [(name, list(certificates_of(one))) for one, name in _agencies(seat).items()],
        "token": request.POST.get("token") or token(),
        "as_of": timezone.now(),
    }
    return render(request, "verification/certificates.html", context, status=422 if form.errors else 200)


@asks(Right.EDIT_PEOPLE)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Nothing more is signed with it."""

    def act() -> tuple[str, str]:
        withdraw_certificate(request.seat, number)
        return reverse("certificates"), str(WITHDRAWN)

    return once(request, act)


def _entered(seat: Seat, told: dict[str, Any]) -> tuple[str, str]:
    kind, _, number = told["whose"].partition(" ")
    whose = {"agency": int(number)} if kind == "agency" else {"person": int(number)}
    register_certificate(seat, told["file"].read(), **whose)
    return reverse("certificates"), str(ENTERED)


def _agencies(seat: Seat) -> dict[int, str]:
    """The agencies whose personnel the seat keeps."""
    return names_of(seat.personnel & set(agencies_of(seat.personnel, seat.day).values()), seat.day)


def _choices(seat: Seat) -> list[tuple[str, Any]]:
    """The agencies themselves, then their people by name."""
    of_agency = [
        (f"agency {one}", both(f"Cơ quan: {name}", f"The agency: {name}")) for one, name in _agencies(seat).items()
    ]
    people = {one.person: f"{one.full_name} ({one.title})" for one in staff_of(seat.personnel, seat.day)}
    return [*of_agency, *((f"person {one}", name) for one, name in people.items())]
