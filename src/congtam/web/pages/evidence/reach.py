"""Who sees the evidence of a piece of work, and who may add to it."""

from congtam.access.seats import Seat
from congtam.desk.queries import parts_in
from congtam.web.pages.worklist.item import people_in
from congtam.web.pages.worklist.scope import everybody
from congtam.work.opened import opened


def may_add(seat: Seat, item: int) -> bool:
    """Whoever has a part in the item: holds or gave it, is asked about it, heads who does."""
    return bool(parts_in(seat, item))


def may_see(seat: Seat, item: int) -> bool:
    """Whoever has a part in the item, or may see its page in the list of work."""
    if may_add(seat, item):
        return True
    found = opened(item)
    return found is not None and bool(people_in(found) & everybody(seat))
