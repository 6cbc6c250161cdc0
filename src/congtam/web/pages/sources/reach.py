"""Which sources a seat sees and keeps: those authoritative in its units, or answered for there, or nowhere yet."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from congtam.access.gate import Right, holds, over_unit
from congtam.access.seats import Seat
from congtam.people.models import PostSpan
from congtam.sources.models import Authority, Source
from congtam.web.asking import refused

View = Callable[..., HttpResponse]


def units_of(sources: list[Source]) -> dict[int, set[int]]:
    """The units in whose trees each source is authoritative, or was, and those of the posts that answer for it."""
    found: dict[int, set[int]] = {one.pk: set() for one in sources}
    for source, unit in Authority.standing().filter(source__in=found).values_list("source_id", "unit_id"):
        found[source].add(unit)
    owners = {one.owner_id: one.pk for one in sources if one.owner_id}
    for post, unit in PostSpan.standing().filter(post__in=owners).values_list("post_id", "unit_id"):
        for one in sources:
            if one.owner_id == post:
                found[one.pk].add(unit)
    return found


def over(seat: Seat, right: Right, sources: list[Source]) -> list[Source]:
    """Those of the sources over which the seat holds the right."""
    if not holds(seat, right):
        return []
    units = units_of(sources)
    return [one for one in sources if not units[one.pk] or any(over_unit(seat, right, unit) for unit in units[one.pk])]


def of_source(right: Right) -> Callable[[View], View]:
    """The view is handed the source of its address, when the seat holds the right over it."""

    def guarded(view: View) -> View:
        @wraps(view)
        def found(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            meant = get_object_or_404(Source, code=kwargs.pop("source"))
            if not over(request.seat, right, [meant]):
                return refused(request, right)
            return view(request, meant, **kwargs)

        return found

    return guarded
