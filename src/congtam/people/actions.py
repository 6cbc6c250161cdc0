"""Writing persons, posts and spells: dated rows, corrected by later rows, each with its entry in the audit."""

from collections.abc import Iterable
from datetime import date

from congtam.audit.actions import note
from congtam.history.actor import Actor
from congtam.history.conflict import expect_standing
from congtam.history.laying import lay, put, stretch, withdraw
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.orgs.models import Unit
from congtam.people.away import delegate, record_absence, withdraw_absence, withdraw_delegation
from congtam.people.checks import days_follow, no_spell_meets, post_stands
from congtam.people.models import FUNCTIONS, STAFF_KINDS, Person, PersonText, Post, PostSpan, Spell
from congtam.people.names import search_key, sort_key, tidy

__all__ = [
    "add_person",
    "begin_spell",
    "correct_spell",
    "delegate",
    "end_spell",
    "record_absence",
    "rename_person",
    "set_post",
    "withdraw_absence",
    "withdraw_delegation",
    "withdraw_spell",
]


def add_person(
    actor: Actor, code: str, *, full_name: str, honorific: str = "", email: str = "", phone: str = ""
) -> Person:
    """A new person, by the code sources use. Raises `Refused` when the code is taken or the name is empty."""
    code = code.strip()
    with in_order():
        if Person.objects.filter(code=code).exists():
            raise Refused(
                f"Mã cán bộ {code} đã có. Hãy dùng mã khác, hoặc sửa người đang mang mã này.",
                f"The code {code} is taken. Use another, or edit the person who has it.",
            )
        person = Person.objects.create(code=code)
        _write_text(PersonText(person=person), full_name, honorific, email, phone)
        note(actor, "people.add_person", "person", person.pk, {"code": code})
    return person


def rename_person(
    actor: Actor, person: Person, *, full_name: str, honorific: str = "", email: str = "", phone: str = ""
) -> PersonText:
    """What the person is called and how they are reached, from now on. Raises `Refused` when the name is empty."""
    with in_order():
        text = _write_text(PersonText.objects.get(person=person), full_name, honorific, email, phone)
        note(actor, "people.rename_person", "person", person.pk)
    return text


def set_post(
    actor: Actor,
    code: str,
    *,
    unit: Unit,
    title: str,
    duty_group: str,
    leads: bool = False,
    rank: int = 100,
    functions: Iterable[str] = (),
    first: date,
    until: date | None = None,
    expected: int | None = None,
) -> Post:
    """What a post is from `first` up to, and without, `until`; the post is made when its code is new. What stood on
    those days ends the day before. `expected` is the row the edit started from.
    Raises `Conflict` when it no longer stands, `Refused` for an unknown function or days that do not follow."""
    unknown = sorted(set(functions) - set(FUNCTIONS))
    if unknown:
        raise Refused(
            f"Không có nhiệm vụ “{unknown[0]}”. Các nhiệm vụ: {', '.join(FUNCTIONS)}.",
            f"There is no function “{unknown[0]}”. Known: {', '.join(FUNCTIONS)}.",
        )
    with in_order():
        if expected is not None:
            expect_standing(PostSpan, expected)
        days_follow(first, until)
        post, _ = Post.objects.get_or_create(code=code.strip())
        span = PostSpan(
            post=post,
            unit=unit,
            title=tidy(title),
            duty_group=duty_group,
            leads=leads,
            rank=rank,
            functions=sorted(set(functions)),
            days=stretch(first, until),
        )
        lay(actor, span, PostSpan.standing().filter(post=post))
        note(actor, "people.set_post", "post", post.pk, {"row": span.seq, "first": first.isoformat()})
    return post


