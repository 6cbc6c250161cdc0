"""Reading pages: the tree of units on a chosen day, a unit, a post, a person."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from congtam.access import looks
from congtam.access.gate import Right
from congtam.engine.rulebook.model import Text
from congtam.orgs.models import Unit, UnitSpan
from congtam.orgs.queries import names_of as unit_names
from congtam.orgs.queries import unit_tree
from congtam.people import histories
from congtam.people.models import Person, PersonText, Post, PostSpan
from congtam.people.names import search_key
from congtam.people.queries import names_of, people_under, staff_of, units_of
from congtam.people.undo import last_change
from congtam.web.asking import asks
from congtam.web.fields import DayField
from congtam.web.imprint import Imprint
from congtam.web.pages.journal.telling import MACHINE
from congtam.web.pages.journal.telling import told as journal_lines
from congtam.web.pages.organisation import reach
from congtam.web.words import account_names, both

TITLE = Text(vi="Nhân sự và tổ chức", en="People and units")
LEADS = both("đứng đầu", "heads the unit")


@asks(Right.EDIT_PEOPLE)
@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """The units of a day in their tree, with how many work there; or who and what a search finds."""
    seat: Any = request.seat
    day = _day(request)
    kept = reach.agencies(seat)
    branches = [one for one in unit_tree(day) if one.agency in kept]
    staff = staff_of([one.unit for one in branches], day)
    counts: dict[int, int] = {}
    for one in staff:
        counts[one.unit] = counts.get(one.unit, 0) + 1
    text = request.GET.get("tim", "").strip()[:100]
    last = last_change(seat.account)
    context = {
        "day": day,
        "today": timezone.localdate(),
        "branches": [(one, counts.get(one.unit, 0)) for one in branches],
        "staff": len({one.person for one in staff}),
        "founds": reach.keeps_top(seat),
        "text": text,
        "found": _search(text, kept, day) if text else None,
        "last": last,
        "last_lines": journal_lines(last.entries) if last else [],
        "as_of": timezone.now(),
        "imprint": _imprint(day, text),
    }
    return render(request, "organisation/tree.html", context)


def _imprint(day: date, text: str) -> Imprint:
    """Where the tree, or what a search found in it, comes from."""
    told = [(both("Vào ngày", "As of"), f"{day:%d/%m/%Y}"), (both("Tìm", "Searched for"), text)]
    return Imprint(TITLE, timezone.now(), [(str(label), value) for label, value in told if value])


@asks(Right.EDIT_PEOPLE)
@require_safe
@reach.of_unit
def unit(request: HttpRequest, it: Unit) -> HttpResponse:
    """A unit on a chosen day: its place, posts and people, the decisions about it, and every row of its history."""
    day = _day(request)
    spans = list(UnitSpan.standing().filter(unit=it).select_related("parent", "agency").order_by("days__startswith"))
    now = next((one for one in spans if _within(one, day)), None)
    history = histories.unit_history(it.pk)
    below = [one for one in unit_tree(day) if one.parent == it.pk]
    decisions = histories.unit_decisions(it.pk)
    touched = {one for share in decisions for one in (share.predecessor_id, share.successor_id)}
    context = {
        "unit": it,
        "day": day,
        "today": timezone.localdate(),
        "span": now,
        "near": now or (spans[-1] if spans else None),
        "below": below,
        "posts": histories.posts_in(it.pk, day),
        "history": history,
        "decisions": decisions,
        "unit_names": unit_names({*touched, *(one.row.parent_id for one in history)} - {None}, day),
        "who": account_names([*(one.row.recorded_by for one in history), *(one.by for one in history)]),
        "lead_word": LEADS,
        "system": MACHINE,
        "as_of": timezone.now(),
    }
    return render(request, "organisation/unit.html", context)


@asks(Right.EDIT_PEOPLE)
@require_safe
@reach.of_post
def post(request: HttpRequest, it: Post) -> HttpResponse:
    """A post: what it is, who held it, and every row of its history."""
    today = timezone.localdate()
    history = histories.post_history(it.pk)
    spans = [one.row for one in history if one.stands]
    context = {
        "post": it,
        "span": histories.titles_of([it.pk], today).get(it.pk),
        "stands": any(_within(one, today) for one in spans),
        "history": history,
        "holders": histories.post_holders(it.pk),
        "unit_names": unit_names([one.row.unit_id for one in history], today),
        "who": account_names([*(one.row.recorded_by for one in history), *(one.by for one in history)]),
        "system": MACHINE,
        "as_of": timezone.now(),
    }
    return render(request, "organisation/post.html", context)


@asks(Right.EDIT_PEOPLE)
@require_safe
@reach.of_person
def person(request: HttpRequest, it: Person) -> HttpResponse:
    """A person: where they work and worked, when away, what was delegated; what was corrected, by whom."""
    looks.record(request.seat, it.pk, "staff_file")
    today = timezone.localdate()
    spells = histories.spell_history(it.pk)
    absences = histories.absence_history(it.pk)
    delegations = histories.delegation_history(it.pk)
    every = [*spells, *absences, *delegations]
    titles = histories.titles_of([one.row.post_id for one in spells], today)
    units = {span.unit_id for span in titles.values()} | {one.row.unit_id for one in delegations}
    context = {
        "person": it,
        "text": PersonText.objects.filter(person=it).first(),
        "today": today,
        "leads": _leads(spells, today),
        "spells": spells,
        "absences": absences,
        "delegations": delegations,
        "titles": titles,
        "unit_names": unit_names(units, today),
        "names": names_of({one for row in delegations for one in (row.row.giver_id, row.row.receiver_id)}),
        "who": account_names([*(one.row.recorded_by for one in every), *(one.by for one in every)]),
        "units": units_of(it.pk, today),
        "system": MACHINE,
        "as_of": timezone.now(),
    }
    return render(request, "organisation/person.html", context)


def _leads(spells: list[histories.Told], day: date) -> bool:
    posts = [one.row.post_id for one in spells if one.stands and _within(one.row, day)]
    return PostSpan.standing().filter(post__in=posts, leads=True, days__contains=day).exists()


def _within(row: Any, day: date) -> bool:
    return bool(row.days.lower <= day and (row.days.upper is None or day < row.days.upper))


def _day(request: HttpRequest) -> date:
    """The day of the address; today when there is none or it is none."""
    try:
        return DayField(required=False).clean(request.GET.get("ngay", "")) or timezone.localdate()
    except ValidationError:
        return timezone.localdate()


def _search(text: str, kept: frozenset[int], day: date) -> dict[str, Any]:
    """People and units of the agencies whose name or code fits, diacritics or not; past ones too."""
    key = search_key(text)
    spans = (
        UnitSpan.standing().filter(agency__in=kept).select_related("unit").order_by("unit__code", "-days__startswith")
    )
    units = {span.unit_id: span for span in spans if key in search_key(span.name) or key == search_key(span.unit.code)}
    reached = people_under(spans.values_list("unit", flat=True), day)
    named = PersonText.objects.filter(person__in=reached).select_related("person").order_by("sort_key")
    fresh = PersonText.objects.filter(person__spells__isnull=True).select_related("person").order_by("sort_key")
    people = [
        one
        for found in (named, fresh)
        for one in found.filter(search_key__contains=key) | found.filter(person__code__iexact=text)
    ]
    return {"units": list(units.values())[:50], "people": people[:50]}
