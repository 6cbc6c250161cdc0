"""Results on the move: what another body graded is entered with the number of its slip, and what this agency sealed is
told to the body that grades somebody next.

What came in is a reported fact (`ratings.Reported`): the roll-up of the year reads it where the month has no result of
one's own, so it stands in the seal of the year like every other fact.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from congtam.access.gate import Right, over_person
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.cycles.population import entries_for
from congtam.engine.findings import Unusable
from congtam.engine.periods import Period, PeriodKind
from congtam.engine.scoring.points import micropoints
from congtam.engine.states import State
from congtam.evidence.keeping import keep
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.people.models import Person
from congtam.people.queries import people_under
from congtam.ratings.actions import report
from congtam.ratings.models import Reported
from congtam.scores.models import SealedScore

LONGEST = 40  # letters of the sender: with the number of the slip it fits its column


@dataclass(frozen=True)
class Came:
    """A result that came in: of a month, in points (millionths), by the numbered slip of a body."""

    period: Period
    points: int
    source: str
    row: Reported


def enter_result(
    seat: Seat,
    person: int,
    month: str,
    points: int,
    number: str,
    sender: str,
    *,
    file: tuple[str, Iterable[bytes]] | None = None,
    now: datetime | None = None,
) -> list[Reported]:
    """Enter the result of a month that another body graded: points in millionths, by its signed slip (`number`,
    `sender`, and the slip itself as a file). Said again it takes the place of what was said before.

    Raises `Refused`: no right over the person, a month that is not over, more points than there are, no number or
    sender, a month this site sealed itself, or yearly scorecards that take no such results.
    """
    seen = now or timezone.now()
    of = _checked(seat, person, month, points, number, sender, seen)
    stored, name = keep(*file) if file is not None else (None, "")
    with in_order():
        source = f"{number.strip()}, {sender.strip()[:LONGEST]}"[:64]
        whom = Person.objects.get(pk=person)
        rows = [
            report(
                seat.actor,
                indicator=indicator,
                period=of.label,
                person=whom,
                value=points,
                state=State.VALUE,
                source=source,
            )
            for indicator in _names(of)
        ]
        told = {"period": of.label, "number": number.strip(), "source": sender.strip(), "file": name}
        note(seat.actor, "cycles.result_in", "person", person, told | {"digest": stored.digest if stored else ""})
    return rows


def came_in(persons: Iterable[int], year: Period) -> list[Came]:
    """The results of months of a year that other bodies sent of some people, in order; each once."""
    labels = [one.label for one in year.months()]
    rows = Reported.objects.filter(
        person__in=list(persons), period__in=labels, indicator__in=_names(year), replaced_by=None, value__isnull=False
    )
    once = rows.order_by("period", "person", "-seq").distinct("period", "person")
    return [Came(Period.parse(row.period), row.value, row.source, row) for row in once]


def came_in_of(units: Iterable[int], year: Period, day: date) -> list[Came]:
    """The same of everybody who works in some units on a day."""
    return came_in(people_under(units, day), year)


def to_send(person: int, agency: int, year: Period) -> list[SealedScore]:
    """What an agency sealed of somebody in a year, by month, the seal that stands of each: what the slips to the next
    body say."""
    labels = {one.label for one in year.months()}
    rows = SealedScore.objects.filter(person=person, seal__agency=agency, seal__period__in=labels)
    found = {row.seal.period: row for row in rows.select_related("seal").order_by("seal__number")}
    return [found[label] for label in sorted(found)]


def _checked(seat: Seat, person: int, month: str, points: int, number: str, sender: str, now: datetime) -> Period:
    if not over_person(seat, Right.KEEP_CYCLE, person):
        raise Refused(
            "Bạn không giữ việc đánh giá của người này. Hãy nhờ bộ phận tổ chức cán bộ của cơ quan họ.",
            "You do not keep this person's evaluation. Ask the personnel office of their agency.",
        )
    try:
        of = Period.parse(month)
    except Unusable:
        of = None
    if of is None or of.kind is not PeriodKind.MONTH or of.end > now:
        raise Refused(
            f"{month!r} không phải là một tháng đã hết. Hãy ghi như 2026-03.",
            f"{month!r} is no month that is over. Write it like 2026-03.",
        )
    if not number.strip() or not sender.strip():
        raise Refused(
            "Kết quả nơi khác gửi phải có số phiếu và tên cơ quan gửi. Hãy điền đủ.",
            "A result from elsewhere needs the number of its slip and who sent it. Fill in both.",
        )
    most = max(_most(of), default=micropoints(100))
    if not 0 <= points <= most:
        raise Refused(
            f"Điểm phải từ 0 đến {most // 1_000_000}. Hãy xem lại phiếu.",
            f"Points go from 0 to {most // 1_000_000}. Look at the slip again.",
        )
    if not _names(of):
        raise Refused(
            "Bảng điểm năm đang dùng không nhận kết quả nơi khác gửi. Hãy áp dụng bản mới của bộ quy tắc.",
            "The yearly scorecards in use take no results from elsewhere. Adopt the newer copy of the rulebook.",
        )
    if SealedScore.objects.filter(person=person, seal__period=of.label).exists():
        raise Refused(
            f"Kết quả {of.title('vi')} của người này đã được chốt tại đây nên không nhập từ nơi khác.",
            f"{of.title('en')} of this person was sealed here, so nothing is entered from elsewhere.",
        )
    return of


def _year(period: Period) -> Period:
    return Period.of(PeriodKind.YEAR, period.first)


def _names(period: Period) -> list[str]:
    """Under which names the yearly scorecards read results that were sent."""
    rules = [entry.card.model.roll_up for entry in entries_for(_year(period)).values()]
    return sorted({rule.received for rule in rules if rule is not None and rule.received is not None})


def _most(period: Period) -> list[int]:
    return [micropoints(entry.card.model.points) for entry in entries_for(period).values()]
