"""What is wrong in the sheet of a catalogue, told at its cell in Vietnamese and in English."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from congtam.engine.findings import Finding, Place, Severity
from congtam.engine.rulebook.model import Text
from congtam.files.catalogue_cells import CellMistake


@dataclass(frozen=True)
class Mistake:
    """One thing wrong, or worth a look, at a cell or row of the sheet, in both languages."""

    code: str
    spot: Text
    what: Text
    advice: Text
    severity: Severity = Severity.ERROR

    def finding(self, file: str, lang: str) -> Finding:
        """The mistake as everything else tells what is wrong."""
        place = Place(f"{file}, {self.spot.in_(lang)}")
        return Finding(self.code, self.what.in_(lang), self.advice.in_(lang), place, self.severity)


def at_cell(cell: str, sheet: str | None = None) -> Text:
    """A cell as people see it, on the sheet of rows or on another."""
    if sheet is None:
        return Text(vi=f"ô {cell}", en=f"cell {cell}")
    return Text(vi=f"trang “{sheet}”, ô {cell}", en=f"sheet “{sheet}”, cell {cell}")


def at_row(number: int) -> Text:
    """A row as people see it."""
    return Text(vi=f"dòng {number}", en=f"row {number}")


def at_sheet(name: str) -> Text:
    """A sheet as a whole."""
    return Text(vi=f"trang “{name}”", en=f"sheet “{name}”")


@dataclass
class Mistakes:
    """Everything found so far, in the order of reading."""

    found: list[Mistake] = field(default_factory=list)

    def add(self, code: str, spot: Text, what: Text, advice: Text, severity: Severity = Severity.ERROR) -> None:
        """Tell one thing."""
        self.found.append(Mistake(code, spot, what, advice, severity))

    @property
    def refuse(self) -> bool:
        """Whether the sheet cannot be taken as it is."""
        return any(one.severity is Severity.ERROR for one in self.found)

    def cell(self, spot: Text, heading: str, read: Callable[[Any], Any], value: Any) -> Any:
        """The value of one cell, or None when it is told to be wrong."""
        try:
            return read(value)
        except CellMistake as wrong:
            what = Text(vi=f"{heading} {wrong.what.vi}", en=f"{heading} {wrong.what.en}")
            self.add(wrong.code, spot, what, wrong.advice)
            return None

    def uncomputed(self, spot: Text, heading: str) -> None:
        """A formula whose value was never saved would read as blank."""
        what = Text(vi=f"{heading} là công thức chưa có giá trị", en=f"{heading} is a formula without a value")
        advice = Text(
            vi="mở bằng Excel, sao chép rồi Dán đặc biệt – Giá trị, lưu lại",
            en="open it in Excel, paste it as a value, save again",
        )
        self.add("formula-without-value", spot, what, advice)
