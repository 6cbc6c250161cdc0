"""The first few shares of each group, and how many there are: for pages that show groups side by side."""

from collections.abc import Hashable
from dataclasses import dataclass, field

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from congtam.work.models import Share


@dataclass
class Top:
    """Of one group: how many shares there are, and the numbers of the first, what presses most before all else."""

    count: int = 0
    shares: list[int] = field(default_factory=list)


def tops(shares: QuerySet[Share], by: str, most: int) -> dict[Hashable, Top]:
    """The first `most` shares of each value of the annotation `by`, of shares as `lists.found` gives them. One
    statement, whatever there is; what lists show beside a share is worked out for none of them."""
    order = ("pressing", F("due_at").asc(nulls_last=True), "pk")
    placed = shares.order_by().annotate(
        place=Window(RowNumber(), partition_by=by, order_by=order), n=Window(Count("*"), partition_by=by)
    )
    groups: dict[Hashable, Top] = {}
    for group, count, share in placed.filter(place__lte=most).order_by("place").values_list(by, "n", "pk"):
        top = groups.setdefault(group, Top(count))
        top.shares.append(share)
    return groups
