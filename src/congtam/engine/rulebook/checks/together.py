"""Whether rulebooks get along: never two that grade the same people by law on the same days, nor two scorecards."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import combinations, product

from congtam.engine.findings import Finding
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.checks.found import found
from congtam.engine.rulebook.model import Scope


def stands_beside_its_base(book: Rulebook) -> Iterator[Finding]:
    """An overlay that is law says that it takes the place of the nearest base that is law, for whom it is."""
    below = book.base
    while below is not None and below.head.status != "in_force":
        below = below.base
    if below is not None and check_together([book, below]):
        yield found(
            book,
            "rulebook.yaml",
            ("extends",),
            "overlapping-validity",
            f"{book.id} and {below.id}, over which it is laid, both grade the same people by law on the same days",
            f"say supersedes: [{below.id}], or that nobody has chosen it yet (status: proposal)",
        )


def one_card_by_law(book: Rulebook) -> Iterator[Finding]:
    """For one kind of staff and period, one scorecard of the rulebook is the one by law."""
    cards = [(name, card) for name, card in book.draft.scorecards.items() if card.legal]
    for (name, card), (again, other) in combinations(cards, 2):
        same = (card.subject, card.period) == (other.subject, other.period)
        if same and _share(card.staff_kind, other.staff_kind):
            yield found(
                book,
                f"scorecards/{again}.yaml",
                ("legal",),
                "two-by-law",
                f"{again} and {name} both grade the same people for the same period by law",
                "say legal: true on one of them, or for which kinds of staff each is (staff_kind)",
            )


def check_together(books: Iterable[Rulebook], beside: Iterable[Rulebook] = ()) -> list[Finding]:
    """Rulebooks that would grade the same people on the same days by law, without one superseding the other. Those
    `beside` are held against the books, not against each other."""
    findings, asked = [], sorted(books, key=lambda book: book.id)
    for one, other in [*combinations(asked, 2), *product(beside, asked)]:
        related = {*one.head.supersedes, *(t.rulebook for t in one.head.transition)}
        back = {*other.head.supersedes, *(t.rulebook for t in other.head.transition)}
        if other.id in related or one.id in back or not _same_days(one, other):
            continue
        if {one.head.status, other.head.status} & {"off", "proposal", "example"}:
            continue
        if _legal(one) & _legal(other) and _meet(one.head.scope, other.head.scope):
            findings.append(
                found(
                    other,
                    "rulebook.yaml",
                    ("valid_from",),
                    "overlapping-validity",
                    f"{other.id} and {one.id} both grade the same people on the same days",
                    "end one, narrow a scope, or say which supersedes",
                )
            )
    return findings


def _legal(book: Rulebook) -> set[tuple[str, str]]:
    return {(card.subject, card.period) for card in book.draft.scorecards.values() if card.legal}


def _same_days(one: Rulebook, other: Rulebook) -> bool:
    """Whether on some day both hold for one kind of staff (for anyone, where neither names kinds)."""
    kinds = [set(book.head.scope.staff_kind) for book in (one, other)]
    both: set[str | None] = {*(kinds[0] & kinds[1] or kinds[0] | kinds[1])}
    return any(_days_meet(one, other, kind) for kind in both or {None})


def _days_meet(one: Rulebook, other: Rulebook, kind: str | None) -> bool:
    begun = max(book.head.valid_from or date.min for book in (one, other))
    return one.head.holds_on(begun, kind) and other.head.holds_on(begun, kind)


def _meet(one: Scope, other: Scope) -> bool:
    return all(
        _share(getattr(one, name), getattr(other, name))
        for name in ("staff_kind", "agency", "agency_level", "province")
    )


def _share(mine: Collection[str], theirs: Collection[str]) -> bool:
    """Whether two lists name something in common; an empty one names all."""
    return not mine or not theirs or bool(set(mine) & set(theirs))
