"""A catalogue of products: how much one product of a code weighs against the standard product, and from when.

Decree 335/2025 Art 13: work is counted converted to a standard product by a coefficient K; the list and K are set by
the competent body. K between 0.8 and 2.0 stands in local guidance only: outside it is told, never refused.
A product that changes keeps its old row and gets a new one: rows are dated, half-open, and never overlap.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, Literal, NamedTuple, Protocol

import yaml
from pydantic import BeforeValidator, Field, model_validator

from congtam.engine.facts.priced import Price, Prices
from congtam.engine.findings import Finding, Place, Severity
from congtam.engine.rulebook.model import Block, Certainty, Day
from congtam.engine.rulebook.yaml_source import KeyPath

GUIDANCE = (Decimal("0.8"), Decimal("2.0"))  # Nghệ An guidance, reported; no law
LONGEST = 1000
MOST = Decimal(1_000_000)
EARLIEST, LATEST = date(1945, 9, 2), date(2200, 1, 1)  # a year typed where a day belongs lands in 1905


def words(value: Any) -> Any:
    """A text as it is kept: composed letters, single spaces, no invisible characters. Raises ValueError when it is
    empty, too long, or holds a character that no file can carry."""
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a text; put it in quotes")
    visible = "".join(letter for letter in value if unicodedata.category(letter) != "Cf")
    text = " ".join(unicodedata.normalize("NFC", visible).split())
    if not text:
        raise ValueError("the text is empty")
    if len(text) > LONGEST or not text.isprintable():
        raise ValueError(f"a text has at most {LONGEST} characters, all of them printable")
    return text


def _positive(value: Decimal) -> Decimal:
    if not 0 < value <= MOST:
        raise ValueError(f"{value} is not above 0 (and at most {MOST})")
    if value != value.quantize(Decimal("0.01")):
        raise ValueError(f"{value} has more than 2 decimal places")
    return value.quantize(Decimal("0.01"))


Words = Annotated[str, BeforeValidator(words)]
Hundredths = Annotated[Decimal, BeforeValidator(lambda value: _positive(_number(value)))]
TimeUnit = Literal["hours", "working_days"]
Status = Literal["in_force", "proposal", "example"]


def _number(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise ValueError("a number is written like 12 or 0.25")
    try:
        number = Decimal(value)
    except ArithmeticError:
        raise ValueError(f"{value!r} is not a number; write it like 12 or 0.25") from None
    if not number.is_finite():
        raise ValueError("a number is written like 12 or 0.25")
    return number


class CatalogueTitle(Block):
    """What a catalogue or product is called; English may be left out."""

    vi: Words
    en: Words | None = None

    def in_(self, lang: str) -> str:
        return self.en if lang == "en" and self.en else self.vi


class CatalogueBasis(Block):
    """The text that sets a coefficient, and how sure that is."""

    act: Words
    article: Words | None = None
    certainty: Certainty


class StandardTime(Block):
    """How long one product of the code takes as a rule, in working hours or working days."""

    amount: Hundredths
    unit: TimeUnit


class Product(Block):
    """One row: a product or task of a code and its coefficient K, from `from_` to before `until` (None: until further
    notice). Without a legal basis of its own it has the catalogue's."""

    code: Words
    title: CatalogueTitle
    coefficient: Hundredths
    standard_time: StandardTime | None = None
    legal_basis: CatalogueBasis | None = None
    from_: Day = Field(alias="from")
    until: Day | None = None

    @model_validator(mode="after")
    def _a_span(self) -> "Product":
        for day in (self.from_, self.until or self.from_):
            if not EARLIEST <= day <= LATEST:
                raise ValueError(f"{day} is no day on which a product could hold")
        if self.until is not None and self.until <= self.from_:
            raise ValueError(f"until {self.until} is not after from {self.from_}; it is the first day no longer in it")
        return self

    @property
    def hundredths(self) -> int:
        """The coefficient as the engine counts it."""
        return int(self.coefficient * 100)

    def holds_on(self, day: date) -> bool:
        return self.from_ <= day and (self.until is None or day < self.until)


