"""Rows of files as records: what the files' reader drafted, in the words of the intake."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Mapping_
from typing import Any

from congtam.files.drafting import Drafted
from congtam.files.items import Draft
from congtam.files.mapping import Level, Mapping
from congtam.files.mapping_file import CALLED
from congtam.files.records import BadRow, Record, RowPlace
from congtam.intake.telling import Told, Unread
from congtam.intake.translating import vietnamese

ROWS = "rows"  # the cells of an item that several rows make together, by row


def as_told(found: Iterable[Drafted | BadRow], mapping: Mapping) -> Iterator[Told | Unread]:
    """Records, and rows that could not be read, in order."""
    together = mapping.item is Level.CASE and mapping.source.is_table
    for one in found:
        yield unread(one) if isinstance(one, BadRow) else told(*one, together)


def told(record: Record, draft: Draft, together: bool = False) -> Told:
    """The record of a draft. Files know no versions: what differs from before is the next one."""
    cells = _together(record) if together else record.cells()
    title, symbol, phone = (draft.called.get(name, "") for name in CALLED) if draft.called else ("", "", "")
    events, place = tuple(draft.happenings), record.place.source
    return Told(draft.item, events=events, title=title, symbol=symbol, phone=phone, place=place, cells=cells)


def _together(record: Record) -> dict[str, Any]:
    return {ROWS: {place.row: cells for place, cells in record.parts()}}


def unread(row: BadRow) -> Unread:
    """A row set aside, told in Vietnamese: each of its faults on a line."""
    said = [(vietnamese(one.message), vietnamese(one.advice)) for one in row.reason.all]
    message, advice = ("\n".join(dict.fromkeys(texts)) for texts in zip(*said, strict=True))
    return Unread(row.place.source, row.reason.code, message, advice, row.cells)


def place_of(source: str) -> RowPlace:
    """The row that a place names."""
    file, _, row = source.rpartition("#")
    return RowPlace(file, row.removeprefix("row="))


def repairs_of(place: str, cells: Mapping_[str, Any]) -> dict[RowPlace, dict[str, Any]]:
    """The cells of a row set aside, or of a record, by the rows of the file they stand in."""
    own = place_of(place)
    if set(cells) == {ROWS}:
        return {RowPlace(own.file, row): dict(there) for row, there in cells[ROWS].items()}
    return {own: dict(cells)}
