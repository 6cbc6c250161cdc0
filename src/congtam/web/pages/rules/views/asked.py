"""What the views of the rules read from an address: the day, the rulebook, the unit."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from congtam.access.seats import Seat
from congtam.engine.findings import Unusable
from congtam.engine.periods import Period, PeriodKind
from congtam.engine.rulebook.bound import Rulebook
from congtam.orgs.models import Unit
from congtam.orgs.queries import trees_under
from congtam.registry.queries import book
from congtam.web.pages.rules.figures import PREFIX
from congtam.web.pages.rules.supposing import scope_of, seen_by


def day_of(request: HttpRequest) -> date:
    """The day a page speaks of (`?ngay=`), today when it names none that can be read."""
    try:
        return date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        return timezone.localdate()


def book_on(rulebook_id: str, day: date) -> Rulebook:
    """The rulebook as it holds on a day; `Http404` when the site holds none then."""
    try:
        return book(rulebook_id, day)
    except Unusable as refused:
        raise Http404(str(refused)) from None


def seat_of(request: HttpRequest) -> Seat:
    """Who asks."""
    seat: Seat = request.seat
    return seat


def last_month() -> Period:
    """The last month that is over."""
    return Period.of(PeriodKind.MONTH, timezone.localdate()).previous()


def units_asked(seat: Seat, code: str) -> frozenset[int]:
    """The units a question is about: one whose people the seat may see with all under it, or the whole scope."""
    scope = scope_of(seat)
    unit = Unit.objects.filter(code=code).values_list("pk", flat=True).first() if code else None
    return trees_under([unit], seat.day) & scope if unit in scope & seen_by(seat) else scope


def propose_url(rulebook: str | None, written: Mapping[str, str]) -> str:
    """Where the same numbers are proposed."""
    told = {"bo": rulebook or ""} | {f"{PREFIX}{path}": text for path, text in written.items()}
    return f"{reverse('open_points')}?{urlencode(told)}"
