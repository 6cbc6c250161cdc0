"""Meetings as they are read: whose they are to see, what they concluded, what was told before of a conclusion."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from congtam.access.gate import Right, over_unit
from congtam.access.seats import Seat
from congtam.meetings.models import Closing, Conclusion, Meeting
from congtam.meetings.outcomes import Outcome, outcomes


@dataclass(frozen=True)
class Said:
    """A conclusion in all its wordings, the last one first. `row` stands, or stood until it was struck out; `added`:
    after the meeting was closed."""

    row: Conclusion
    before: list[Conclusion]
    outcome: Outcome
    added: bool

    @property
    def stands(self) -> bool:
        """Whether it still stands."""
        return self.row.replaced_by is None


def meetings_of(seat: Seat) -> QuerySet[Meeting]:
    """The meetings of the units a seat heads or looks into, and those its person takes part in; the latest first."""
    units = seat.leads | seat.leads_agency | seat.audits
    mine = Q(unit__in=units)
    if seat.person is not None:
        mine |= Q(taking_part__contains=[seat.person])
    return Meeting.objects.filter(mine).select_related("chair__text", "unit").order_by("-at", "-pk")


def may_see_agenda(seat: Seat, meeting: Meeting) -> bool:
    """Whether a seat sees whose work is late: heads do, and who looks into the unit by a mandate; not everybody who
    takes part."""
    return over_unit(seat, Right.SEE_WORK, meeting.unit_id)


def conclusions_of(meeting: Meeting, now: datetime) -> list[Said]:
    """What a meeting concluded, in the order in which it was said, with what became of it."""
    told: dict[int, list[Conclusion]] = {}
    for row in (
        Conclusion.objects.filter(meeting=meeting).select_related("text", "item__brief").order_by("series", "-seq")
    ):
        told.setdefault(row.series, []).append(row)
    closed = Closing.objects.filter(meeting=meeting).order_by("seq").values_list("seq", flat=True).first()
    how = outcomes((rows[0] for rows in told.values()), now)
    return [
        Said(rows[0], rows[1:], how[rows[0].pk], closed is not None and rows[-1].seq > closed) for rows in told.values()
    ]