class Catalogue(Block):
    """The products one body has listed, superseded rows included."""

    title: CatalogueTitle
    issuer: Words
    status: Status = "in_force"
    notice: CatalogueTitle | None = None
    legal_basis: CatalogueBasis | None = None
    products: tuple[Product, ...] = Field(min_length=1)

    def basis_of(self, product: Product) -> CatalogueBasis | None:
        return product.legal_basis or self.legal_basis


class Listed(NamedTuple):
    """A product found in a catalogue: `catalogue` is the id (the name of its file)."""

    catalogue: str
    product: Product


@dataclass(frozen=True)
class Catalogues:
    """All catalogues of a rulebook, asked by code and day."""

    by_id: Mapping[str, Catalogue]
    by_code: Mapping[str, tuple[Listed, ...]]

    @classmethod
    def of(cls, by_id: Mapping[str, Catalogue]) -> "Catalogues":
        """The catalogues with their products by code."""
        by_code: dict[str, list[Listed]] = defaultdict(list)
        for name, catalogue in by_id.items():
            for product in catalogue.products:
                by_code[product.code].append(Listed(name, product))
        return cls(by_id, {code: tuple(rows) for code, rows in by_code.items()})

    def __bool__(self) -> bool:
        return bool(self.by_id)

    def prices(self, by_law: bool) -> Prices:
        """The coefficients as the fold of work asks for them. Under a rulebook that is law (`by_law`), only catalogues
        in force have any; elsewhere all have, and each that is not in force is told."""
        asked = Catalogues.of({k: one for k, one in self.by_id.items() if not by_law or one.status == "in_force"})
        told = [_not_in_force(name, one, by_law) for name, one in self.by_id.items() if one.status != "in_force"]

        def find(code: str, day: date) -> Price | None:
            row = asked.listed(code, day)
            return Price(row.product.hundredths, row.catalogue) if row else None

        return Prices(find, asked.by_code.keys(), tuple(told))

    def listed(self, code: str, day: date) -> Listed | None:
        """The row of a code that holds on a day."""
        return next((row for row in self.by_code.get(code, ()) if row.product.holds_on(day)), None)


def _not_in_force(name: str, catalogue: Catalogue, by_law: bool) -> Finding:
    what = {"proposal": "a proposal (dự thảo)", "example": "an example (ví dụ minh họa)"}[catalogue.status]
    effect = "nothing is weighed by it" if by_law else "what is weighed by it is no result by law"
    notice = f": {catalogue.notice.vi}" if catalogue.notice else ""
    return Finding(
        "catalogue-not-in-force",
        f"the catalogue “{catalogue.title.vi}” is {what}; {effect}{notice}",
        "once the competent body has issued it, write status: in_force",
        Place(f"catalogues/{name}.yaml"),
        Severity.WARNING,
    )


class Meeting(NamedTuple):
    """Two rows (by position) of one code: `later` begins before, on or after the day `earlier` ends."""

    earlier: int
    later: int
    overlap: bool
    gap_days: int


class Dated(Protocol):
    """A code from one day to before another."""

    @property
    def code(self) -> str: ...

    @property
    def from_(self) -> date: ...

    @property
    def until(self) -> date | None: ...


def meetings(products: Iterable[Dated]) -> Iterator[Meeting]:
    """Each row of a code beside those before it that it overlaps, and beside its predecessor when days lie between."""
    by_code: dict[str, list[tuple[int, Dated]]] = defaultdict(list)
    for index, product in enumerate(products):
        by_code[product.code].append((index, product))
    for rows in by_code.values():
        rows.sort(key=lambda row: (row[1].from_, row[0]))
        reach: tuple[int, Dated] | None = None  # the row that reaches furthest so far
        for index, product in rows:
            if reach is not None and (reach[1].until is None or product.from_ < reach[1].until):
                yield Meeting(reach[0], index, True, 0)
            if reach is None or (reach[1].until is not None and (product.until or date.max) > reach[1].until):
                reach = (index, product)
        for (one, earlier), (other, later) in pairwise(rows):
            if earlier.until is not None and later.from_ > earlier.until:
                yield Meeting(one, other, False, (later.from_ - earlier.until).days)


