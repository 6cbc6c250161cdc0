"""Marks as people type them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from congtam.engine.explaining.formats import scaled
from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.points import POINT
from congtam.marking.giving import CANNOT_TELL, Said
from congtam.marking.queries import Cell

NO_FIGURE = Text(vi="Hãy nhập một số, ví dụ 8,5.", en="Write a number, such as 8.5.")
LONGEST = 400  # letters of a reason


@dataclass(frozen=True)
class Typed:
    """What stands in the fields of one row."""

    mark: str = ""
    reason: str = ""
    cannot: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing was answered: a reason alone is no answer."""
        return not self.mark and not self.cannot

    def answer(self) -> Said | None:
        """The mark in millionths, or that one cannot tell; None for what is no figure."""
        return CANNOT_TELL if self.cannot else figure(self.mark)


def figure(text: str) -> int | None:
    """A figure with a comma or a point, in millionths; None for anything else."""
    whole, _, part = text.strip().replace(",", ".").partition(".")
    digits = whole.isascii() and whole.isdigit() and (not part or (part.isascii() and part.isdigit()))
    return int(Decimal(f"{whole}.{part or 0}") * POINT) if digits and len(whole) < 10 else None


def typed(data: Mapping[str, str], person: int) -> Typed:
    """The row of a person in what was sent."""
    return Typed(
        data.get(f"diem-{person}", "").strip()[:12],
        data.get(f"ly_do-{person}", "").strip()[:LONGEST],
        f"khong-{person}" in data,
    )


def standing(cell: Cell, rater: int | None) -> Typed:
    """What the fields of a row begin with: what this rater gave, else nothing: no last month's mark, no maximum."""
    said = cell.standing
    if said is None or said.by != rater:
        return Typed()
    if said.cannot_tell:
        return Typed(reason=said.reason, cannot=True)
    if said.value is None:
        return Typed()
    return Typed(scaled(said.value, 6, "vi"), said.reason)
