"""After payment nothing is listed again: a later result pays or takes back only what differs."""

from collections.abc import Mapping
from decimal import Decimal


def differences(listed: Mapping[int, Decimal], due: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """What each person still gets (above 0, truy lĩnh) or owes (below 0, truy thu), by number; who neither does is left
    out. Listed plus difference is what is due."""
    people = {*listed, *due}
    found = {one: due.get(one, Decimal(0)) - listed.get(one, Decimal(0)) for one in sorted(people)}
    return {one: amount for one, amount in found.items() if amount}
