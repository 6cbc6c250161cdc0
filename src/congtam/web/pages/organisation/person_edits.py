"""Editing persons: what they are called, where they work, when they are away, what they delegate."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from congtam.access.gate import Right
from congtam.engine.rulebook.model import Text
from congtam.history.conflict import expect_standing
from congtam.orgs.queries import unit_tree
from congtam.people import actions
from congtam.people.histories import titles_of
from congtam.people.models import Person, PersonText, Post, PostSpan, Spell
from congtam.people.names import search_key
from congtam.web.asking import asks
from congtam.web.components.organisation_tags import stretch
from congtam.web.pages.organisation import reach
from congtam.web.pages.organisation.after import change
from congtam.web.pages.organisation.person_forms import (
    EndSpellForm,
    NewPersonForm,
    PersonForm,
    ReasonForm,
    SpellForm,
)
from congtam.web.pages.organisation.unit_edits import FORM
from congtam.web.steps import Change, Edit, edit


@asks(Right.EDIT_PEOPLE)
@FORM
def new_person(request: HttpRequest) -> HttpResponse:
    """A person who is not here yet; where they work is recorded on their page."""
    actor = request.seat.actor

    def plan(told: Mapping[str, Any]) -> Change:
        code = told["code"]

        def act() -> tuple[str, Text]:
            actions.add_person(actor, code, **_contacts(told))
            said = Text(vi="Đã thêm cán bộ. Nay ghi vị trí.", en="The official was added. Now record a spell.")
            return reverse("organisation_person", args=[code]), said

        same = PersonText.objects.filter(search_key=search_key(told["full_name"])).select_related("person")[:5]
        minded = [
            Text(
                vi=f"Đã có {one.full_name}, mã {one.person.code}. Nếu là cùng một người thì đừng thêm lần nữa.",
                en=f"There is {one.full_name}, code {one.person.code}. If it is the same person, do not add them "
                "again.",
            )
            for one in same
        ]
        said = Text(vi=f"Thêm {told['full_name']}, mã {code}.", en=f"Add {told['full_name']}, code {code}.")
        return Change([said], act, minded)

    title = Text(vi="Thêm cán bộ", en="New official")
    return edit(request, Edit(title, NewPersonForm, plan, reverse("organisation")))


@asks(Right.EDIT_PEOPLE)
@FORM
@reach.of_person
def edit_person(request: HttpRequest, it: Person) -> HttpResponse:
    """What a person is called and how they are reached, from now on everywhere."""
    actor = request.seat.actor
    text = PersonText.objects.filter(person=it).first()

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            actions.rename_person(actor, it, **_contacts(told))
            return page_of(it), Text(vi="Đã sửa họ tên, liên hệ.", en="Name and contacts were changed.")

        before = text.full_name if text else it.code
        said = Text(
            vi=f"Từ nay “{before}” ghi là “{told['full_name']}” ở mọi trang, kể cả trang của các kỳ cũ.",
            en=f"From now on “{before}” is written “{told['full_name']}” on every page, those of old periods too.",
        )
        return Change([said], act)

    fields = ("full_name", "honorific", "email", "phone")
    initial = {name: getattr(text, name) for name in fields} if text else {}
    title = Text(vi=f"Sửa họ tên, liên hệ: {name_of(it)}", en=f"Name and contacts: {name_of(it)}")
    return edit(request, Edit(title, PersonForm, plan, page_of(it), initial))


@asks(Right.EDIT_PEOPLE)
@FORM
@reach.of_person
def begin_spell(request: HttpRequest, it: Person) -> HttpResponse:
    """A person begins in a post, by a decision."""
    seat: Any = request.seat
    today = timezone.localdate()

    def plan(told: Mapping[str, Any]) -> Change:
        post = Post.objects.get(code=told["post"])
        first, until = told["first"], told["until"]

        def act() -> tuple[str, Text]:
            with change(seat.actor):
                actions.begin_spell(
                    seat.actor,
                    code=_free_code(it, post, first),
                    person=it,
                    post=post,
                    staff_kind=told["staff_kind"],
                    first=first,
                    until=until,
                    decision=told["decision"],
                )
            return page_of(it), Text(vi="Đã ghi thời gian công tác.", en="The spell was recorded.")

        said = Text(
            vi=f"{name_of(it)} giữ vị trí {_title(post)} {days_told(first, until)}, theo {told['decision']}. "
            "Quyền trên các trang theo vị trí này từ ngày ấy.",
            en=f"{name_of(it)} holds the post {_title(post)} {days_told(first, until)}, by {told['decision']}. "
            "Rights follow the "
            "post from that day.",
        )
        return Change([said], act, _also(it, post, first))

    initial = {"first": today, "staff_kind": "civil_servant"}
    title = Text(vi=f"Ghi vị trí mới: {name_of(it)}", en=f"New spell: {name_of(it)}")
    form = partial(SpellForm, posts=_post_choices(seat, today))
    return edit(request, Edit(title, form, plan, page_of(it), initial))


@asks(Right.EDIT_PEOPLE)
@FORM
@reach.of_person
def end_spell(request: HttpRequest, it: Person, seq: int) -> HttpResponse:
    """A person leaves a post, by a decision."""
    actor, spell = request.seat.actor, _spell(it, seq)

    def plan(told: Mapping[str, Any]) -> Change:
        until = told["until"]

        def act() -> tuple[str, Text]:
            with change(actor):
                actions.end_spell(actor, spell, until, told["decision"], expected=told["seen"])
            return page_of(it), Text(vi="Đã ghi kết thúc.", en="The end was recorded.")

        said = Text(
            vi=f"{name_of(it)} thôi giữ vị trí {_title(spell.post)}: {days_told(spell.days.lower, until)}, theo "
            f"{told['decision']}. Việc đang mở của người này cần được giao lại.",
            en=f"{name_of(it)} leaves the post {_title(spell.post)}: {days_told(spell.days.lower, until)}, by "
            f"{told['decision']}. Their open work must be handed on.",
        )
        return Change([said], act)

    title = Text(vi=f"Kết thúc vị trí: {name_of(it)}", en=f"End of a spell: {name_of(it)}")
    return edit(request, Edit(title, EndSpellForm, plan, page_of(it), {"seen": spell.seq}))


@asks(Right.EDIT_PEOPLE)
@FORM
@reach.of_person
def correct_spell(request: HttpRequest, it: Person, seq: int) -> HttpResponse:
    """What was recorded of a spell was wrong: the right one takes its place, the old row stays in the history."""
    seat: Any = request.seat
    spell = _spell(it, seq)

    def plan(told: Mapping[str, Any]) -> Change:
        post = Post.objects.get(code=told["post"])
        first, until = told["first"], told["until"]

        def act() -> tuple[str, Text]:
            with change(seat.actor):
                actions.correct_spell(
                    seat.actor,
                    spell,
                    first=first,
                    until=until,
                    post=post,
                    staff_kind=told["staff_kind"],
                    decision=told["decision"],
                    expected=told["seen"],
                )
            return page_of(it), Text(vi="Đã đính chính.", en="The correction was written.")

        was = f"{_title(spell.post)}, {stretch(spell.days)}"
        said = Text(
            vi=f"Đã ghi: {was}. Nay là: {_title(post)}, {days_told(first, until)}, theo {told['decision']}. Điểm của "
            "các kỳ "
            "chưa chốt được tính lại theo dòng mới.",
            en=f"It was: {was}. It will be: {_title(post)}, {days_told(first, until)}, by {told['decision']}. Scores "
            "of periods "
            "that are not sealed follow the new row.",
        )
        return Change([said], act)

    initial = {
        "seen": spell.seq,
        "post": spell.post.code,
        "staff_kind": spell.staff_kind,
        "first": spell.days.lower,
        "until": spell.days.upper,
        "decision": spell.decision,
    }
    posts = _post_choices(seat, spell.days.lower)
    if spell.post.code not in {code for code, _ in posts}:
        posts.append((spell.post.code, _title(spell.post)))
    title = Text(vi=f"Đính chính thời gian công tác: {name_of(it)}", en=f"Correct a spell: {name_of(it)}")
    return edit(request, Edit(title, partial(SpellForm, posts=posts), plan, page_of(it), initial))


@asks(Right.EDIT_PEOPLE)
@FORM
@reach.of_person
def withdraw_spell(request: HttpRequest, it: Person, seq: int) -> HttpResponse:
    """A spell was recorded that never was."""
    actor, spell = request.seat.actor, _spell(it, seq)

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            with change(actor):
                expect_standing(Spell, told["seen"] or spell.seq)
                actions.withdraw_spell(actor, spell, told["reason"])
            return page_of(it), Text(vi="Đã rút.", en="It was withdrawn.")

        said = Text(
            vi=f"Coi như chưa từng có: {_title(spell.post)}, {stretch(spell.days)}. Quyền và điểm theo dòng này mất "
            "theo.",
            en=f"As if it never was: {_title(spell.post)}, {stretch(spell.days)}. Rights and scores that hang on it "
            "go.",
        )
        return Change([said], act)

    title = Text(vi=f"Rút thời gian công tác: {name_of(it)}", en=f"Withdraw a spell: {name_of(it)}")
    return edit(request, Edit(title, ReasonForm, plan, page_of(it), {"seen": spell.seq}, danger=True))


def _contacts(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: told[name] for name in ("full_name", "honorific", "email", "phone")}


def page_of(person: Person) -> str:
    """The address of a person's page."""
    return reverse("organisation_person", args=[person.code])


