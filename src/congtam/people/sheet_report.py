"""What a workbook of people said, row by row, and what becomes of each row: told so that its author can mend it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from congtam.engine.rulebook.model import Text
from congtam.people.sheet_columns import SHEETS, TITLES

NEW, CHANGED, UNCHANGED, EXAMPLE, REFUSED = "new", "changed", "unchanged", "example", "refused"
RESULTS = {
    NEW: Text(vi="thêm mới", en="new"),
    CHANGED: Text(vi="đính chính", en="corrected"),
    UNCHANGED: Text(vi="không đổi", en="unchanged"),
    EXAMPLE: Text(vi="dòng ví dụ, không đọc", en="example, not read"),
    REFUSED: Text(vi="chưa dùng được", en="refused"),
}


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a row: what and why, and what to do."""

    what: Text
    advice: Text


@dataclass
class Row:
    """One row of a sheet: its values by column, read; what is wrong with it; and what becomes of it.

    number: the row as the spreadsheet counts it. result: one of `RESULTS`, empty until it is known.
    """

    sheet: str
    number: int
    values: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    result: str = ""

    @property
    def place(self) -> Text:
        """Where the row stands, as people see it."""
        title = TITLES[self.sheet]
        return Text(vi=f"trang “{title}”, dòng {self.number}", en=f"sheet “{title}”, row {self.number}")

    @property
    def named(self) -> str:
        """What the row is about, in a few words."""
        values = self.values
        said = values.get("name") or values.get("full_name") or values.get("title") or values.get("post")
        code = values.get("code") or values.get("person") or ""
        return f"{code} · {said}" if said and code else str(said or code)

    def refuse(self, what: Text, advice: Text) -> None:
        """Say that the row cannot be used."""
        self.problems.append(Problem(what, advice))
        self.result = REFUSED


@dataclass
class Report:
    """All rows of a workbook, in the order in which they are applied, and what is wrong with the workbook itself."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether anything stands in the way: then no row is applied."""
        return bool(self.problems) or any(row.result == REFUSED for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each result."""
        return dict(Counter(row.result for row in self.rows))

    def of(self, sheet: str) -> list[Row]:
        """The rows of one sheet."""
        return [row for row in self.rows if row.sheet == sheet]

    def lines(self, lang: str = "vi") -> list[str]:
        """The report as lines of text: totals first, then every row that is refused, with why and what to do."""
        told = [f"{TITLES[sheet.key]}: {_counted(self.of(sheet.key), lang)}" for sheet in SHEETS if self.of(sheet.key)]
        told += [f"{one.what.in_(lang)} → {one.advice.in_(lang)}" for one in self.problems]
        for row in self.rows:
            told += [f"{row.place.in_(lang)}: {one.what.in_(lang)} → {one.advice.in_(lang)}" for one in row.problems]
        return told


def _counted(rows: Iterable[Row], lang: str) -> str:
    found = Counter(row.result for row in rows)
    return ", ".join(f"{found[result]} {text.in_(lang)}" for result, text in RESULTS.items() if found[result])
