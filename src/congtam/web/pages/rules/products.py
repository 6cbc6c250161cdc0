"""Catalogues of products as pages tell them: what a rulebook lists on a day, and what a workbook would make of it."""

from dataclasses import dataclass, field
from datetime import date

from congtam.engine.explaining.words import CERTAINTIES
from congtam.engine.findings import Severity, Unusable
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.catalogue import Catalogue, Product
from congtam.engine.rulebook.load import ID
from congtam.engine.rulebook.model import Text
from congtam.files.catalogue_against import CHANGED, NEW, UNCHANGED, Row, lost, rows
from congtam.files.catalogue_columns import STATUSES, UNITS
from congtam.files.catalogue_mistakes import Mistake
from congtam.files.catalogue_sheet import read_catalogue
from congtam.files.guessing import plain
from congtam.web.waiting import Waiting
from congtam.web.words import finding, said

RESULTS = {
    NEW: Text(vi="thêm mới", en="new"),
    CHANGED: Text(vi="có sửa", en="changed"),
    UNCHANGED: Text(vi="không đổi", en="unchanged"),
}
STATUS_WORDS = {"in_force": "in force", "proposal": "proposal", "example": "example"}
UNIT_WORDS = {"hours": "hours", "working_days": "working days"}
LONGEST_NAME = 40


@dataclass(frozen=True)
class Told:
    """One product in the language of the page."""

    code: str
    title: str
    coefficient: str
    time: str
    basis: str
    first: date
    until: date | None


def listed(catalogue: Catalogue, day: date, lang: str) -> list[Told]:
    """The products of a catalogue that hold on a day, or later."""
    return [told(one, catalogue, lang) for one in catalogue.products if one.until is None or day < one.until]


def told(one: Product, catalogue: Catalogue, lang: str) -> Told:
    """A product with its figures as people of the language write them."""
    basis = catalogue.basis_of(one)
    where = f"{basis.act}, {basis.article}" if basis and basis.article else basis.act if basis else "–"
    sure = f" ({CERTAINTIES[basis.certainty].in_(lang)})" if basis else ""
    unit = one.standard_time and (UNIT_WORDS if lang == "en" else UNITS)[one.standard_time.unit]
    time = f"{_number(one.standard_time.amount, lang)} {unit}" if one.standard_time else "–"
    number = _number(one.coefficient, lang)
    return Told(one.code, one.title.in_(lang), number, time, where + sure, one.from_, one.until)


def _number(value: object, lang: str) -> str:
    text = f"{value:f}".rstrip("0").rstrip(".")
    return text if lang == "en" else text.replace(".", ",")


def status(catalogue: Catalogue, lang: str) -> str:
    """What the state of a catalogue is called."""
    return (STATUS_WORDS if lang == "en" else STATUSES)[catalogue.status]


@dataclass
class Report:
    """What a workbook would make of a catalogue. problems: what stands in the way; looks: what is worth a look.

    name: of the catalogue in the rulebook; catalogue: as read, None when it cannot be used.
    """

    name: str = ""
    catalogue: Catalogue | None = None
    rows: list[Row] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    looks: list[str] = field(default_factory=list)

    @property
    def changes(self) -> bool:
        """Whether there is anything to propose."""
        return any(row.result != UNCHANGED for row in self.rows)

    def counts(self) -> list[tuple[str, int]]:
        """How many rows there are of each result."""
        return [(said(text), sum(row.result == result for row in self.rows)) for result, text in RESULTS.items()]


def report(book: Rulebook, kept: Waiting) -> Report:
    """Read a workbook against the catalogue it was handed in for; nothing is written."""
    try:
        read = read_catalogue(kept.path)
    except Unusable as refusal:
        return Report(problems=[finding(one) for one in refusal.findings])
    wrong = [one for one in read.mistakes if one.severity is Severity.ERROR]
    looks = [_told(one) for one in read.mistakes if one.severity is not Severity.ERROR]
    made = Report(looks=[*looks, *(finding(one) for one in read.warnings)], problems=[_told(one) for one in wrong])
    if read.catalogue is None:
        return made
    held = book.draft.catalogues
    made.name = kept.said.get("name") or name_of(read.catalogue)
    before = held.get(made.name)
    if before is not None and not kept.said.get("name"):
        made.problems.append(said(_SAME_NAME))
        return made
    made.problems += [_told(one) for one in lost(before, read)] if before else []
    made.rows, made.catalogue = rows(before, read), read.catalogue
    return made


_SAME_NAME = Text(
    vi="Bộ quy tắc đã có danh mục mang tên này → nộp lại tệp và chọn danh mục ấy, hoặc đổi Tên danh mục trong tệp.",
    en="The rulebook has a catalogue of this title → hand the file in for that one, or give it another title.",
)


def name_of(catalogue: Catalogue) -> str:
    """What a new catalogue is called in the files of the rulebook, made from its title."""
    name = "_".join(plain(catalogue.title.vi).split())
    letters = "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter == "_"))
    short = letters[:LONGEST_NAME].strip("_")
    return short if ID.fullmatch(short) else f"danh_muc_{short}".rstrip("_")


def _told(one: Mistake) -> str:
    spot, what = said(one.spot), said(one.what)
    return f"{spot[:1].upper()}{spot[1:]}: {what} → {said(one.advice)}"
