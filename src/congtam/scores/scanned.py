"""Many people measured in one scan of folded work, instead of row by row: the same whole numbers, far sooner."""

from collections.abc import Collection, Mapping

from django.db import connection

from congtam.engine.measuring.sql.run import Source
from congtam.engine.measuring.sql.sight import Window
from congtam.engine.measuring.totals import Totals
from congtam.engine.scoring.asked import Asked
from congtam.engine.scoring.everyone import subject_of
from congtam.engine.scoring.full_run import Plans, Scans
from congtam.engine.scoring.rules import Rules
from congtam.engine.scoring.subject import SubjectScorer
from congtam.engine.structure import Person
from congtam.scores.snapshot import needed_by, source_of


class Scanned:
    """The totals of people by `codes`, for the rules of all their cards; `plans` keeps statements for later scans.
    `source`: their work, where it was read before; else it is read as it stands folded."""

    def __init__(self, codes: Collection[str], asked: Asked, plans: Plans, source: Source | None = None):
        self.codes, self._asked, self._plans, self._source = frozenset(codes), asked, plans, source
        self._scans: Scans | None = None

    def prepare(self, scorers: Mapping[str, SubjectScorer], people: Collection[Person]) -> None:
        """Read the work that the rules of these people look at."""
        ways = {(one.role, one.spell.staff_kind): one for one in people if one.official in self.codes}
        rules = [scorer.rules(subject_of(one)) for scorer in scorers.values() for one in ways.values()]
        window, threads = Window(self._asked.period, self._asked.as_of), None if self._source else 1
        self._scans = Scans(self._source or self._read(rules), window, threads, plans=self._plans)
        self._scans.expect(rules)

    def _read(self, rules: Collection[Rules]) -> Source:
        needed = needed_by(measure for one in rules for measure in one.over_rows.values())
        return source_of(self._asked.period, self._asked.as_of, needed, [int(code) for code in self.codes])

    def totals(self, rules: Rules) -> Totals:
        """The totals that hold all measures of the rules."""
        assert self._scans is not None, "prepared before anybody is scored"
        return self._scans.totals(rules)


def must_be_read(persons: Collection[int], asked: Asked) -> set[int]:
    """Officials of whom a scan would say too little: work of theirs moves with every minute, or waits to be folded."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH changing AS MATERIALIZED (
                SELECT item_id FROM work_standing WHERE moving UNION
                SELECT item_id FROM work_standing WHERE again_at <= %s)
            SELECT DISTINCT share.official_id FROM changing JOIN work_share share USING (item_id)
            WHERE share.official_id = ANY(%s)
            """,
            [asked.as_of, list(persons)],
        )
        return {person for (person,) in cursor.fetchall()}