def begin_spell(
    actor: Actor,
    *,
    code: str,
    person: Person,
    post: Post,
    staff_kind: str,
    first: date,
    until: date | None = None,
    decision: str = "",
) -> Spell:
    """A person begins in a post. Raises `Refused` when the code is taken, the post does not stand then, or the person
    is already in it on one of the days."""
    with in_order():
        if Spell.standing().filter(code=code).exists():
            raise Refused(
                f"Mã thời gian công tác {code} đã có. Hãy dùng mã khác, hoặc sửa thời gian công tác đang có.",
                f"The spell {code} exists. Use another code, or correct the one that stands.",
            )
        return _write_spell(
            actor,
            "people.begin_spell",
            Spell(
                code=code.strip(),
                person=person,
                post=post,
                staff_kind=staff_kind,
                days=stretch(first, until),
                decision=decision.strip(),
            ),
            None,
        )


def end_spell(actor: Actor, spell: Spell, until: date, decision: str = "", *, expected: int | None = None) -> Spell:
    """The spell ends: `until` is the first day the person is no longer in the post.

    Raises `Conflict` when the row no longer stands, `Refused` when it had ended before or begins later.
    """
    with in_order():
        old = expect_standing(Spell, expected if expected is not None else spell.seq)
        if old.days.upper is not None and old.days.upper < until:
            raise Refused(
                f"Thời gian công tác đã kết thúc trước ngày {until:%d/%m/%Y}. Muốn kéo dài, hãy sửa mục ấy.",
                f"The spell had ended before {until:%d/%m/%Y}. To make it longer, correct it.",
            )
        return _write_spell(
            actor,
            "people.end_spell",
            Spell(
                code=old.code,
                person_id=old.person_id,
                post_id=old.post_id,
                staff_kind=old.staff_kind,
                days=stretch(old.days.lower, until),
                decision=decision.strip() or old.decision,
            ),
            old,
        )


def correct_spell(
    actor: Actor,
    spell: Spell,
    *,
    first: date,
    until: date | None = None,
    post: Post | None = None,
    staff_kind: str = "",
    decision: str = "",
    expected: int | None = None,
) -> Spell:
    """Write what the spell really was; what is not given stays. The old row remains, superseded.

    Raises `Conflict` when the row no longer stands, `Refused` as `begin_spell`.
    """
    with in_order():
        old = expect_standing(Spell, expected if expected is not None else spell.seq)
        return _write_spell(
            actor,
            "people.correct_spell",
            Spell(
                code=old.code,
                person_id=old.person_id,
                post_id=post.pk if post else old.post_id,
                staff_kind=staff_kind or old.staff_kind,
                days=stretch(first, until),
                decision=decision.strip() or old.decision,
            ),
            old,
        )


def withdraw_spell(actor: Actor, spell: Spell, reason: str) -> None:
    """The spell never was. Raises `Conflict` when the row no longer stands."""
    with in_order():
        withdraw(expect_standing(Spell, spell.seq))
        note(actor, "people.withdraw_spell", "spell", spell.seq, {"code": spell.code, "reason": reason})


def _write_text(text: PersonText, full_name: str, honorific: str, email: str, phone: str) -> PersonText:
    text.full_name = tidy(full_name)
    if not text.full_name:
        raise Refused("Chưa có họ và tên. Hãy nhập họ và tên.", "The name is empty. Write the full name.")
    text.honorific, text.email, text.phone = honorific.strip(), email.strip(), phone.strip()
    text.sort_key, text.search_key = sort_key(text.full_name), search_key(text.full_name)[:200]
    text.save()
    return text


def _write_spell(actor: Actor, action: str, spell: Spell, old: Spell | None) -> Spell:
    days_follow(spell.days.lower, spell.days.upper)
    if spell.staff_kind not in STAFF_KINDS:
        raise Refused(
            f"Không có loại “{spell.staff_kind}”. Các loại: {', '.join(STAFF_KINDS)}.",
            f"There is no kind of staff “{spell.staff_kind}”. Known: {', '.join(STAFF_KINDS)}.",
        )
    post_stands(spell.post_id, spell.days)
    no_spell_meets(spell, old)
    put(actor, spell, instead_of=old)
    told = {"row": spell.seq, "code": spell.code, "first": spell.days.lower.isoformat(), "decision": spell.decision}
    if spell.days.upper is not None:
        told["until"] = spell.days.upper.isoformat()
    note(actor, action, "person", spell.person_id, told)
    return spell
