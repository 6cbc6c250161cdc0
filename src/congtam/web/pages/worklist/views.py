"""Công việc: the list, its files, and one item."""

from datetime import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from congtam.access import looks
from congtam.access.gate import Right, holds, over_person
from congtam.access.seats import Seat
from congtam.engine.rulebook.model import Text
from congtam.scores.overview import clocks
from congtam.web.asking import asks
from congtam.web.imprint import exported
from congtam.web.once import token
from congtam.web.pages.board.deeds import offered
from congtam.web.pages.worklist import exports, item, kept, scope
from congtam.web.pages.worklist.listing import Listing, listing
from congtam.work.opened import ledger_of, opened

A_PAGE = 50
MOST = 100_000  # rows of a file; Excel opens no more than about a million
COLUMNS = (
    ("title", Text(vi="Việc", en="Work")),
    ("state", Text(vi="Trạng thái", en="State")),
    ("due", Text(vi="Hạn", en="Due")),
    ("received", Text(vi="Nhận", en="Received")),
    ("person", Text(vi="Người làm", en="Person")),
)


@asks()
@require_GET
def worklist(request: HttpRequest) -> HttpResponse:
    """The list, narrowed as the address says; opened without filters, as the account had it last."""
    if (first := kept.as_kept(request, "worklist")) is not None:
        return first
    now, lang = timezone.now(), request.LANGUAGE_CODE
    found = listing(request.seat, request.GET, lang, now)
    page = Paginator(found.shares, A_PAGE).get_page(request.GET.get("trang"))
    lines = found.shown(page.object_list)
    looks.record_all(request.seat, {line.row.official for line in lines}, "work")
    context = kept.around(request, found, now, "worklist") | {
        "page": page,
        "lines": lines,
        "columns": _columns(found),
        "deeds": offered(request.seat),
        "token": token(),
    }
    return render(request, "worklist/list.html", context)


def _columns(found: Listing) -> list[dict[str, object]]:
    """The heads of the columns: by what a click sorts, and how it is sorted now."""
    filters, own = found.filters, found.scope.name == scope.OWN
    heads = []
    for name, title in COLUMNS:
        if own and name == "person":
            title = Text(vi="Người giao", en="Given by")
        here = filters.sort == name
        heads.append(
            {
                "title": title,
                "sort": "" if own and name == "person" else f"-{name}" if here and not filters.down else name,
                "order": ("descending" if filters.down else "ascending") if here else "none",
            }
        )
    return heads


@asks()
@require_GET
def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The whole list as CSV."""
    now = timezone.now()
    found = listing(request.seat, request.GET, request.LANGUAGE_CODE, now)
    lines = found.shown(found.shares[:MOST])
    looks.record_all(request.seat, {line.row.official for line in lines}, "export")
    head = exported(request, "work.export", kept.imprint(request, found, now))
    answer = StreamingHttpResponse(
        exports.as_csv(head, lines, request.LANGUAGE_CODE), content_type="text/csv; charset=utf-8"
    )
    return _as_file(answer, now, "csv")


@asks()
@require_GET
def as_xlsx(request: HttpRequest) -> HttpResponse:
    """The whole list as a workbook."""
    now = timezone.now()
    found = listing(request.seat, request.GET, request.LANGUAGE_CODE, now)
    lines = found.shown(found.shares[:MOST])
    looks.record_all(request.seat, {line.row.official for line in lines}, "export")
    head = exported(request, "work.export", kept.imprint(request, found, now))
    body = exports.as_xlsx(head, lines, request.LANGUAGE_CODE)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _as_file(HttpResponse(body, content_type=kind), now, "xlsx")


def _as_file(answer: HttpResponse | StreamingHttpResponse, now: datetime, ending: str) -> HttpResponse:
    name = f"cong-viec-{timezone.localtime(now):%Y%m%d-%H%M}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@asks()
@require_GET
def work_item(request: HttpRequest, number: int) -> HttpResponse:
    """One item; who may see none of the people who had it learns nothing, not even that it exists."""
    now, lang, seat = timezone.now(), request.LANGUAGE_CODE, request.seat
    found = opened(number)
    seen = item.people_in(found) & scope.everybody(seat) if found else frozenset()
    if found is None or not seen:
        raise Http404
    looks.record_all(seat, seen, "work_item")
    today, names = timezone.localdate(now), item.names_in(found)
    context = {
        "as_of": now,
        "found": found,
        "item": found.item,
        "standing": found.item.standing,
        "text": getattr(found.item, "text", None),
        "holders": item.holders(found, names, today),
        "events": item.happenings(found, names, lang),
        "ledger": item.steps(ledger_of(number, now, clocks(now)), lang),
        "moved": seat.person in item.people_in(found),
        "on_desk": holds(seat, Right.OWN_WORK) and _on_desk(seat, item.people_in(found)),
    }
    return render(request, "worklist/item.html", context)


def _on_desk(seat: Seat, people: set[int]) -> bool:
    """Whether the page of the desk is there for the seat: it has a part in the work, or heads somebody who has."""
    return seat.person in people or any(over_person(seat, Right.GIVE_WORK, person) for person in people)