def alike(products: Iterable[Dated]) -> Iterator[tuple[int, int]]:
    """Rows (by position) whose codes differ in capital letters only: (the first of one code, the first of another)."""
    first: dict[str, dict[str, int]] = defaultdict(dict)
    for index, product in enumerate(products):
        first[product.code.casefold()].setdefault(product.code, index)
    for codes in first.values():
        earliest, *others = codes.values()
        yield from ((earliest, other) for other in others)


def outside_guidance(product: Product) -> bool:
    """Whether K lies outside what local guidance names; worth a look, never wrong."""
    return not GUIDANCE[0] <= product.coefficient <= GUIDANCE[1]


def catalogue_findings(catalogue: Catalogue, place: Callable[[KeyPath], Place]) -> list[Finding]:
    """What is wrong, or worth a look, in one catalogue; `place` tells where a path stands in its file."""
    found = []
    for index, product in enumerate(catalogue.products):
        here = place(("products", index))
        if catalogue.basis_of(product) is None:
            message = f"{product.code}: the coefficient has no legal basis"
            found.append(Finding("number-without-basis", message, "state legal_basis here or on the file", here))
        if outside_guidance(product):
            message = f"{product.code}: K = {product.coefficient} lies outside 0.8 to 2.0, the range of local guidance"
            advice = "no law sets that range; look whether the figure is meant"
            found.append(Finding("coefficient-outside-guidance", message, advice, here, Severity.WARNING))
    for first, other in alike(catalogue.products):
        message = f"{catalogue.products[other].code} and {catalogue.products[first].code} are two codes"
        advice = "they differ in capital letters only; write both alike if one product is meant"
        found.append(Finding("codes-alike", message, advice, place(("products", other)), Severity.WARNING))
    for one in meetings(catalogue.products):
        earlier, later = catalogue.products[one.earlier], catalogue.products[one.later]
        here = place(("products", one.later))
        if one.overlap:
            message = f"{later.code} from {later.from_} overlaps the row from {earlier.from_}"
            found.append(Finding("overlapping-products", message, "end the earlier row with `until`", here))
        else:
            message = f"{later.code} has no coefficient from {earlier.until} to before {later.from_}"
            advice = "`until` is the first day no longer in it; close the gap unless it is meant"
            found.append(Finding("gap-between-products", message, advice, here, Severity.WARNING))
    return found


def clashes(by_id: Mapping[str, Catalogue]) -> Iterator[tuple[Listed, Listed]]:
    """Rows of one code and day in two catalogues: nobody could say which coefficient holds."""
    for rows in Catalogues.of(by_id).by_code.values():
        for earlier, later in pairwise(sorted(rows, key=lambda row: row.product.from_)):
            meet = earlier.product.until is None or later.product.from_ < earlier.product.until
            if meet and earlier.catalogue != later.catalogue:
                yield earlier, later


def catalogue_yaml(catalogue: Catalogue) -> str:
    """A catalogue as the text of its file; read back, it is the same catalogue."""
    plain = _plain(catalogue.model_dump(by_alias=True, exclude_none=True))
    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=120, default_flow_style=False)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return str(value) if isinstance(value, Certainty) else value


__all__ = [
    "Catalogue",
    "CatalogueBasis",
    "CatalogueTitle",
    "Catalogues",
    "Listed",
    "Product",
    "StandardTime",
    "alike",
    "catalogue_findings",
    "catalogue_yaml",
    "clashes",
    "meetings",
    "outside_guidance",
    "words",
]
