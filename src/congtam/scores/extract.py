"""What the scores of one agency in one period stand on, as known at one number: people, rules, marks, records."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, lru_cache

from congtam.engine.facts.sealed import SealedMonth
from congtam.engine.facts.tables import Facts, Unit
from congtam.engine.periods import Period
from congtam.engine.scoring.agency import AgencyRun, evaluate_agency
from congtam.engine.scoring.asked import Asked
from congtam.engine.scoring.legal import Entry
from congtam.engine.scoring.roll_up import looks_at_work
from congtam.engine.structure import Structure
from congtam.history.refused import Refused
from congtam.scores.cards import entries_of
from congtam.scores.facts import said_about, structure_about
from congtam.scores.known import cut
from congtam.scores.months import last_sealed, settled_months
from congtam.work import queries as work

MOST_AT_ONCE = 2000  # more people than this are not scored from all their records in memory


@dataclass(frozen=True)
class Extract:
    """One agency in one period: `seq`, the last number known; `as_of`, the instant it is seen from (never after the
    period's end). Equal extracts stand on the same facts for ever, for facts are never rewritten."""

    agency: int
    period: Period
    seq: int
    as_of: datetime

    @property
    def asked(self) -> Asked:
        """The question put to the engine."""
        return Asked(self.period, min(self.as_of, self.period.end), seq=self.seq)

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """The scorecards of officials, by rulebook#scorecard. Raises `Refused` where the site scores none."""
        found = entries_of(self.period, seq=self.seq, rolled_up=True)
        cards = {key: one for key, one in found.items() if one.card.model.subject == "official"}
        if not cards:
            raise Refused(
                f"Kỳ {self.period.label} chưa có bảng điểm nào được áp dụng. "
                "Hãy chọn bảng điểm cho kỳ này ở trang Quy tắc.",
                f"No scorecard is in use for {self.period.label}. Choose one for this period on the page Quy tắc.",
            )
        return cards

    @cached_property
    def people(self) -> frozenset[int]:
        """Everybody with a post in the agency in the period, and all whose grades its leaders read. Raises `Refused`
        where there is nobody."""
        structure = self._census
        found: set[str] = set()
        for period in {self.period, *self.period.months()}:
            everyone = structure.people(period, self.asked.until)
            own = [one for one in everyone if any(spell.agency == str(self.agency) for spell in one.spells)]
            below = structure.below(everyone, period.first)
            found |= {one.official for one in own} | {code for one in own for code in below(one)}
        if not found:
            raise Refused(
                f"Không ai giữ vị trí nào ở cơ quan này trong kỳ {self.period.label}, nên không có gì để chấm. "
                "Hãy kiểm tra quá trình công tác, hoặc chọn kỳ khác.",
                f"Nobody held a post in this agency in {self.period.label}, so there is nothing to score. "
                "Check where people worked, or choose another period.",
            )
        return frozenset(map(int, found))

    @property
    def is_large(self) -> bool:
        """Whether there are too many people to score them from their records in memory."""
        return len(self.people) > MOST_AT_ONCE

    @cached_property
    def without_work(self) -> Facts:
        """Posts, units, absences, marks, figures and decisions: all but records of work."""
        own = structure_about(self.people, seq=self.seq)
        said = said_about(own, self.people, None, seq=self.seq)
        labels = {self.period.label, *(month.label for month in self.period.months())}
        return replace(
            own,
            units=tuple(_named(own)),
            ratings=tuple(one for one in said.ratings if one.period in labels),
            reported=tuple(one for one in said.reported if one.period in labels),
            decisions=tuple(one for one in said.decisions if one.period in labels),
            sealed=tuple(self._settled()) if self._averages else (),
        )

    @cached_property
    def facts(self) -> Facts:
        """The same with every record of their work; without, where nothing that is asked looks at work."""
        if not any(looks_at_work(one.rulebook, one.card) for one in self.entries.values()):
            return self.without_work
        items = work.items_touching(self.people, self.seq)
        return replace(self.without_work, events=tuple(work.events_of(items, self.seq)))

    def evaluate(self) -> AgencyRun:
        """Everyone of `people` under every card, by the engine itself."""
        return evaluated(self)

    def _settled(self) -> Iterator[SealedMonth]:
        graded_in = {
            (month.label, int(one.official)): int(one.spell.agency)
            for month in self._over
            for one in self._census.people(month, self.asked.until)
        }
        return settled_months(self.agency, self.people, self._over, self.seq, graded_in)

    @property
    def _averages(self) -> bool:
        """Whether a card averages months. They are never scored here: what nobody sealed is a gap."""
        return any(entry.card.model.roll_up is not None for entry in self.entries.values())

    @property
    def _over(self) -> list[Period]:
        return [month for month in self.period.months() if month.end <= self.asked.as_of]

    @cached_property
    def _census(self) -> Structure:
        return Structure(structure_about(seq=self.seq), next(iter(self.entries.values())).calendar)


def extract_now(agency: int, period: Period, as_of: datetime) -> Extract:
    """What an agency's scores stand on as known now: of a longer period also the seals of its months."""
    seq, months = cut().seq, [one for one in period.months() if one != period]
    return Extract(agency, period, max(seq, last_sealed(months)) if months else seq, min(as_of, period.end))


@lru_cache(maxsize=4)
def evaluated(extract: Extract) -> AgencyRun:
    """The run of an extract; kept, as the same extract always gives the same."""
    named = [(entry.rulebook, entry.card.id) for entry in extract.entries.values()]
    calendars = {entry.rulebook.id: entry.calendar for entry in extract.entries.values()}
    return evaluate_agency(extract.facts, named, extract.asked, lambda book: calendars[book.id])


def _named(facts: Facts) -> Iterator[Unit]:
    """The units somebody worked in, and all above them at any time."""
    wanted = {place for spell in facts.spells for place in (spell.unit, spell.agency)}
    while above := {row.parent for row in facts.units if row.unit in wanted and row.parent} - wanted:
        wanted |= above
    return (row for row in facts.units if row.unit in wanted)
