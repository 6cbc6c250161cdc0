"""The lines of a slip: one for each part that carries points, as the run gave it, and one for the grade before caps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from congtam.engine.rulebook.model import Text
from congtam.objections.models import GRADE, Slip
from congtam.scores.models import RunScore

GRADE_TITLE = Text(vi="Mức xếp loại (chưa xét giới hạn số lượng)", en="The grade (before limits on how many)")


@dataclass(frozen=True)
class Line:
    """One line: points in millionths (None while there is no figure), of its maximum; of the grade, which one."""

    id: str
    title: Text
    group: Text | None = None
    state: str = ""
    points: int | None = None
    maximum: int = 0
    grade: str | None = None
    by: str = ""

    @property
    def figures(self) -> tuple[object, ...]:
        """What makes two showings of it the same."""
        return (self.state, self.points, self.maximum, self.grade, self.by)


@dataclass(frozen=True)
class Change:
    """A line that another showing gave otherwise; None: it was not there."""

    before: Line | None
    after: Line | None

    @property
    def line(self) -> Line:
        """The line as it stands, else as it was."""
        found = self.after or self.before
        assert found is not None
        return found


def lines_of(row: RunScore) -> list[Line]:
    """The lines of what a run gave somebody, in the order of the scorecard, the grade last."""
    parts = [
        Line(
            part["id"],
            _text(part),
            _text(part["group"]) if part["group"] else None,
            part["state"],
            part["points"],
            part["maximum"],
        )
        for part in row.parts
    ]
    return [*parts, Line(GRADE, GRADE_TITLE, grade=row.grade, by=row.graded_by)]


def changes(before: RunScore | None, after: RunScore | None) -> list[Change]:
    """The lines in which two showings differ, in order."""
    was = {line.id: line for line in lines_of(before)} if before else {}
    now = {line.id: line for line in lines_of(after)} if after else {}
    return [
        Change(was.get(name), now.get(name))
        for name in dict.fromkeys([*now, *was])
        if name not in was or name not in now or was[name].figures != now[name].figures
    ]


def differs(before: RunScore | None, after: RunScore | None) -> bool:
    """Whether two showings differ in any line, or in the total or its bounds."""
    if before is None or after is None:
        return before is not after
    same = (before.card, before.lowest, before.highest) == (after.card, after.lowest, after.highest)
    return not same or bool(changes(before, after))


def rows_of(slips: Iterable[Slip]) -> Mapping[int, RunScore]:
    """What the run of each slip gave, by the number of the slip. One query."""
    those = list(slips)
    found = RunScore.objects.filter(
        run__in={one.run_id for one in those}, person__in={one.person_id for one in those}
    ).select_related("run")
    by = {(row.run_id, row.person_id): row for row in found}
    return {one.seq: by[one.run_id, one.person_id] for one in those}


def row_of(slip: Slip) -> RunScore:
    """What the run of a slip gave."""
    return rows_of([slip])[slip.seq]


def _text(told: Mapping[str, str]) -> Text:
    return Text(vi=told["vi"], en=told["en"])
