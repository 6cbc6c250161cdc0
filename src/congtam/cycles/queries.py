"""How a cycle stands: its steps, the one that is open, and whether something may still be done in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from congtam.cycles.models import Claim, Cycle, Remark, SelfReport, Step, Term
from congtam.cycles.population import Member, members
from congtam.cycles.standing import Stand, stands
from congtam.cycles.words import STEP_TITLES
from congtam.engine.explaining import formats
from congtam.engine.periods import Period, PeriodKind
from congtam.history.refused import Refused

ASKED = frozenset({"self_report", "rating", "review", "objections"})  # what comes after their deadline is refused


def cycle_of(agency: int, period: str | Period) -> Cycle | None:
    """The cycle of an agency in a period; None when none was opened."""
    label = period if isinstance(period, str) else period.label
    return Cycle.objects.filter(agency=agency, period=label).first()


def cycles_of(agency: int) -> list[Cycle]:
    """Every cycle of an agency, the latest period first."""
    found = Cycle.objects.filter(agency=agency)
    return sorted(found, key=lambda one: Period.parse(one.period).until, reverse=True)


def period_of(cycle: Cycle) -> Period:
    """The period of a cycle."""
    return Period.parse(cycle.period)


def steps_of(cycle: Cycle, now: datetime | None = None) -> dict[str, Stand]:
    """How each step stands at `now`, in order."""
    return {one.step: one for one in stands(cycle, now or timezone.now())}


def cut_off_of(cycle: Cycle, now: datetime) -> datetime:
    """The instant from which a period is seen: the end of its cut-off step, or now while that is open; never after the
    end of the period. A year that is graded before 15 December is seen as of its cut-off."""
    step, end = steps_of(cycle, now).get("cut_off"), period_of(cycle).end
    at = step.since if step is not None and step.state == "done" else now
    return min(at, end)


def seen_from(cycle: Cycle, now: datetime) -> datetime:
    """The instant from which a cycle is scored: a longer period as of its cut-off, a month as of now."""
    return now if period_of(cycle).kind is PeriodKind.MONTH else cut_off_of(cycle, now)


def current(cycle: Cycle, now: datetime | None = None) -> Stand | None:
    """The step that is open or paused; None once all are over."""
    found = (one for one in stands(cycle, now or timezone.now()) if one.state in ("open", "paused"))
    return next(found, None)


def is_open(cycle: Cycle, step: str, now: datetime) -> bool:
    """Whether something may be done in a step at an instant: it is open and, where people are asked, not past its
    deadline. The others (calibration, seal …) are late, never closed."""
    one = steps_of(cycle, now).get(step)
    return one is not None and _takes(one, now)


def require(cycle: Cycle, step: str, now: datetime) -> None:
    """Raises `Refused` when nothing may be done in a step, saying which one is open and until when."""
    steps = steps_of(cycle, now)
    one = steps.get(step)
    if one is not None and _takes(one, now):
        return
    title, period = STEP_TITLES[step], period_of(cycle)
    if one is None:
        raise Refused(
            f"Kỳ {period.title('vi')} không có bước “{title.vi}”.", f"{period.title('en')} has no step “{title.en}”."
        )
    when = {lang: formats.moment(one.due_at, lang) for lang in ("vi", "en")}
    if one.state == "open":
        raise Refused(
            f"Bước “{title.vi}” của kỳ {period.title('vi')} đã hết hạn lúc {when['vi']} nên không ghi thêm. "
            "Nếu có lý do, hãy đề nghị bộ phận tổ chức cán bộ lùi hạn.",
            f"“{title.en}” of {period.title('en')} ended at {when['en']}, so nothing more is taken. "
            "With a reason, ask the personnel office to move its deadline.",
        )
    open_ = next((other for other in steps.values() if other.state in ("open", "paused")), None)
    vi, en = _where(open_)
    raise Refused(
        f"Bước “{title.vi}” của kỳ {period.title('vi')} {'chưa mở' if one.state == 'ahead' else 'không mở'}. {vi}",
        f"“{title.en}” of {period.title('en')} is {'not open yet' if one.state == 'ahead' else 'not open'}. {en}",
    )


def terms_of(cycle: Cycle) -> list[Term]:
    """Each card's own deadlines, as they were counted when the cycle was opened, by step."""
    return list(Term.objects.filter(cycle=cycle).order_by("place", "card"))


