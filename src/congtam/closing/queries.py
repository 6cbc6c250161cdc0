"""What is published of a period: the seal that holds, those before it, and what each says of whom."""

from dataclasses import dataclass

from congtam.closing.models import Sealed, Why
from congtam.cycles.models import Cycle
from congtam.scores.models import Seal


@dataclass(frozen=True)
class Published:
    """A seal of a cycle: who sealed it and when, whether it holds, and why it took another's place (empty: the
    first)."""

    seal: Seal
    row: Sealed
    why: str

    @property
    def holds(self) -> bool:
        """Whether it is the one that is published now."""
        return self.row.replaced_by is None


def published(cycle: Cycle) -> Seal | None:
    """The seal that is published; None before the first."""
    row = Sealed.standing().filter(cycle=cycle).select_related("seal").first()
    return row.seal if row else None


def seals_of(cycle: Cycle) -> list[Published]:
    """Every seal of a cycle, the one that holds first."""
    rows = list(Sealed.objects.filter(cycle=cycle).select_related("seal", "by").order_by("-seq"))
    why = dict(Why.objects.filter(seq__in=[row.seq for row in rows]).values_list("seq", "text"))
    return [Published(row.seal, row, why.get(row.seq, "")) for row in rows]
