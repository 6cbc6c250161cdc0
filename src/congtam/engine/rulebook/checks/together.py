"""Whether rulebooks get along: never two that grade the same people by law on the same days."""

from collections.abc import Iterable, Iterator
from itertools import combinations

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


def check_together(books: Iterable[Rulebook]) -> list[Finding]:
    """Rulebooks that would grade the same people on the same days by law, without one superseding the other."""
    findings = []
    for one, other in combinations(sorted(books, key=lambda book: book.id), 2):
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
    def before(a: Rulebook, b: Rulebook) -> bool:
        return bool(a.head.valid_to and b.head.valid_from and a.head.valid_to <= b.head.valid_from)

    return not before(one, other) and not before(other, one)


def _meet(one: Scope, other: Scope) -> bool:
    for name in ("staff_kind", "agency", "agency_level", "province"):
        mine, theirs = set(getattr(one, name)), set(getattr(other, name))
        if mine and theirs and not mine & theirs:
            return False
    return True
