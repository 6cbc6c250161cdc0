"""What each paper shows, as plain values: whoever fills one reads the facts, this room only lays it out.

Points are whole millionths (as everywhere), money whole đồng, None is "not known" and never nought. Texts are taken as
they are: nothing in them is markup. A paper is dated by its header; what it holds never depends on the clock.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Header:
    """The head of a paper. `above`: the body above the agency (may be blank); `number`: number and symbol, blank and
    `day` None where the registrar has still to give them; `code`: by which the paper is found again
    (`keeping.new_code`), `address`: of the page where that is asked (`keeping.address_of`)."""

    above: str
    agency: str
    number: str
    place: str
    day: date | None
    code: str
    address: str


@dataclass(frozen=True)
class Signer:
    """Who signs: the lines above the signature, such as ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), and the name."""

    title: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class Result:
    """One line of a list of results."""

    name: str
    post: str
    unit: str
    points: int | None
    grade: str
    note: str = ""


@dataclass(frozen=True)
class Count:
    """How many got a grade."""

    grade: str
    people: int


@dataclass(frozen=True)
class ResultDecision:
    """The decision that recognises the results of a period. `period`: in words (tháng 10 năm 2026); `authority`: who
    decides (GIÁM ĐỐC SỞ NỘI VỤ); `bases`: each begins with Căn cứ or Theo; `articles`: without "Điều 1."."""

    header: Header
    abstract: str
    period: str
    authority: str
    bases: tuple[str, ...]
    articles: tuple[str, ...]
    counts: tuple[Count, ...]
    results: tuple[Result, ...]
    recipients: tuple[str, ...]
    signer: Signer


@dataclass(frozen=True)
class UnitResults:
    """The results of one unit."""

    header: Header
    unit: str
    period: str
    counts: tuple[Count, ...]
    results: tuple[Result, ...]
    recipients: tuple[str, ...]
    signer: Signer


@dataclass(frozen=True)
class Case:
    """One matter a meeting decided: about whom, what, who left for it, how the votes fell, and what came of it."""

    name: str
    matter: str
    left: tuple[str, ...]
    votes_for: int | None
    votes_against: int | None
    abstained: int | None
    outcome: str
    reason: str = ""


@dataclass(frozen=True)
class Minutes:
    """The minutes of a meeting. `present`, `absent`: name and office of each; `quorum`: how it was met, in words."""

    header: Header
    abstract: str
    began: datetime
    ended: datetime
    where: str
    chair: Signer
    secretary: Signer
    present: tuple[str, ...]
    absent: tuple[str, ...]
    quorum: str
    cases: tuple[Case, ...]
    conclusion: tuple[str, ...]
    recipients: tuple[str, ...]


@dataclass(frozen=True)
class SlipLine:
    """One criterion of a slip: `items` how many records it rests on (None: it rests on none), `data` what they said,
    `rater` what a named person said, `remark` what the official said of it. A `heading` opens a group."""

    criterion: str
    maximum: int | None
    points: int | None
    items: int | None = None
    data: str = ""
    rater: str = ""
    remark: str = ""
    heading: bool = False


@dataclass(frozen=True)
class Said:
    """What somebody said on a slip, when, and in which name."""

    who: str
    text: str
    at: datetime | None


@dataclass(frozen=True)
class Slip:
    """Phiếu đánh giá of one person. `rules`: the rulebook and its version; `grade` with `because`: the rule or decision
    behind it; `decided_by` signs for the body that decides."""

    header: Header
    name: str
    code: str
    post: str
    unit: str
    period: str
    rules: str
    lines: tuple[SlipLine, ...]
    total_maximum: int | None
    total: int | None
    grade: str
    because: str
    said: tuple[Said, ...]
    official: Signer
    decided_by: Signer


@dataclass(frozen=True)
class Bonus:
    """One line of a list of payments: base amount (đồng), factor as it is written (0,5), amount (đồng)."""

    name: str
    post: str
    unit: str
    grade: str
    base: int | None
    factor: str
    amount: int
    note: str = ""


@dataclass(frozen=True)
class BonusList:
    """The list of payments of a period. `scheme`: which rule of reward it follows; `fund_before`, `fund_after`: what
    the fund held before and after (đồng; None: not told here)."""

    header: Header
    abstract: str
    period: str
    scheme: str
    lines: tuple[Bonus, ...]
    fund_before: int | None
    fund_after: int | None
    maker: Signer
    accountant: Signer
    signer: Signer
    recipients: tuple[str, ...]


@dataclass(frozen=True)
class Month:
    """One period within a year: `counted` says whether the year holds it, and if not why. `where`: the agency that
    gave it, when it was another."""

    period: str
    points: int | None
    grade: str
    counted: str
    where: str = ""


@dataclass(frozen=True)
class YearForm:
    """The yearly form of one person: the periods it holds, their average, the grade, what was said."""

    header: Header
    name: str
    code: str
    post: str
    unit: str
    year: int
    rules: str
    months: tuple[Month, ...]
    average: int | None
    grade: str
    because: str
    said: tuple[Said, ...]
    official: Signer
    decided_by: Signer


@dataclass(frozen=True)
class Imprint:
    """What a workbook says of itself before its first row."""

    filters: str
    cut_off: datetime
    rules: str
    run: str
    exported_by: str
    exported_at: datetime


Paper = ResultDecision | UnitResults | Minutes | Slip | BonusList | YearForm
KINDS: dict[type, str] = {
    ResultDecision: "decision",
    UnitResults: "unit_results",
    Minutes: "minutes",
    Slip: "slip",
    BonusList: "bonus",
    YearForm: "year",
}


def kind_of(paper: Paper) -> str:
    """The kind of a paper in one word, as it is kept."""
    return KINDS[type(paper)]
