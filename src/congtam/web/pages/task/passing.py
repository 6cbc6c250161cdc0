"""What passing a piece of work on would change: the load of who has it and of who would receive it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from congtam.people.queries import names_of
from congtam.work.lists import Filters, Row, Sight, found, rows
from congtam.work.load import Load, loads


@dataclass(frozen=True)
class Effect:
    """What passing one share on would change, for giver and receiver: load before and after. No deadline moves.
    `key` names what was looked at: only that very move is done."""

    row: Row
    giver: str
    receiver: str
    key: str
    before: tuple[Load, Load]
    after: tuple[Load, Load]

    @property
    def both(self) -> list[tuple[str, Load, Load]]:
        """Giver and receiver, each with the load before and after."""
        return list(zip((self.giver, self.receiver), self.before, self.after, strict=True))

    @property
    def late_already(self) -> bool:
        """The work is late: the delay stays with who had it, and the receiver has no deadline until one is given."""
        return self.row.state == "late"


def effect(item: int, holder: int, receiver: int, seen: Sight) -> Effect | None:
    """What would change if `receiver` had the holder's share of an item; None when they are one, or there is no such
    open share."""
    people = [holder, receiver]
    own = list(rows(found(frozenset(people), Filters(unfinished=True), seen)))
    row = next((one for one in own if one.official == holder and one.item == item), None)
    if row is None or holder == receiver:
        return None
    return of_rows(row, receiver, own, seen, names_of(people))


def of_rows(row: Row, receiver: int, own: Sequence[Row], seen: Sight, names: Mapping[int, str]) -> Effect:
    """The same, of a row among the open ones (`own`) of its holder and the receiver."""
    people = [row.official, receiver]
    moved = [one if one.share != row.share else passed(row, receiver) for one in own]
    before = {load.person: load for load in loads(people, own, seen)}
    after = {load.person: load for load in loads(people, moved, seen)}
    return Effect(
        row,
        names.get(row.official, ""),
        names.get(receiver, ""),
        f"{row.share}-{receiver}",
        (before[row.official], before[receiver]),
        (after[row.official], after[receiver]),
    )


def passed(row: Row, receiver: int) -> Row:
    """An open share as its receiver would have it: without a deadline that has passed."""
    due = None if row.state == "late" else row.due_at
    return replace(row, official=receiver, due_at=due, state=row.state if due else "open")
