"""One's year as its page shows it: the twelve months, where the points of each come from, and their mean."""

from dataclasses import dataclass
from datetime import datetime

from congtam.engine.explaining.sentences import explain
from congtam.engine.facts.sealed import SealedMonth, by_month
from congtam.engine.facts.tables import Facts
from congtam.engine.findings import Unusable
from congtam.engine.periods import Period
from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.run import Run
from congtam.engine.trace import Trace
from congtam.scores.cards import entries_of
from congtam.scores.models import SealedScore
from congtam.scores.months import standing_of
from congtam.scores.opening import Opening

AHEAD = Text(vi="Tháng chưa hết", en="Not over yet")
PROVISIONAL = Text(vi="Tạm tính từ số liệu, chưa chốt", en="Provisional, from the records: not sealed")
LACKING = Text(
    vi="Chưa chốt; chưa đủ việc, ngày làm việc hoặc số liệu", en="Not sealed; not enough work, days or figures"
)
UNNAMED = Text(vi="Đã chốt, không có tên trong bản chốt tháng này", en="Sealed, without this person")
UNGRADED = Text(
    vi="Đã chốt, không xếp loại vì chưa đủ việc hoặc ngày làm việc", en="Sealed, not graded: not enough work or days"
)
SEALED = Text(vi="Đã chốt", en="Sealed")


@dataclass(frozen=True)
class MonthOfYear:
    """One month: its points (millionths) where it counts, where they come from or why it does not count, and whether
    that may still change."""

    period: Period
    points: int | None
    how: Text
    provisional: bool
    over: bool


@dataclass(frozen=True)
class Year:
    """A year under the scorecard that counts. `sentences`: the mean and the grade, or why there is none; `sealed`: what
    the seal of the year says, once there is one."""

    period: Period
    run: Run
    months: tuple[MonthOfYear, ...]
    sentences: tuple[str, ...]
    sealed: SealedScore | None
    sealed_grade: Text | None

    @property
    def counted(self) -> int:
        """How many months the mean is of."""
        return sum(one.points is not None for one in self.months)


def own_year(person: int, period: Period, now: datetime, lang: str) -> Year | None:
    """One's own year seen at an instant; None where no yearly scorecard is for this person."""
    found = _opened(person, period, now)
    if found is None:
        return None
    run, trace = found
    sealed = SealedScore.objects.filter(seal__in=standing_of([period], None), person=person).first()
    titles = {one.id: one.title for one in run.card.model.grades}
    return Year(
        period,
        run,
        tuple(_month(month, run.facts, trace) for month in period.months()),
        tuple(line.text for line in explain(run, trace, lang)[0].lines if line.node in ("total", "graded")),
        sealed,
        titles.get(sealed.grade or "") if sealed else None,
    )


def _opened(person: int, period: Period, now: datetime) -> tuple[Run, Trace] | None:
    """The year under the first of its scorecards that scores this person, those that count by law before others."""
    entries = [one for one in entries_of(period, rolled_up=True).values() if one.card.model.roll_up is not None]
    opening = Opening(person)
    for entry in sorted(entries, key=lambda one: not one.can_be_legal):
        try:
            return opening.score(period, entry.key, now)
        except Unusable:
            continue  # for another kind of staff
    return None


def _month(month: Period, facts: Facts, trace: Trace) -> MonthOfYear:
    totals, label, who = dict(trace.months), month.label, trace.subject.code
    if label not in totals:
        return MonthOfYear(month, None, AHEAD, provisional=False, over=False)
    row = by_month(facts.sealed).get(label, {}).get(who)
    if label in trace.received:
        how = _sent(facts, label, who)
    elif row is not None:
        how = _settled(row)
    else:
        how = PROVISIONAL if totals[label] is not None else LACKING
    return MonthOfYear(month, totals[label], how, row is None and label not in trace.received, over=True)


def _settled(row: SealedMonth) -> Text:
    if not row.card:
        return UNNAMED
    return SEALED if row.points is not None else UNGRADED


def _sent(facts: Facts, label: str, who: str) -> Text:
    """By which slip another body sent a month."""
    rows = [one for one in facts.reported if (one.subject, one.period) == (who, label) and one.source]
    slip = max(rows, key=lambda one: one.seq).source if rows else ""
    return Text(vi=f"Nơi khác gửi, phiếu {slip}", en=f"Sent by another body, slip {slip}")
