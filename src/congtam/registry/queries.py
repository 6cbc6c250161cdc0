"""Rules as the site holds them on a day: adopted copies with the numbers the site set, cards, choices, history."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils import timezone

from congtam.engine.findings import Unusable, did_you_mean, unusable
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.diff import Change, changes
from congtam.engine.rulebook.digest import wording_digest
from congtam.history.refused import Refused
from congtam.registry.findings import refusal
from congtam.registry.models import Card, Copy, Draft, Remark, SiteChoice
from congtam.registry.shelf import book_of
from congtam.registry.shipped import LIBRARY, shipped
from congtam.registry.site_changes import Setting, with_settings

Proposal = TypeVar("Proposal", Copy, Draft)


@dataclass(frozen=True)
class ScoredCard:
    """A scorecard the site scores in a period; `legal`: it decides for its people."""

    rulebook_id: str
    scorecard_id: str
    legal: bool


def book(rulebook_id: str, day: date, *, seq: int | None = None) -> Rulebook:
    """The rulebook as adopted on a day, with the numbers the site set by then; with `seq`, as was known then.

    Raises `Unusable` (not-adopted) when the site has adopted no copy that holds on the day.
    """
    copy = copy_on(rulebook_id, day, seq=seq)
    if copy is None:
        raise unusable(
            "not-adopted",
            f"the site has adopted no copy of {rulebook_id!r} that holds on {day}",
            f"adopt it on the page Quy tắc; {did_you_mean(rulebook_id, held_ever())}",
        )
    numbers = settings_on(rulebook_id, day, seq=seq).values_list("seq", flat=True)
    return _laid(copy.seq, tuple(numbers))


@lru_cache(maxsize=64)
def _laid(copy: int, drafts: tuple[int, ...]) -> Rulebook:
    """Facts never change, so their numbers say what is laid over what."""
    rows = {one.seq: one for one in Draft.objects.filter(seq__in=drafts)}
    return with_settings(book_of(Copy.objects.defer("files").get(seq=copy)), [setting_of(rows[seq]) for seq in drafts])


def copy_on(rulebook_id: str, day: date, *, seq: int | None = None) -> Copy | None:
    """The approved copy of a rulebook that holds on a day."""
    rows = _rows(Copy, seq).filter(rulebook=rulebook_id, state="approved", days__contains=day)
    return rows.defer("files").first()


def copies_on(day: date) -> "QuerySet[Copy]":
    """Every approved copy that holds on a day, by rulebook."""
    held = Copy.standing().filter(state="approved", days__contains=day)
    return held.defer("files").order_by("rulebook")


def settings_on(rulebook_id: str, day: date, *, seq: int | None = None) -> "QuerySet[Draft]":
    """The approved drafts that hold on a day, in the order in which they are laid over the copy."""
    return _rows(Draft, seq).filter(rulebook=rulebook_id, state="approved", first__lte=day).order_by("first", "seq")


def supposed(rulebook_id: str, changes: Mapping[str, str], *, act: str, first: date, article: str = "") -> Rulebook:
    """The rulebook as it would be on `first` with the changes. Raises `Refused` when it would not be usable then, or on
    a later day from which something else is already set."""
    if not act.strip():
        raise Refused(
            "Chưa ghi văn bản làm căn cứ. Hãy ghi số, ký hiệu và ngày của văn bản đặt ra con số này.",
            "No act is named. Write the number, symbol and day of the act that sets this number.",
        )
    new = Setting(dict(changes), act.strip(), article.strip(), first, timezone.localdate())
    try:
        book(rulebook_id, first)  # or there is nothing to change
        made = [
            with_settings(book_of(copy), _with(new, settings_on(rulebook_id, day)))
            for day in days_of_change(rulebook_id, first)
            if (copy := copy_on(rulebook_id, day)) is not None
        ]
    except Unusable as refused:
        raise refusal(refused.findings) from None
    return made[0]


def _with(new: Setting, held: Iterable[Draft]) -> list[Setting]:
    """Settings in the order in which they are laid, with a new one among them."""
    settings = [setting_of(one) for one in held]
    at = sum(one.first <= new.first for one in settings)
    return [*settings[:at], new, *settings[at:]]


def days_of_change(rulebook_id: str, first: date) -> list[date]:
    """`first`, and every later day from which another copy or number is already approved."""
    copies = Copy.standing().filter(rulebook=rulebook_id, state="approved").defer("files")
    drafts = Draft.standing().filter(rulebook=rulebook_id, state="approved", first__gt=first)
    later = {one.days.lower for one in copies if one.days.lower > first} | {one.first for one in drafts}
    return [first, *sorted(later)]


def _rows(kind: type[Proposal], seq: int | None) -> "QuerySet[Proposal]":
    return kind.standing() if seq is None else kind.known_at(seq)


def setting_of(draft: Draft) -> Setting:
    """A draft as it is laid over a rulebook."""
    return Setting(draft.changes, draft.act, draft.article, draft.first, draft.recorded_at.date())


def cards_for(period: Period | str, *, seq: int | None = None) -> list[ScoredCard]:
    """The scorecards the site scores in a period, those by law first; cards of other lengths of period left out. With
    `seq`, as was known then."""
    asked = Period.parse(period) if isinstance(period, str) else period
    return [
        ScoredCard(one.rulebook, one.scorecard, one.legal)
        for one in cards_on(asked.first, seq=seq)
        if book(one.rulebook, asked.first, seq=seq).scorecards[one.scorecard].model.period in ("any", asked.kind.value)
    ]


def cards_on(day: date, *, seq: int | None = None) -> list[Card]:
    """Every scorecard the site scores on a day, of whatever length of period, those by law first."""
    rows = Card.standing() if seq is None else Card.known_at(seq)
    return list(rows.filter(days__contains=day).order_by("-legal", "rulebook", "scorecard"))


def card_of(rulebook_id: str, scorecard: str) -> Card | None:
    """The last stretch of days for which the site scores a scorecard."""
    return Card.standing().filter(rulebook=rulebook_id, scorecard=scorecard).order_by("-days").first()


def held_ever() -> set[str]:
    """The rulebooks of which the site ever approved a copy."""
    return set(Copy.standing().filter(state="approved").values_list("rulebook", flat=True))


def choice(name: str, day: date, default: Any = None, *, seq: int | None = None) -> Any:
    """What the site chose for itself, as it holds on a day; with `seq`, as was known then."""
    rows = SiteChoice.standing() if seq is None else SiteChoice.known_at(seq)
    found = rows.filter(name=name, first__lte=day).order_by("-first").first()
    return default if found is None else found.value


@lru_cache(maxsize=64)
def choice_known(name: str, day: date, number: int, default: Any = None) -> Any:
    """`choice`, read once while `number`, the last number of rules and calendars (`scores.known.cut`), stays."""
    return choice(name, day, default)


def next_period(day: date) -> date:
    """The first day of the month after a day: the earliest from which a change of rules may hold."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def proposals() -> list[Copy | Draft]:
    """What waits to be approved, oldest first."""
    waiting: list[Copy | Draft] = [
        *Copy.standing().filter(state="proposed").defer("files"),
        *Draft.standing().filter(state="proposed"),
    ]
    return sorted(waiting, key=lambda one: one.seq)


