"""Schemes of reward in sentences: what they pay, under which limits, on what basis, with their worked examples."""

from collections.abc import Iterator
from decimal import Decimal

from congtam.engine.explaining.manual.legal import basis_text, own_basis
from congtam.engine.explaining.manual.plain import figure, percent
from congtam.engine.explaining.rule_words import AMOUNTS, CODES
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.model import Sourced
from congtam.engine.rulebook.model.reward import ANY, ByGrade, FundRule, Reward, Spot

GRADES = {
    "excellent": ("hoàn thành xuất sắc", "excellent"),
    "good": ("hoàn thành tốt", "good"),
    "complete": ("hoàn thành", "complete"),
    "not_completed": ("không hoàn thành", "not completed"),
    ANY: ("mọi người", "everybody"),
}


def schemes_told(book: Rulebook, lang: str) -> list[tuple[str, list[str]]]:
    """Every scheme of a rulebook: its title and what it says, a sentence each."""
    return [(one.title.in_(lang), list(_sentences(book, one, lang))) for _, one in sorted(book.draft.rewards.items())]


def _sentences(book: Rulebook, reward: Reward, lang: str) -> Iterator[str]:
    if reward.fund:
        yield from _fund(reward.fund, lang)
    if reward.by_grade:
        yield from _by_grade(reward.by_grade, lang)
    if reward.spot:
        yield from _spot(reward.spot, lang)
    if reward.rounding:
        to, how = _money(reward.rounding.to, lang), CODES["how"][reward.rounding.how].in_(lang)
        yield _with(f"Rounded to {to}, {how}." if lang == "en" else f"Làm tròn đến {to}, {how}.", reward.rounding, lang)
    else:
        yield "Nothing is rounded." if lang == "en" else "Không làm tròn."
    for told in reward.examples:
        word = "Example" if lang == "en" else "Ví dụ"
        yield f"{word}: {told.title.in_(lang)}: {_money(told.base, lang)} → {_money(told.is_, lang)}."
    basis = reward.legal_basis or book.head.legal_basis
    yield f"{'Basis' if lang == 'en' else 'Căn cứ'}: {basis_text(basis, lang)}"


def _fund(fund: FundRule, lang: str) -> Iterator[str]:
    share, of, day = percent(fund.share, lang), AMOUNTS[fund.of].in_(lang), "/".join(reversed(fund.lost_on.split("-")))
    if lang == "en":
        yield f"The fund of a year is {share} of: {of}. What is not used by {day} of the next year is lost."
        yield _with(f"People are warned {fund.warn.days} days before.", fund.warn, lang)
        return
    yield f"Quỹ một năm bằng {share} {of}. Hết ngày {day} năm sau, phần chưa dùng bị mất."
    yield _with(f"Báo trước {fund.warn.days} ngày.", fund.warn, lang)


def _by_grade(scheme: ByGrade, lang: str) -> Iterator[str]:
    base, en = AMOUNTS[scheme.base].in_(lang), lang == "en"
    factors = "; ".join(f"{_grade(one, lang)} {figure(factor, lang)}" for one, factor in scheme.factors.items())
    yield f"Pays the base ({base}) times: {factors}." if en else f"Chi mức tính ({base}) nhân hệ số: {factors}."
    graded, paid = (CODES[key][getattr(scheme, key)].in_(lang) for key in ("graded", "paid"))
    yield f"Graded {graded}, paid {paid}." if en else f"Xếp loại {graded}, chi {paid}."
    if scheme.floors:
        floors = "; ".join(f"{_grade(one, lang)} {_money(floor, lang)}" for one, floor in scheme.floors.items())
        yield f"At least: {floors}." if en else f"Ít nhất: {floors}."
    if scheme.limit:
        times = figure(scheme.limit.times, lang)
        said = ("Cả danh sách không quá {} lần tổng mức tính.", "The whole list is at most {} times its bases.")[en]
        yield _with(said.format(times), scheme.limit, lang)
    if scheme.before:
        day = "/".join(reversed(scheme.before.split("-")))
        yield f"Paid before {day} of the next year." if en else f"Chi trước {day} năm sau."


def _spot(spot: Spot, lang: str) -> Iterator[str]:
    en, base = lang == "en", AMOUNTS[spot.base].in_(lang)
    criteria = ", ".join(one.title.in_(lang) for one in spot.criteria)
    most, how = figure(spot.points.most, lang), CODES["how"][spot.points.how].in_(lang)
    said = ("Chấm {}, mỗi tiêu chí đến {}; điểm: {}.", "Scored on {}, each to {}; points: {}.")[en]
    yield _with(said.format(criteria, most, how), spot.points, lang)
    bands = "; ".join(_band(band.from_, band.above, band.factor, lang) for band in spot.bands)
    yield f"Pays the {base} times: {bands}." if en else f"Chi {base} nhân: {bands}."
    share = percent(spot.staff_share, lang)
    yield (
        f"At most {spot.persons} people for an achievement and {share} of the staff in a year; "
        f"paid within {spot.paid_within} working days."
        if en
        else f"Không quá {spot.persons} người mỗi thành tích và {share} số người trong năm; "
        f"chi trong {spot.paid_within} ngày làm việc."
    )
    if spot.own_faults:
        kinds = ", ".join(CODES["kinds"][kind].in_(lang) for kind in spot.own_faults.kinds)
        said = (
            "Không thưởng người có lỗi còn bị tính trong năm: {}.",
            "Nobody with faults that count in the year: {}.",
        )[en]
        yield _with(said.format(kinds), spot.own_faults, lang)


def _band(from_: Decimal | None, above: Decimal | None, factor: Decimal, lang: str) -> str:
    word = ("from", "above") if lang == "en" else ("từ", "trên")
    bound = from_ if from_ is not None else above
    assert bound is not None
    return f"{word[from_ is None]} {figure(bound, lang)}: {figure(factor, lang)}"


def _grade(grade: str, lang: str) -> str:
    return GRADES[grade][lang == "en"] if grade in GRADES else grade


def _money(amount: Decimal, lang: str) -> str:
    text = f"{amount:,f}"
    return f"{text if lang == 'en' else text.translate(str.maketrans(',.', '.,'))} đồng"


def _with(said: str, block: Sourced, lang: str) -> str:
    """A sentence with the basis of what it says, where that is its own."""
    return f"{said} {own_basis(block, lang)}".strip()
