"""The page of the system, and the form by which the site chooses."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congtam.access.gate import Right
from congtam.engine.rulebook.model import Text
from congtam.registry.actions import set_choice
from congtam.registry.queries import choice
from congtam.scores.alarms import see_differences
from congtam.scores.models import Difference, Run
from congtam.scores.queries import alarms
from congtam.web.asking import asks
from congtam.web.fields import DayField, DecisionField, WordField
from congtam.web.pages.machine import health
from congtam.web.pages.system.looking import (
    CHOICES,
    LEVELS,
    NAMES,
    Choice,
    chosen,
    counts,
    in_words,
    leaving,
    size,
    versions,
)
from congtam.web.steps import Change, Edit, edit
from congtam.web.words import both, said


class ChoiceForm(forms.Form):
    """What the site decides, from which day, by which decision."""

    value = WordField(label=both("Chọn", "Choose"), widget=forms.RadioSelect)
    first = DayField(label=both("Có hiệu lực từ ngày", "In force from"))
    number = DecisionField()

    def __init__(self, *args: Any, values: Choice, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["value"].choices = [(code, word) for code, _, word in values.values]


@asks(Right.SEE_SYSTEM)
@require_safe
def system(request: HttpRequest) -> HttpResponse:
    """Health, queues, differences, versions and choices. No score is shown here: only whether two ways agree."""
    now = timezone.now()
    today = timezone.localdate()
    context = {
        "checks": [
            (
                NAMES.get(one.name, one.name),
                *LEVELS[one.level],
                in_words(one.found),
                said(one.advice) if one.advice else "",
            )
            for one in health.checks()
        ],
        "waiting": health.waiting(now),
        "runs": _differences(),
        "last_run": Run.objects.filter(kind="nightly").order_by("-id").first(),
        "versions": versions(),
        "size": size(),
        "counts": list(counts()),
        "choices": chosen(today),
        "demo_data": choice("demo", today, False),
        "notices": leaving(today),
        "as_of": now,
    }
    return render(request, "system/system.html", context)


@asks(Right.SEE_SYSTEM)
@require_POST
def seen(request: HttpRequest, run: int) -> HttpResponse:
    """Somebody looked into the differences of a run."""
    count = see_differences(request.seat.actor, run)
    told = both(f"Đã ghi là đã xem {count} chênh lệch.", f"{count} differences are marked as seen.")
    messages.success(request, str(told))
    return redirect("system")


@asks(Right.SEE_SYSTEM)
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, name: str) -> HttpResponse:
    """The site decides one thing from a day on, by a numbered decision."""
    meant = next((one for one in CHOICES if one.name == name), None)
    if meant is None:
        raise Http404
    actor = request.seat.actor
    today = timezone.localdate()

    def plan(told: Mapping[str, Any]) -> Change:
        value, word = next((kept, word) for code, kept, word in meant.values if code == told["value"])
        first = told["first"]

        def act() -> tuple[str, Text]:
            set_choice(actor, name, value, first, told["number"])
            return reverse("system"), Text(vi="Đã ghi lựa chọn.", en="The choice was written.")

        line = f"{meant.title}: {word} ({told['number']})."
        return Change([Text(vi=f"Từ ngày {first:%d/%m/%Y}, {line}", en=f"From {first:%d/%m/%Y}, {line}")], act)

    now = choice(name, today, meant.otherwise)
    initial = {"first": today, "value": next((code for code, kept, _ in meant.values if kept == now), "")}
    title, about = str(meant.title), str(meant.about)
    form = partial(ChoiceForm, values=meant)
    what = Edit(Text(vi=title, en=title), form, plan, reverse("system"), initial, Text(vi=about, en=about))
    return edit(request, what)


def _differences() -> list[tuple[Run, int, list[Difference]]]:
    """The open differences by run: how many, and some of them."""
    by_run: dict[int, list[Difference]] = {}
    for one in alarms():
        by_run.setdefault(one.run_id, []).append(one)
    return [(found[0].run, len(found), found[:10]) for found in by_run.values()]