def name_of(person: Person) -> str:
    """What a person is called; their code once the name was erased."""
    text = PersonText.objects.filter(person=person).first()
    return text.full_name if text else person.code


def _title(post: Post) -> str:
    span = titles_of([post.pk], timezone.localdate()).get(post.pk)
    return f"{span.title} ({post.code})" if span else post.code


def days_told(first: Any, until: Any) -> str:
    """A stretch of days in words, from its first day and the day after its last."""
    return stretch(DateRange(first, until))


def _spell(person: Person, seq: int) -> Spell:
    spell = Spell.objects.filter(person=person, seq=seq).select_related("post").first()
    if spell is None:
        raise Http404
    return spell


def _free_code(person: Person, post: Post, first: Any) -> str:
    """A code no standing spell bears: person, post, first day."""
    stem = f"{person.code}/{post.code}/{first:%Y%m%d}"[:60]
    taken = set(Spell.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for number in range(1000) if (code := f"{stem}{f'-{number}' if number else ''}") not in taken)


def _also(person: Person, post: Post, first: Any) -> list[Text]:
    """Whom the post is held by, and which posts the person keeps: both may be meant, both are said."""
    holders = Spell.standing().filter(post=post, days__contains=first).exclude(person=person).select_related("person")
    own = Spell.standing().filter(person=person, days__contains=first).select_related("post")
    return [
        *(
            Text(
                vi=f"Vị trí này đang do {name_of(one.person)} giữ ({stretch(one.days)}).",
                en=f"The post is held by {name_of(one.person)} ({stretch(one.days)}).",
            )
            for one in holders
        ),
        *(
            Text(
                vi=f"Người này vẫn đang giữ vị trí {_title(one.post)}. Nếu chuyển hẳn, hãy kết thúc vị trí cũ.",
                en=f"The person still holds {_title(one.post)}. If they move for good, end that spell.",
            )
            for one in own
        ),
    ]


def _post_choices(seat: Any, day: Any) -> list[tuple[str, str]]:
    """The posts of the units the seat keeps, by unit."""
    kept = reach.agencies(seat)
    units = {one.unit: one.name for one in unit_tree(day) if one.agency in kept}
    spans = PostSpan.standing().filter(unit__in=units, days__endswith__isnull=True) | PostSpan.standing().filter(
        unit__in=units, days__endswith__gt=day
    )
    found = {span.post.code: span for span in spans.select_related("post").order_by("-days__startswith")}
    order = {unit: place for place, unit in enumerate(units)}
    rows = sorted(found.items(), key=lambda one: (order[one[1].unit_id], one[1].rank, one[0]))
    return [(code, f"{units[span.unit_id]}: {span.title} ({code})") for code, span in rows]
