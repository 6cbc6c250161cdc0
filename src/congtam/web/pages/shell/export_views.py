"""The page to which the code of an exported file leads back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from congtam.access.gate import Right, over_person
from congtam.access.models import Account
from congtam.access.queries import called
from congtam.access.seats import Seat
from congtam.web.asking import asks
from congtam.web.imprint import of_export


@asks()
@require_GET
def export(request: HttpRequest, number: int) -> HttpResponse:
    """What was exported under a code, by whom and when, with the way to the list: for who exported it and who may see
    their records. To all others no such code exists."""
    seat: Any = request.seat
    found = of_export(number)
    if found is None or not _may(seat, found[0].account):
        return render(request, "export/none.html", {"number": number}, status=404)
    entry, told = found
    context = {
        "entry": entry,
        "who": called([entry.account]).get(entry.account, ""),
        "lines": told.lines(request.LANGUAGE_CODE),
        "address": told.address,
        "own": entry.account == seat.account,
        "as_of": entry.at,
    }
    return render(request, "export/one.html", context)


def _may(seat: Seat, account: int | None) -> bool:
    if account == seat.account:
        return True
    person = Account.objects.filter(pk=account).values_list("person", flat=True).first()
    return person is not None and over_person(seat, Right.SEE_POINTS, person)