@dataclass(frozen=True)
class Deed:
    """What somebody did to a step, for a reason: `kind` is moved, paused or reopened; `due` the deadline it was
    given, or had."""

    step: str
    kind: str
    at: datetime
    due: datetime
    why: str


def deeds_of(cycle: Cycle) -> list[Deed]:
    """What was done to the steps of a cycle with a reason, the latest first."""
    rows = list(Step.objects.filter(cycle=cycle).order_by("-seq"))
    before = {row.replaced_by: row for row in rows}
    why = dict(Remark.objects.filter(seq__in=[row.seq for row in rows]).values_list("seq", "text"))
    return [_deed(row, before[row.seq], why[row.seq]) for row in rows if row.seq in why and row.seq in before]


def _deed(row: Step, was: Step, why: str) -> Deed:
    """A row against the one it took the place of: a move keeps the state and its beginning."""
    if row.state == "paused" and was.state != "paused":
        kind, at = "paused", row.since
    elif was.state == "done":
        kind, at = "reopened", row.since
    else:
        kind, at = "moved", row.counted_from
    return Deed(row.step, kind, at, row.due_at, why)


def people_in(cycle: Cycle, now: datetime) -> list[Member]:
    """Everyone with a post in the agency in the period, with the scorecard that is legal for them or why there is
    none; as the cycle is scored, so who moved after the cut-off of a year is graded where they were."""
    return members(cycle.agency_id, period_of(cycle), now, seen=seen_from(cycle, now))


def member_of(cycle: Cycle, person: int, now: datetime) -> Member | None:
    """One person as `people_in` tells them; None for somebody without a post in the agency in the period."""
    return next(iter(members(cycle.agency_id, period_of(cycle), now, [person], seen_from(cycle, now))), None)


def claims_of(cycle: Cycle, person: int) -> list[Claim]:
    """What somebody claims of themselves in a cycle, by criterion."""
    return list(Claim.objects.filter(cycle=cycle, person=person, replaced_by=None).order_by("criterion", "series"))


def claims_to_answer(person: int) -> list[Claim]:
    """What waits for somebody to confirm it, in order."""
    asked = Claim.objects.filter(counterpart=person, answer="", replaced_by=None)
    return list(asked.select_related("cycle", "person__text").order_by("seq"))


def words_of(rows: Iterable[Claim]) -> dict[int, str]:
    """What is said in claims, by series; what was erased is left out."""
    return dict(Remark.objects.filter(seq__in={one.series for one in rows}).values_list("seq", "text"))


def handed_in(cycle: Cycle, person: int) -> SelfReport | None:
    """That somebody is done with their self-report; None while they are not."""
    return SelfReport.objects.filter(cycle=cycle, person=person).first()


def _takes(one: Stand, now: datetime) -> bool:
    return one.state == "open" and (one.step not in ASKED or now < one.due_at)


def _where(one: Stand | None) -> tuple[str, str]:
    if one is None:
        return "Mọi bước của kỳ đã xong.", "Every step is over."
    title = STEP_TITLES[one.step]
    if one.state == "paused":
        return (
            f"Kỳ đang tạm dừng ở bước “{title.vi}”. Hãy chờ kỳ được tiếp tục.",
            f"The cycle is paused at “{title.en}”. Wait until it goes on.",
        )
    return (
        f"Đang mở bước “{title.vi}”, đến {formats.moment(one.due_at, 'vi')}.",
        f"“{title.en}” is open, until {formats.moment(one.due_at, 'en')}.",
    )
