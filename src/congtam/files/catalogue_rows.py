"""One row of the sheet of a catalogue as a product, and what rows say together."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from congtam.engine.findings import Severity
from congtam.engine.rulebook.catalogue import (
    CatalogueBasis,
    CatalogueTitle,
    Product,
    StandardTime,
    alike,
    meetings,
    outside_guidance,
)
from congtam.engine.rulebook.model import Text
from congtam.files.catalogue_cells import is_blank, read_day, read_number, read_text, read_word
from congtam.files.catalogue_columns import COLUMNS, HEAD_SHEET, HEADINGS
from congtam.files.catalogue_mistakes import Mistakes, at_cell, at_row
from congtam.files.spreadsheets.survey import letters_of
from congtam.files.spreadsheets.workbook import Workbook


class Span(NamedTuple):
    """The days of one row, read even where another cell of it is wrong, so that overlaps are told with the rest."""

    row: int
    code: str
    from_: date
    until: date | None


class RowReader:
    """The rows of one sheet; `columns` are positions from 1 by key, `has_basis` whether all rows share one."""

    def __init__(self, book: Workbook, columns: dict[str, int], mistakes: Mistakes, has_basis: bool):
        self.book, self.columns, self.mistakes, self.has_basis = book, columns, mistakes, has_basis
        self.spans: list[Span] = []

    def product(self, number: int, cells: list[Any]) -> Product | None:
        """The product on a row; None for a blank row, and for one that is told to be wrong."""
        values = {key: cells[at - 1] if at <= len(cells) else "" for key, at in self.columns.items()}
        uncomputed = [key for key, at in self.columns.items() if (number, at) in self.book.survey.unvalued]
        filled = [key for key in values if not is_blank(values[key])]
        if len(filled) < 2 and not uncomputed:
            if filled:
                self._stray(number, filled[0], values[filled[0]])
            return None
        before = len(self.mistakes.found)
        for key in uncomputed:
            self.mistakes.uncomputed(self._at(key, number), HEADINGS[key])
        read = {key: self._value(key, number, value) for key, value in values.items() if key not in uncomputed}
        for column in COLUMNS:
            if column.required and column.key in read and is_blank(values[column.key]):
                what = Text(vi=f"{column.heading} để trống", en=f"{column.heading} is blank")
                advice = Text(vi=f"điền {column.help}", en="fill it in")
                self.mistakes.add("blank", self._at(column.key, number), what, advice)
        self._pairs(number, values)
        self._span(number, values, read)
        complete = all(read.get(column.key) is not None for column in COLUMNS if column.required)
        if not complete or len(self.mistakes.found) > before:
            return None
        made = _made(read)
        self._unusual(number, made)
        return made

    def _span(self, number: int, values: dict[str, Any], read: dict[str, Any]) -> None:
        """The days of the row, kept to be held against those of other rows of its code."""
        code, first, until = read.get("code"), read.get("from"), read.get("until")
        if first and until and until <= first:
            what = Text(
                vi=f"Đến trước ngày {until:%d/%m/%Y} không sau Từ ngày {first:%d/%m/%Y}",
                en=f"it ends on {until:%d/%m/%Y}, not after its first day {first:%d/%m/%Y}",
            )
            advice = Text(
                vi="ghi ngày đầu tiên không còn áp dụng, hoặc để trống",
                en="write the first day on which it no longer holds, or leave it blank",
            )
            self.mistakes.add("empty-span", self._at("until", number), what, advice)
            return
        endless = is_blank(values.get("until")) and ("until" in read or "until" not in self.columns)
        if code and first and (until or endless):
            self.spans.append(Span(number, code, first, until))

    def _unusual(self, number: int, product: Product) -> None:
        if outside_guidance(product):
            k = f"{product.coefficient:f}"
            what = Text(
                vi=f"K = {k.replace('.', ',')} nằm ngoài 0,8–2,0 (hướng dẫn của địa phương, không phải luật)",
                en=f"K = {k} lies outside 0.8 to 2.0 (local guidance, no law)",
            )
            advice = Text(vi="xem lại có đúng ý không; vẫn được nhận", en="look whether it is meant; it is taken")
            spot = self._at("coefficient", number)
            self.mistakes.add("coefficient-outside-guidance", spot, what, advice, Severity.WARNING)

    def _stray(self, number: int, key: str, value: Any) -> None:
        """A row with a single cell is a note or a signature, or a row somebody left half done."""
        what = Text(
            vi=f"cả dòng chỉ có “{value}”: không phải một dòng sản phẩm",
            en=f"the row holds “{value}” alone: it is no product",
        )
        advice = Text(vi="xóa dòng ấy, hoặc điền đủ các cột", en="delete the row, or fill in the columns")
        self.mistakes.add("not-a-row", self._at(key, number), what, advice)

    def _at(self, key: str, number: int) -> Text:
        return at_cell(f"{letters_of(self.columns[key])}{number}") if key in self.columns else at_row(number)

    def _value(self, key: str, number: int, value: Any) -> Any:
        if is_blank(value):
            return None
        readers: dict[str, Callable[[Any], Any]] = {
            "coefficient": read_number,
            "amount": read_number,
            "from": lambda day: read_day(day, self.book.first_1904),
            "until": lambda day: read_day(day, self.book.first_1904),
            "unit": lambda word: read_word("unit", word),
            "certainty": lambda word: read_word("certainty", word),
        }
        spot = self._at(key, number)
        error = self.book.survey.errors.get((number, self.columns[key]))
        if error:
            what = Text(vi=f"{HEADINGS[key]} báo lỗi {error}", en=f"{HEADINGS[key]} shows the error {error}")
            self.mistakes.add(
                "error-cell", spot, what, Text(vi="sửa công thức, lưu lại", en="mend the formula, save again")
            )
            return None
        return self.mistakes.cell(spot, HEADINGS[key], readers.get(key, read_text), value)

    def _pairs(self, number: int, values: dict[str, Any]) -> None:
        """Fields that mean something only together, and the basis every coefficient needs."""

        def there(key: str) -> bool:
            return not is_blank(values.get(key))

        if there("amount") != there("unit"):
            lacking = "unit" if there("amount") else "amount"
            what = Text(vi=f"{HEADINGS[lacking]} để trống", en=f"{HEADINGS[lacking]} is blank")
            advice = Text(vi="ghi cả thời gian và đơn vị, hoặc bỏ trống cả hai", en="fill in both, or neither")
            self.mistakes.add("half-a-time", self._at(lacking, number), what, advice)
        basis = {key: there(key) for key in ("act", "certainty", "article")}
        if basis["act"] != basis["certainty"] or (basis["article"] and not basis["act"]):
            lacking = "certainty" if basis["act"] else "act"
            what = Text(vi=f"{HEADINGS[lacking]} để trống", en=f"{HEADINGS[lacking]} is blank")
            advice = Text(
                vi="căn cứ riêng của dòng cần cả văn bản và mức độ chắc chắn; bỏ trống cả ba để theo căn cứ chung",
                en="a basis of its own needs the act and how sure it is; blank takes the common one",
            )
            self.mistakes.add("half-a-basis", self._at(lacking, number), what, advice)
        elif not any(basis.values()) and not self.has_basis:
            what = Text(vi="hệ số không có căn cứ", en="the coefficient has no legal basis")
            advice = Text(
                vi=f"ghi Căn cứ ở dòng này, hoặc Căn cứ chung ở trang “{HEAD_SHEET}”",
                en=f"write it on this row, or for all on the sheet “{HEAD_SHEET}”",
            )
            self.mistakes.add("number-without-basis", self._at("act", number), what, advice)

    def together(self) -> None:
        """What rows say beside each other."""
        for first, second in alike(self.spans):
            known, another = self.spans[first], self.spans[second]
            what = Text(
                vi=f"mã {another.code} khác mã {known.code} (dòng {known.row}) ở chữ hoa, chữ thường: là hai mã",
                en=f"{another.code} differs from {known.code} (row {known.row}) in capitals: these are two codes",
            )
            advice = Text(vi="viết giống nhau nếu là một sản phẩm", en="write both alike if one product is meant")
            self.mistakes.add("codes-alike", at_row(another.row), what, advice, Severity.WARNING)
        for one in meetings(self.spans):
            earlier, later = self.spans[one.earlier], self.spans[one.later]
            begin, end = f"{later.from_:%d/%m/%Y}", f"{earlier.until:%d/%m/%Y}" if earlier.until else ""
            spot, other = at_row(later.row), earlier.row
            if one.overlap:
                what = Text(
                    vi=f"mã {later.code} trùng thời gian áp dụng với dòng {other}",
                    en=f"the code {later.code} holds on the same days as in row {other}",
                )
                advice = Text(
                    vi=f"giữ dòng cũ và ghi Đến trước ngày {begin} cho nó; hoặc dùng mã khác",
                    en=f"keep the older row and end it before {begin}, or take another code",
                )
                self.mistakes.add("overlapping-products", spot, what, advice)
            else:
                what = Text(
                    vi=f"mã {later.code} không có hệ số từ {end} đến trước {begin}",
                    en=f"{later.code} has no coefficient from {end} to before {begin}",
                )
                advice = Text(
                    vi=f"Đến trước ngày (dòng {other}) là ngày đầu tiên KHÔNG còn áp dụng; sửa nếu không cố ý để trống",
                    en=f"row {other} ends on the first day it no longer holds; mend it unless the gap is meant",
                )
                self.mistakes.add("gap-between-products", spot, what, advice, Severity.WARNING)


def _made(read: dict[str, Any]) -> Product:
    amount, unit = read.get("amount"), read.get("unit")
    return Product(
        code=read["code"],
        title=CatalogueTitle(vi=read["title"], en=read.get("title_en")),
        coefficient=read["coefficient"],
        standard_time=StandardTime(amount=amount, unit=unit) if amount is not None and unit else None,
        legal_basis=basis_of(read),
        until=read.get("until"),
        **{"from": read["from"]},
    )


def basis_of(read: dict[str, Any]) -> CatalogueBasis | None:
    if read.get("act") is None or read.get("certainty") is None:
        return None
    return CatalogueBasis(act=read["act"], article=read.get("article"), certainty=read["certainty"])
