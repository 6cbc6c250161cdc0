"""The journal: the list with its filters, the state of the chain, and what may be taken away from the machine."""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from congtam.access.gate import Right
from congtam.audit.models import Batch
from congtam.audit.queries import heads
from congtam.audit.verify import verify
from congtam.engine.rulebook.model import Text
from congtam.web.asking import asks
from congtam.web.imprint import Imprint, exported
from congtam.web.pages.journal.chain_words import in_words
from congtam.web.pages.journal.listing import GROUPS, Filters, filters_of, found
from congtam.web.pages.journal.telling import told
from congtam.web.pages.worklist.exports import harmless
from congtam.web.words import both

PAGE = 50
MOST = 100_000  # lines of one export
PIECE = 500
JOURNAL, HEADS = Text(vi="Nhật ký", en="Journal"), Text(vi="Các đầu chuỗi của nhật ký", en="Heads of the journal")
HEADS_ABOUT = "# Công Tâm: batch, last entry, count, head (sha256). congtam audit verify --heads FILE\n"


@asks(Right.READ_AUDIT)
@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """What was done, newest first; `kiem-tra=1` looks at the whole chain."""
    seat: Any = request.seat
    filters = filters_of(request)
    page = Paginator(found(seat, filters), PAGE).get_page(request.GET.get("trang"))
    last = Batch.objects.order_by("-pk").defer("leaves").first()
    verdict = verify() if request.GET.get("kiem-tra") == "1" else None
    context = {
        "filters": filters,
        "groups": GROUPS.items(),
        "page": page,
        "lines": told(page.object_list),
        "last": last,
        "head": bytes(last.head).hex() if last else "",
        "verdict": verdict,
        "findings": in_words(verdict) if verdict else [],
        "as_of": timezone.now(),
        "imprint": _imprint(filters),
    }
    return render(request, "journal/journal.html", context)


def _imprint(filters: Filters) -> Imprint:
    """What the list says of itself, on paper and in a file."""
    return Imprint(JOURNAL, timezone.now(), filters.said(), address=f"{reverse('journal')}?{filters.query()}")


@asks(Right.READ_AUDIT)
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The list as a CSV file that Excel opens right; the filters of the address hold."""
    rows = found(request.seat, filters_of(request))[:MOST]
    name = f"nhat-ky-{timezone.localdate():%Y%m%d}.csv"
    imprint = exported(request, "audit.export", _imprint(filters_of(request)))
    head = [
        both("Số", "No."),
        both("Lúc", "When"),
        both("Ai", "Who"),
        both("Vị trí", "Post"),
        both("Việc", "What"),
        both("Đối tượng", "About"),
        both("Chi tiết", "Details"),
    ]
    heading = [str(one) for one in head]

    def lines() -> Iterator[str]:
        yield "\ufeff" + "".join(_row(list(line)) for line in imprint) + _row([]) + _row(heading)
        entries = iter(rows)
        while piece := list(islice(entries, PIECE)):
            for one in told(piece):
                at = timezone.localtime(one.at).strftime("%H:%M:%S %d/%m/%Y")
                yield _row([str(one.number), at, one.who, one.post, one.what, one.subject, one.details])

    return StreamingHttpResponse(
        lines(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@asks(Right.READ_AUDIT)
@require_safe
def heads_text(request: HttpRequest) -> HttpResponse:
    """The heads of all batches, to be kept off this machine."""
    told = exported(request, "audit.export", Imprint(HEADS, timezone.now(), address=reverse("journal")))
    about = HEADS_ABOUT + "".join(f"# {label}: {value}\n" for label, value in told)
    body = about + "".join(f"{one.line()}\n" for one in heads())
    name = f"dau-chuoi-{timezone.localdate():%Y%m%d}.txt"
    return HttpResponse(
        body,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _row(cells: list[str]) -> str:
    """One line of CSV as Excel in Vietnam opens it: semicolons between, no cell begins a formula."""
    out = StringIO()
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(map(harmless, cells))
    return out.getvalue()