def history_of(rulebook_id: str) -> list[Copy | Draft]:
    """Everything proposed, approved, refused and taken back about a rulebook, the latest first."""
    told: list[Copy | Draft] = [
        *Copy.objects.filter(rulebook=rulebook_id).defer("files"),
        *Draft.objects.filter(rulebook=rulebook_id),
    ]
    return sorted(told, key=lambda one: -one.seq)


def remarks_on(seqs: list[int]) -> dict[int, str]:
    """What was written about copies and drafts, by their numbers."""
    return dict(Remark.objects.filter(seq__in=seqs).values_list("seq", "text"))


def not_adopted(day: date) -> Iterator[Rulebook]:
    """The shipped rulebooks of which the site has adopted no copy that holds on a day."""
    held = set(copies_on(day).values_list("rulebook", flat=True))
    return (shipped(name) for name in LIBRARY.ids() if name not in held)


def own_catalogues(copy: Copy) -> dict[str, str]:
    """The files of a copy that hold its own catalogues, by path."""
    return {path: text for path, text in copy.files.items() if path.startswith(f"{copy.rulebook}/catalogues/")}


def shipped_now(copy: Copy) -> list[Change] | None:
    """How the rulebook as shipped with this version differs from the copy, catalogues left aside, which are the site's
    own; None when it is no longer shipped."""
    try:
        now = shipped(copy.rulebook)
    except Unusable:
        return None
    if wording_digest(now) == copy.wording:
        return []
    held = book_of(copy)
    return changes(held, replace(now, draft=replace(now.draft, catalogues=held.draft.catalogues)))
