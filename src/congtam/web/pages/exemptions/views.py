"""Sự cố và miễn trừ: the list, and its files."""

from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from congtam.access.gate import Right
from congtam.engine.rulebook.model import Text
from congtam.web.asking import asks
from congtam.web.imprint import Imprint, exported
from congtam.web.pages.exemptions import exports, words
from congtam.web.pages.exemptions.listing import Filters, lines

A_PAGE = 50
TITLE = Text(vi="Sự cố và miễn trừ", en="Incidents and exemptions")


@asks(Right.EXEMPT)
@require_safe
def exemptions(request: HttpRequest) -> HttpResponse:
    """Everything that stops clocks or does not count, as the filters ask."""
    filters, now = Filters.of(request.GET), timezone.now()
    page = Paginator(lines(request.seat, filters, request.LANGUAGE_CODE), A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "as_of": now,
        "imprint": _imprint(request, filters, now),
        "filters": filters,
        "said": filters.said(request.LANGUAGE_CODE),
        "kinds": [*words.KINDS.items(), ("exemption", words.EXEMPTION)],
        "states": list(words.STATES.items()),
        "page": page,
    }
    return render(request, "exemptions/list.html", context)


@asks(Right.EXEMPT)
@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The whole list as CSV."""
    filters, now, lang = Filters.of(request.GET), timezone.now(), request.LANGUAGE_CODE
    head = exported(request, "exemptions.export", _imprint(request, filters, now))
    body = exports.as_csv(head, lines(request.seat, filters, lang), lang)
    return _as_file(HttpResponse(body, content_type="text/csv; charset=utf-8"), now, "csv")


@asks(Right.EXEMPT)
@require_safe
def as_xlsx(request: HttpRequest) -> HttpResponse:
    """The whole list as a workbook."""
    filters, now, lang = Filters.of(request.GET), timezone.now(), request.LANGUAGE_CODE
    head = exported(request, "exemptions.export", _imprint(request, filters, now))
    body = exports.as_xlsx(head, lines(request.seat, filters, lang), lang)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _as_file(HttpResponse(body, content_type=kind), now, "xlsx")


def _imprint(request: HttpRequest, filters: Filters, now: datetime) -> Imprint:
    kept = request.GET.copy()
    kept.pop("trang", None)
    address = f"{reverse('exemptions')}?{kept.urlencode()}" if kept else reverse("exemptions")
    return Imprint(TITLE, now, filters.said(request.LANGUAGE_CODE), address=address)


def _as_file(answer: HttpResponse, now: datetime, ending: str) -> HttpResponse:
    name = f"su-co-mien-tru-{timezone.localtime(now):%Y%m%d-%H%M}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
