"""Sổ văn bản đến, sổ văn bản đi: the list, and its files."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from congtam.access.gate import Right, holds
from congtam.engine.rulebook.model import Text
from congtam.registers.models import DIRECTIONS, IN, Document
from congtam.registers.queries import Counted, Filters, counted, found, seen, years
from congtam.web.asking import asks
from congtam.web.imprint import Imprint, exported
from congtam.web.pages.registers import exports, words
from congtam.web.pages.registers.filters import Narrow
from congtam.web.pages.task.words import URGENCY

A_PAGE = 50
MOST = 100_000  # rows of a file


@dataclass(frozen=True)
class Listing:
    """A register as it was asked for."""

    direction: str
    agencies: frozenset[int]
    form: Narrow
    filters: Filters
    rows: QuerySet[Document]


@asks(Right.SEE_REGISTERS)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """One of the two registers, narrowed as the address says."""
    now, asked = timezone.now(), _listing(request)
    page = Paginator(asked.rows, A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "as_of": now,
        "imprint": _imprint(request, asked, now),
        "direction": asked.direction,
        "tabs": [(one, words.DIRECTIONS[one]) for one in DIRECTIONS],
        "title": words.DIRECTIONS[asked.direction],
        "form": asked.form,
        "said": asked.form.said(),
        "page": page,
        "lines": [(one, words.STATES[one.standing], words.BADGES[one.standing], URGENCY[one.urgency]) for one in page],
        "counted": _counted(asked, now),
        "keeps": holds(request.seat.writing, Right.KEEP_REGISTERS),
        "secret": words.SECRET,
    }
    return render(request, "registers/list.html", context)


@asks(Right.SEE_REGISTERS)
@require_safe
def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The whole register as CSV."""
    now, asked = timezone.now(), _listing(request)
    head = exported(request, "registers.export", _imprint(request, asked, now))
    body = exports.as_csv(head, asked.direction, asked.rows[:MOST].iterator(), request.LANGUAGE_CODE)
    return _as_file(StreamingHttpResponse(body, content_type="text/csv; charset=utf-8"), asked, now, "csv")


@asks(Right.SEE_REGISTERS)
@require_safe
def as_xlsx(request: HttpRequest) -> HttpResponse:
    """The whole register as a workbook."""
    now, asked = timezone.now(), _listing(request)
    head = exported(request, "registers.export", _imprint(request, asked, now))
    body = exports.as_xlsx(head, asked.direction, asked.rows[:MOST].iterator(), request.LANGUAGE_CODE)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _as_file(HttpResponse(body, content_type=kind), asked, now, "xlsx")


def _listing(request: HttpRequest) -> Listing:
    direction = request.GET.get("so", IN)
    direction = direction if direction in DIRECTIONS else IN
    agencies = seen(request.seat)
    form = Narrow(request.GET, direction=direction, years=years(agencies))
    filters = form.filters()
    return Listing(direction, agencies, form, filters, found(agencies, filters))


def _counted(asked: Listing, now: datetime) -> Counted:
    year = asked.filters.year or timezone.localdate(now).year
    return counted(asked.agencies, asked.direction, year)


def _imprint(request: HttpRequest, asked: Listing, now: datetime) -> Imprint:
    kept = request.GET.copy()
    kept.pop("trang", None)
    kept["so"] = asked.direction
    title: Text = words.DIRECTIONS[asked.direction]
    return Imprint(title, now, asked.form.said(), address=f"{reverse('registers')}?{kept.urlencode()}")


def _as_file(answer: HttpResponse | StreamingHttpResponse, asked: Listing, now: datetime, ending: str) -> HttpResponse:
    which = "den" if asked.direction == IN else "di"
    name = f"so-van-ban-{which}-{timezone.localtime(now):%Y%m%d-%H%M}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
