"""The sources and how they stand; one source with its days, batches, tokens and what hangs on it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from congtam.access.gate import Right, holds
from congtam.intake.models import Batch
from congtam.people.histories import titles_of
from congtam.sources.models import Source, Token
from congtam.web.asking import asks
from congtam.web.pages.sources import looking, reach
from congtam.web.pages.sources.touching import touched
from congtam.web.pages.sources.words import BATCH_KINDS, STATES
from congtam.web.words import account_names
from congtam.work.models import SameWork

PAGE = 20


@asks(Right.SEE_SOURCES)
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Every source: who answers for it, what was promised, what arrived today."""
    now = timezone.now()
    seen = reach.over(request.seat, Right.SEE_SOURCES, list(Source.objects.order_by("name")))
    titles = titles_of([one.owner_id for one in seen if one.owner_id], timezone.localdate())
    keeps = holds(request.seat, Right.KEEP_SOURCES)
    context = {
        "rows": [(one, STATES[one.today.state], titles.get(one.source.owner_id)) for one in _standing(seen, now)],
        "keeps": keeps,
        "same": SameWork.objects.filter(state="proposed", one__source__in=seen).count(),
        "as_of": now,
    }
    return render(request, "sources/sources.html", context)


@asks(Right.SEE_SOURCES)
@require_safe
@reach.of_source(Right.SEE_SOURCES)
def source(request: HttpRequest, it: Source) -> HttpResponse:
    """One source: the last days, what hangs on it, its batches, its tokens."""
    now = timezone.now()
    keeps = bool(reach.over(request.seat, Right.KEEP_SOURCES, [it]))
    batches = Batch.objects.filter(source=it).select_related("upload", "of").order_by("-pk")
    page = Paginator(batches, PAGE).get_page(request.GET.get("trang"))
    withdrawn = dict(Batch.objects.filter(of__in=page.object_list).values_list("of", "ended_at"))
    tokens = list(Token.objects.filter(source=it).order_by("-pk")) if keeps else []
    context = {
        "source": it,
        "standing": looking.standing(it, now),
        "days": [(one, STATES[one.state]) for one in looking.deliveries(it, now)],
        "touched": touched(it, timezone.localdate(), request.seat),
        "owner": titles_of([it.owner_id], timezone.localdate()).get(it.owner_id) if it.owner_id else None,
        "page": page,
        "batches": [(one, BATCH_KINDS.get(one.kind, one.kind), _gone(one, withdrawn)) for one in page.object_list],
        "tokens": tokens,
        "who": account_names([*(one.made_by for one in page.object_list), *(one.made_by for one in tokens)]),
        "keeps": keeps,
        "now": now,
        "as_of": now,
    }
    return render(request, "sources/source.html", context)


def _gone(batch: Batch, withdrawn: dict[int, Any]) -> str:
    """Whether a batch is withdrawn: empty, under_way or over."""
    if batch.pk not in withdrawn:
        return ""
    return "over" if withdrawn[batch.pk] else "under_way"


def _standing(seen: list[Source], now: Any) -> list[looking.Standing]:
    return [looking.standing(one, now) for one in seen]
