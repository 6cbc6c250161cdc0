"""The grades of those below, for leaders whose points or grade read them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from congtam.engine.scoring.grades import By, Graded
from congtam.scores.models import Live, RunScore

COLUMNS = ("person_id", "rulebook", "scorecard", "legal", "grade", "graded_by")
FEW = 500  # beyond it one reads the whole period: a list of so many numbers is slower


class LiveGrades:
    """Grades as they stand live in a period."""

    def __init__(self, period: str):
        self._period = period

    def under(self, card: str, codes: Iterable[str]) -> Mapping[str, Graded]:
        """By the same card, else by the legal one; those nobody scored are left out."""
        wanted = {int(code) for code in codes}
        rows = Live.objects.filter(period=self._period)
        if len(wanted) <= FEW:
            rows = rows.filter(person__in=wanted)
        return _read(rows, card, wanted)


class RunGrades:
    """Grades as full runs gave them at one instant and number."""

    def __init__(self, runs: Iterable[int]):
        self._runs = list(runs)

    def under(self, card: str, codes: Iterable[str]) -> Mapping[str, Graded]:
        """By the same card, else by the legal one; those nobody scored are left out."""
        wanted = {int(code) for code in codes}
        return _read(RunScore.objects.filter(run__in=self._runs), card, wanted)


class RecordGrades:
    """Grades scored anew from the records: `scored` gives columns of rows by card, and is asked once at most."""

    def __init__(self, scored: Callable[[], Mapping[str, Iterable[Mapping[str, Any]]]]):
        self._scored = cache(scored)

    def under(self, card: str, codes: Iterable[str]) -> Mapping[str, Graded]:
        """By the same card, else by the legal one; those nobody scored are left out."""
        rows = (tuple(row[name] for name in COLUMNS) for rows in self._scored().values() for row in rows)
        return _chosen(rows, card, {int(code) for code in codes})


class GradesSoFar:
    """Grades of people scored a moment ago, by `put`."""

    def __init__(self) -> None:
        self._rows: dict[int, list[tuple[Any, ...]]] = defaultdict(list)

    def put(self, row: Mapping[str, Any]) -> None:
        """Know the score whose columns these are."""
        self._rows[row["person_id"]].append(tuple(row[name] for name in COLUMNS))

    def under(self, card: str, codes: Iterable[str]) -> Mapping[str, Graded]:
        """By the same card, else by the legal one; those nobody scored are left out."""
        wanted = {int(code) for code in codes}
        return _chosen((row for person in wanted for row in self._rows.get(person, ())), card, wanted)


def _read(rows: Any, card: str, wanted: set[int]) -> dict[str, Graded]:
    return _chosen(rows.values_list(*COLUMNS), card, wanted) if wanted else {}


def _chosen(rows: Iterable[tuple[Any, ...]], card: str, wanted: set[int]) -> dict[str, Graded]:
    found: dict[str, dict[bool, Graded]] = defaultdict(dict)
    for person, rulebook, scorecard, legal, grade, by in rows:
        same = f"{rulebook}#{scorecard}" == card
        if person in wanted and (same or legal):
            found[str(person)][same] = Graded(grade, By(by))
    return {code: graded.get(True) or graded[False] for code, graded in found.items()}
