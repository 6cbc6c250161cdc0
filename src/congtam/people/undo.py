"""Taking back one's own last change to units and people, while nothing depends on it.

A change may write many rows: `as_one` notes the numbers they bear. Taking it back writes too: the rows it added are
closed, and what they had closed stands again in new rows, so that the history shows both.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from congtam.audit.actions import note
from congtam.audit.models import Entry
from congtam.history.actor import Actor
from congtam.history.dated import Fact
from congtam.history.laying import put, withdraw
from congtam.history.refused import Refused
from congtam.history.sequence import in_order, last_known
from congtam.orgs.models import ChangeEvent, UnitSpan
from congtam.people.models import Absence, Delegation, PostSpan, Spell

KINDS: tuple[type[Fact], ...] = (UnitSpan, ChangeEvent, PostSpan, Spell, Absence, Delegation)
CHANGE, UNDO = "people.change", "people.take_back"


@dataclass(frozen=True)
class LastChange:
    """The last change an account made that can still be taken back: its number, when it was, and what it did as the
    audit has it."""

    number: int
    at: datetime
    entries: tuple[Entry, ...]
    numbers: range


@contextmanager
def as_one(actor: Actor) -> Iterator[None]:
    """What is written inside is one change, to be taken back as one."""
    with in_order():
        before = last_known()
        yield
        after = last_known()
        if after > before:
            note(actor, CHANGE, "change", before + 1, {"first": before + 1, "last": after})


def last_change(account: int | None) -> LastChange | None:
    """The last change of an account; None when there is none, it was taken back, or another followed on its rows."""
    newest = Entry.objects.filter(account=account, action=CHANGE, text__isnull=False).order_by("-pk").first()
    if account is None or newest is None or "first" not in newest.text.body:
        return None
    numbers = range(newest.text.body["first"], newest.text.body["last"] + 1)
    if Entry.objects.filter(action=UNDO, subject=numbers.start).exists():
        return None
    if any(row.replaced_by not in (None, *numbers) for row in _added(numbers)):
        return None
    before = Entry.objects.filter(account=account, action__in=(CHANGE, UNDO), pk__lt=newest.pk).order_by("-pk").first()
    own = Entry.objects.filter(account=account, pk__lt=newest.pk, pk__gt=before.pk if before else 0)
    told = own.filter(Q(action__startswith="orgs.") | Q(action__startswith="people."))
    return LastChange(numbers.start, newest.at, tuple(told.select_related("text").order_by("pk")), numbers)


def take_back(actor: Actor, number: int) -> None:
    """Take back the change of a number.

    Raises `Refused` when it is not the account's last change any more, or something depends on it.
    """
    with in_order():
        last = last_change(actor.account)
        if last is None or last.number != number:
            raise Refused(
                "Không hoàn tác được: sau thay đổi này đã có thay đổi khác. Hãy sửa bằng một thay đổi mới.",
                "It cannot be taken back: another change followed on it. Make a new change instead.",
            )
        added = [row for row in _added(last.numbers) if row.replaced_by is None]
        closed = list(_closed_by(last.numbers))
        for row in added:
            withdraw(row)
        for row in closed:
            put(actor, _again(row))
        _nothing_hangs(added)
        note(actor, UNDO, "change", number, {"rows": [row.seq for row in added]})


def _added(numbers: range) -> Iterator[Fact]:
    for kind in KINDS:
        yield from kind._default_manager.filter(seq__gte=numbers.start, seq__lt=numbers.stop).order_by("seq")


def _closed_by(numbers: range) -> Iterator[Fact]:
    """What stood before and was closed by the change."""
    for kind in KINDS:
        closed = kind._default_manager.filter(replaced_by__gte=numbers.start, replaced_by__lt=numbers.stop)
        yield from closed.filter(seq__lt=numbers.start).order_by("seq")


def _again(row: Fact) -> Fact:
    own = ("seq", "recorded_at", "recorded_by", "replaced_by")
    told = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields if one.name not in own}
    return type(row)(**told)


def _nothing_hangs(rows: Iterable[Fact]) -> None:
    """Raises `Refused` when a unit under, a post in, or a spell in what is gone would hang in the air."""
    units = {row.unit_id for row in rows if isinstance(row, UnitSpan)}
    posts = {row.post_id for row in rows if isinstance(row, PostSpan)}
    below = UnitSpan.standing().filter(parent__in=units).values_list("parent_id", "days")
    held = PostSpan.standing().filter(unit__in=units).values_list("unit_id", "days")
    spells = Spell.standing().filter(post__in=posts).values_list("post_id", "days")
    hang = [
        *(unit for unit, days in [*below, *held] if not _stands(UnitSpan, days.lower, unit=unit)),
        *(post for post, days in spells if not _stands(PostSpan, days.lower, post=post)),
    ]
    if hang:
        raise Refused(
            "Đã có đơn vị, vị trí hoặc người dựa trên thay đổi này, nên không hoàn tác được. "
            "Hãy chuyển hoặc kết thúc chúng trước, hoặc sửa bằng một thay đổi mới.",
            "Units, posts or people already depend on this change, so it cannot be taken back. "
            "Move or end them first, or make a new change instead.",
        )


def _stands(kind: type[Fact], day: object, **key: int) -> bool:
    return kind.standing().filter(days__contains=day, **key).exists()
