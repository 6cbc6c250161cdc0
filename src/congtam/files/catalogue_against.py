"""A catalogue that was read beside the one that holds: what becomes of each row, and what of the past would be lost."""

from collections.abc import Iterator
from typing import NamedTuple

from congtam.engine.rulebook.catalogue import Catalogue, Product
from congtam.engine.rulebook.model import Text
from congtam.files.catalogue_columns import ROWS_SHEET
from congtam.files.catalogue_mistakes import Mistake, at_row, at_sheet
from congtam.files.catalogue_sheet import Reading

NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"


class Row(NamedTuple):
    """One product as it was read. number: the row of the sheet. result: new, changed or unchanged."""

    number: int
    product: Product
    result: str


def rows(before: Catalogue | None, read: Reading) -> list[Row]:
    """What becomes of every row that was read."""
    held = {(one.code, one.from_): one for one in before.products} if before else {}
    found = read.catalogue.products if read.catalogue else ()
    return [
        Row(number, one, _result(held.get((one.code, one.from_)), one))
        for number, one in zip(read.rows, found, strict=True)
    ]


def _result(held: Product | None, now: Product) -> str:
    if held is None:
        return NEW
    return UNCHANGED if held == now else CHANGED


def lost(before: Catalogue, read: Reading) -> Iterator[Mistake]:
    """Rows that the workbook would drop, give another coefficient, or, once closed, another end: the past stays. A row
    without an end may get one, and a new row stands on days that no row had."""
    found = read.catalogue.products if read.catalogue else ()
    kept = {(one.code, one.from_): (number, one) for number, one in zip(read.rows, found, strict=True)}
    for row in before.products:
        number, now = kept.get((row.code, row.from_), (None, None))
        if what := _lost(row, now):
            spot = at_row(number) if number is not None else at_sheet(ROWS_SHEET)
            day = f"{row.from_:%d/%m/%Y}"
            told = Text(vi=f"mã {row.code} từ {day} {what.vi}", en=f"{row.code} from {day} {what.en}")
            yield Mistake("row-lost", spot, told, KEEP)


KEEP = Text(
    vi="giữ dòng cũ và ghi Đến trước ngày, thêm dòng mới; nếu dòng cũ chưa từng áp dụng thì ghi thành danh mục khác",
    en="keep the row and end it, add a new row; or make another catalogue if it never held",
)


def _lost(row: Product, now: Product | None) -> Text | None:
    if now is None:
        return Text(vi="không còn", en="is gone")
    if now.coefficient != row.coefficient:
        k = f"{row.coefficient.normalize():f}".replace(".", ",")
        return Text(
            vi=f"đổi hệ số (trước đây {k})",
            en=f"has another coefficient ({row.coefficient} before)",
        )
    if row.until is not None and now.until != row.until:
        day = f"{row.until:%d/%m/%Y}"
        return Text(
            vi=f"đã ghi Đến trước ngày {day}, nay đổi ngày ấy",
            en=f"was closed before {day} and has another end",
        )
    return None
