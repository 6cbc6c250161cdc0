"""Which units, posts and people a personnel officer keeps: those of their agencies, and of agencies these came from."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from congtam.access.gate import Right, over_person
from congtam.access.seats import Seat
from congtam.orgs.models import Unit, UnitSpan
from congtam.orgs.queries import agencies_of, forebears_of, unit_tree
from congtam.people.models import Person, Post, PostSpan
from congtam.people.queries import units_of
from congtam.web.asking import refused

View = Callable[..., HttpResponse]


def agencies(seat: Seat) -> frozenset[int]:
    """The agencies whose personnel the seat keeps, with those they came from."""
    return forebears_of(set(agencies_of(seat.personnel, seat.day).values()))


def keeps_top(seat: Seat) -> bool:
    """Whether an agency whose personnel the seat keeps stands under no other."""
    top = UnitSpan.standing().filter(unit__in=seat.personnel, parent=None, days__contains=seat.day)
    return top.exists()


def keeps_unit(seat: Seat, unit: int) -> bool:
    """Whether the unit stands, or once stood, in one of the agencies."""
    return unit in seat.personnel or UnitSpan.standing().filter(unit=unit, agency__in=agencies(seat)).exists()


def keeps_post(seat: Seat, post: int) -> bool:
    """Whether the post stands, or once stood, in one of their units."""
    units = PostSpan.standing().filter(post=post).values_list("unit", flat=True)
    return any(keeps_unit(seat, unit) for unit in set(units))


def keeps_person(seat: Seat, person: int) -> bool:
    """Whether the person works in one of their units, last worked there, or works nowhere yet."""
    return over_person(seat, Right.EDIT_PEOPLE, person) or not units_of(person, seat.day)


def unit_choices(seat: Seat, day: date) -> list[tuple[str, str]]:
    """The units of their agencies on a day, as a list to choose from, each below the one above it."""
    kept = agencies(seat)
    return [(one.code, f"{'– ' * one.depth}{one.name} ({one.code})") for one in unit_tree(day) if one.agency in kept]


def of_unit(view: View) -> View:
    """The view is handed the unit of its address, when the seat keeps it."""
    return _of("unit", Unit, keeps_unit, view)


def of_post(view: View) -> View:
    """The view is handed the post of its address, when the seat keeps it."""
    return _of("post", Post, keeps_post, view)


def of_person(view: View) -> View:
    """The view is handed the person of its address, when the seat keeps them."""
    return _of("person", Person, keeps_person, view)


def _of(name: str, kind: Any, keeps: Callable[[Seat, int], bool], view: View) -> View:
    @wraps(view)
    def found(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        meant = get_object_or_404(kind, code=kwargs.pop(name))
        if not keeps(request.seat, meant.pk):
            return refused(request, Right.EDIT_PEOPLE)
        return view(request, meant, **kwargs)

    return found
