"""Items of two sources that may be the same work: a person says whether they are, and where it counts."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from congtam.access.gate import Right
from congtam.engine.rulebook.model import Text
from congtam.sources.models import Source
from congtam.web.asking import asks, refused
from congtam.web.fields import WordField
from congtam.web.pages.sources import reach
from congtam.web.pages.sources.edits import FORM
from congtam.web.steps import Change, Edit, edit
from congtam.web.words import both
from congtam.work.models import Item, ItemText, SameWork
from congtam.work.same_work import confirm
from congtam.work.same_work import refuse as say_no

PAGE = 30


class DecideForm(forms.Form):
    """Whether two items are the same work, and in which of them it counts."""

    answer = WordField(label=both("Hai công việc này", "The two items"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, proposal: SameWork, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [
            *(
                (
                    str(one.pk),
                    both(
                        f"là cùng một việc, tính ở {one.source.name} ({one.key})",
                        f"are the same work, which counts in {one.source.name} ({one.key})",
                    ),
                )
                for one in (proposal.one, proposal.other)
            ),
            ("no", both("là hai việc khác nhau", "are different works")),
        ]


@asks(Right.KEEP_SOURCES)
@require_safe
def same(request: HttpRequest) -> HttpResponse:
    """The proposals that wait for a person."""
    kept = reach.over(request.seat, Right.KEEP_SOURCES, list(Source.objects.all()))
    rows = SameWork.objects.filter(state="proposed", one__source__in=kept, other__source__in=kept)
    rows = rows.select_related("one__source", "other__source").order_by("pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    texts = _texts([item for one in page.object_list for item in (one.one_id, one.other_id)])
    context = {
        "page": page,
        "rows": [(one, texts.get(one.one_id), texts.get(one.other_id)) for one in page.object_list],
        "as_of": timezone.now(),
    }
    return render(request, "sources/same.html", context)


@asks(Right.KEEP_SOURCES)
@FORM
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Say whether two items are the same work."""
    found = SameWork.objects.select_related("one__source", "other__source")
    proposal = get_object_or_404(found, pk=number)
    sources = [proposal.one.source, proposal.other.source]
    if len(reach.over(request.seat, Right.KEEP_SOURCES, sources)) < len(sources):
        return refused(request, Right.KEEP_SOURCES)
    actor, back = request.seat.actor, reverse("sources_same")

    def plan(told: Mapping[str, Any]) -> Change:
        answer = told["answer"]

        def act() -> tuple[str, Text]:
            if answer == "no":
                say_no(actor, proposal)
            else:
                confirm(actor, proposal, int(answer))
            return back, Text(vi="Đã ghi.", en="It was written.")

        if answer == "no":
            said = Text(
                vi="Hai việc khác nhau: tính riêng, không đề nghị lại.",
                en="Different works: both count; not asked again.",
            )
        else:
            counted = next(one for one in (proposal.one, proposal.other) if str(one.pk) == answer)
            said = Text(
                vi=f"Cùng một việc: chỉ tính một lần, ở {counted.source.name} ({counted.key}).",
                en=f"The same work: it counts once, in {counted.source.name} ({counted.key}).",
            )
        return Change([said], act)

    texts = _texts([proposal.one_id, proposal.other_id])
    told = "; ".join(_line(one, texts.get(one.pk)) for one in (proposal.one, proposal.other))
    title = Text(vi="Có phải cùng một việc?", en="The same work?")
    form = partial(DecideForm, proposal=proposal)
    return edit(request, Edit(title, form, plan, back, {}, Text(vi=told, en=told)))


def _texts(items: list[int]) -> dict[int, ItemText]:
    return {one.item_id: one for one in ItemText.objects.filter(item__in=items)}


def _line(item: Item, text: ItemText | None) -> str:
    said = f" “{text.title}”, {text.symbol}" if text else ""
    return f"{item.source.name}: {item.key}{said}"
