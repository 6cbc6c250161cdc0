"""What came of a prepare: counts that add up to the input, per file and over all, and what to look at."""

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from congtam.engine.findings import Finding

SHOWN = 10  # findings of one kind that are told one by one


@dataclass(frozen=True)
class Progress:
    """How far a prepare is: bytes as they lie on the disk (packed), data rows (traces or events of a log)."""

    file: str
    bytes_read: int
    bytes_total: int
    rows_read: int


@dataclass
class FileReport:
    """Counts of one file. A row is a data row of a CSV file; of a log, a trace, or an event if those are items."""

    file: str
    rows_read: int = 0
    rows_used: int = 0
    rows_set_aside: int = 0
    rows_left_out: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether every row that was read is accounted for."""
        return self.rows_read == self.rows_used + self.rows_set_aside + self.rows_left_out


@dataclass
class Report:
    """Counts over all files.

    set_aside, left_out, kept: how many rows for which reason; `kept` rows are used although they look wrong.
    rows_repaired: rows (among those read) that a mended set-aside file replaced.
    first_set_aside: the first rows set aside, with their place; all of them are in the set-aside file.
    warnings: what a person should look at, such as an attribute that never occurred.
    """

    recorded_at: datetime
    files: list[FileReport] = field(default_factory=list)
    items: int = 0
    events: int = 0
    rows_repaired: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    first_set_aside: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

    @property
    def rows_read(self) -> int:
        return sum(file.rows_read for file in self.files)

    @property
    def rows_used(self) -> int:
        return sum(file.rows_used for file in self.files)

    @property
    def rows_set_aside(self) -> int:
        return sum(file.rows_set_aside for file in self.files)

    @property
    def rows_left_out(self) -> int:
        return sum(file.rows_left_out for file in self.files)

    @property
    def adds_up(self) -> bool:
        """Whether read = used + set aside + left out, in every file and by every reason."""
        by_reason = (self.set_aside.total(), self.left_out.total())
        return by_reason == (self.rows_set_aside, self.rows_left_out) and all(f.adds_up for f in self.files)

    def as_json(self) -> str:
        """The counts as JSON, for `report.json`."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n"

    def as_dict(self) -> dict[str, Any]:
        """The counts in plain types, for programs."""
        totals: dict[str, Any] = {
            name: getattr(self, name)
            for name in ("rows_read", "rows_used", "rows_set_aside", "rows_left_out", "rows_repaired")
        }
        counts = {name: dict(sorted(getattr(self, name).items())) for name in ("set_aside", "left_out", "kept")}
        rest = {
            "recorded_at": self.recorded_at.isoformat(),
            "items": self.items,
            "events": self.events,
            "files": [asdict(file) for file in self.files],
            "warnings": [str(finding) for finding in self.warnings],
        }
        return {**totals, **counts, **rest}
