"""Products with coefficients: what a catalogue is refused for, and what items that cite it weigh."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import TINY, change

import congtam
from congtam.engine.calendars import load_calendar
from congtam.engine.explaining.sentences import explain
from congtam.engine.facts.priced import Price, Prices, priced
from congtam.engine.facts.tables import Facts
from congtam.engine.facts.work import Item, Work
from congtam.engine.findings import Finding, Unusable, errors
from congtam.engine.periods import Period
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.catalogue import Catalogue, meetings
from congtam.engine.rulebook.checks import check
from congtam.engine.rulebook.digest import meaning_digest, wording_digest
from congtam.engine.rulebook.load import Library
from congtam.engine.scoring.run import Asked, Run, evaluate
from congtam.engine.stories import Example, story_facts
from congtam.engine.trace import trace

SHIPPED = Path(congtam.__file__).parent / "rulebooks"
CALENDAR = load_calendar(SHIPPED / "vn/national/calendar/calendar.yaml").as_known()
MONTH = Period.parse("2026-09")
LIST = """\
title: {vi: Danh mục của Sở, en: The department's list}
issuer: Sở
legal_basis: {act: Quyết định 7, article: Phụ lục I, certainty: verified}
products:
  - {code: TT, title: {vi: Tờ trình}, coefficient: 1.5, from: 2026-01-01, until: 2026-09-01}
  - {code: TT, title: {vi: Tờ trình}, coefficient: 2, from: 2026-09-01}
  - {code: CV, title: {vi: Công văn}, coefficient: 0.8, standard_time: {amount: 4, unit: hours}, from: 2026-01-01}
"""


def book(root: Path, text: str = LIST, **more: str) -> Rulebook:
    """The tiny rulebook with catalogues."""
    folder = copytree(TINY, root / "tiny", dirs_exist_ok=True)
    (folder / "catalogues").mkdir(exist_ok=True)
    for name, one in {"so": text, **more}.items():
        (folder / "catalogues" / f"{name}.yaml").write_text(one, encoding="utf-8")
    return load_rulebook(Library(root), "tiny")


def told(root: Path, old: str, new: str, **more: str) -> list[Finding]:
    assert LIST.count(old) == 1
    try:
        return check(book(root, LIST.replace(old, new), **more))
    except Unusable as refusal:
        return list(refusal.findings)


def test_a_rulebook_holds_catalogues(tmp_path: Path) -> None:
    made = book(tmp_path)
    assert check(made) == []
    listed = made.catalogues.listed("TT", date(2026, 8, 31))
    assert listed is not None and (listed.catalogue, listed.product.hundredths) == ("so", 150)
    after, before = made.catalogues.listed("TT", date(2026, 9, 1)), made.catalogues.listed("TT", date(2025, 12, 31))
    assert after is not None and after.product.hundredths == 200 and before is None


SECOND = "title: {vi: Khác}\nissuer: Sở\nlegal_basis: {act: QĐ 8, certainty: reported}\nproducts:\n"
REFUSED = [
    ("a K that is no number", "coefficient: 0.8", "coefficient: nhiều", "bad-value", "not a number"),
    ("a K of zero", "coefficient: 0.8", "coefficient: 0", "bad-value", "not above 0"),
    ("a K of three places", "coefficient: 0.8", "coefficient: 0.805", "bad-value", "2 decimal places"),
    ("a code that YAML took for a number", "code: CV", "code: 12", "bad-value", "put it in quotes"),
    ("an end before the beginning", "until: 2026-09-01", "until: 2025-09-01", "bad-value", "is not after from"),
    ("a year before the republic", "from: 2026-01-01}\n", "from: 1905-07-18}\n", "bad-value", "no day on which"),
    ("a unit of time nobody counts", "unit: hours", "unit: days", "bad-value", "'hours' or 'working_days'"),
    ("no product", LIST[LIST.index("  - {code: TT, title") :], "", "bad-value", "products"),
    ("rows that overlap", "until: 2026-09-01", "until: 2026-09-02", "overlapping-products", "end the earlier row"),
    ("a row that never ended", ", until: 2026-09-01", "", "overlapping-products", "from 2026-01-01"),
    ("no basis anywhere", "legal_basis: {act: Quyết định 7, article: Phụ lục I, certainty: verified}\n", "",
     "number-without-basis", "state legal_basis"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refused(tmp_path: Path, old: str, new: str, code: str, words: str) -> None:
    found = errors(told(tmp_path, old, new))
    assert code in {one.code for one in found} and words in " ".join(str(one) for one in found)
    assert all(one.place.file == "catalogues/so.yaml" and one.place.line for one in found)


def test_one_code_in_two_catalogues_on_one_day_is_refused(tmp_path: Path) -> None:
    row = "  - {code: TT, title: {vi: Tờ trình}, coefficient: 1, from: %s}\n"
    found = check(book(tmp_path, khac=SECOND + row % "2026-12-01"))
    assert [(one.code, one.place.file) for one in found] == [("overlapping-products", "catalogues/khac.yaml")]
    before = SECOND + (row % "2025-01-01").replace("}\n", ", until: 2026-01-01}\n")
    assert check(book(tmp_path, khac=before)) == []


def test_guidance_and_gaps_are_only_told(tmp_path: Path) -> None:
    found = told(tmp_path, "until: 2026-09-01", "until: 2026-08-31") + told(
        tmp_path, "coefficient: 0.8", "coefficient: 3"
    )
    assert errors(found) == []
    assert [one.code for one in found] == ["gap-between-products", "coefficient-outside-guidance"]


def test_the_digest_of_meaning_holds_coefficients_and_not_names(tmp_path: Path) -> None:
    plain = book(tmp_path / "a")
    named = book(tmp_path / "b", LIST.replace("Công văn", "Công văn trả lời"))
    dearer = book(tmp_path / "c", LIST.replace("0.8", "0.9"))
    assert meaning_digest(plain) == meaning_digest(named) != meaning_digest(dearer)
    assert wording_digest(plain) != wording_digest(named)


def test_a_rulebook_without_catalogues_keeps_its_digest(tmp_path: Path) -> None:
    copytree(TINY, tmp_path / "tiny")
    bare = load_rulebook(Library(tmp_path), "tiny")
    assert meaning_digest(bare) != meaning_digest(book(tmp_path)) and not bare.catalogues


@pytest.mark.parametrize("status", ["proposal", "example"])
def test_a_catalogue_that_is_not_in_force_is_refused_under_a_rulebook_that_is(tmp_path: Path, status: str) -> None:
    text = LIST.replace("issuer: Sở\n", f"issuer: Sở\nstatus: {status}\n")
    (found,) = check(book(tmp_path, text))
    assert (found.code, str(found.place)) == ("catalogue-not-in-force", "catalogues/so.yaml:3")
    change(tmp_path / "tiny" / "rulebook.yaml", "clock: given\n", "clock: given\nstatus: proposal\n")
    assert check(load_rulebook(Library(tmp_path), "tiny")) == []


def test_only_a_catalogue_in_force_weighs_by_law_and_any_other_is_told(tmp_path: Path) -> None:
    draft = LIST.replace("issuer: Sở\n", "issuer: Sở\nstatus: proposal\nnotice: {vi: Đang lấy ý kiến}\n")
    made, work = book(tmp_path, draft).catalogues, Work((replace(item("a", "TT"), received_at=RECEIVED),))
    law, trial = priced(work, made.prices(by_law=True)), priced(work, made.prices(by_law=False))
    assert law.items[0].coefficient is None and trial.items[0].coefficient == 200
    assert [one.code for one in law.findings] == ["catalogue-not-in-force", "unknown-product"]
    (banner,) = trial.findings
    assert "is a proposal" in banner.message and "Đang lấy ý kiến" in banner.message
    assert priced(work, book(tmp_path).catalogues.prices(by_law=True)).findings == ()


# -- items

RECEIVED = datetime(2026, 9, 3, 2, tzinfo=UTC)


def item(code: str, catalogue: str | None, coefficient: int | None = None, **more: str) -> Item:
    state = more.pop("state", "open")
    return Item(code, RECEIVED, state, catalogue=catalogue, coefficient=coefficient)


PRICES = Prices(lambda code, day: Price(150, "so") if code == "TT" and day >= date(2026, 9, 1) else None, {"TT"})


def test_an_item_gets_the_coefficient_of_the_day_it_was_received() -> None:
    made = priced(Work((item("a", "TT"),)), PRICES)
    assert made.items[0].coefficient == 150 and made.items[0].coefficient_from == "so" and made.findings == ()


def test_a_day_begins_at_midnight_in_vietnam() -> None:
    eve = replace(item("a", "TT"), received_at=datetime(2026, 8, 31, 16, 59, tzinfo=UTC))
    day = replace(item("b", "TT"), received_at=datetime(2026, 8, 31, 17, tzinfo=UTC))
    made = priced(Work((eve, day)), PRICES)
    assert [one.coefficient for one in made.items] == [None, 150]
    assert [one.code for one in made.findings] == ["product-not-in-force"]


def test_an_unknown_code_weighs_nothing_known_and_is_told_once_for_all_items() -> None:
    work = Work(tuple(item(f"v{number}", "TTX") for number in range(5)))
    made = priced(work, PRICES)
    assert {one.coefficient for one in made.items} == {None}
    assert [one.code for one in made.findings] == ["unknown-product"]
    assert "5 items (v0, v1, v2 and 2 more); 5 without a coefficient" in made.findings[0].message
    assert "did you mean 'TT'" in made.findings[0].advice


def test_a_coefficient_the_record_states_is_kept_and_a_difference_told() -> None:
    made = priced(Work((item("a", "TT", 150), item("b", "TT", 200), item("c", None, 300))), PRICES)
    assert [(one.coefficient, one.coefficient_from) for one in made.items] == [(150, None), (200, None), (300, None)]
    assert [one.message for one in made.findings] == ["'TT' weighs 1.5 in the catalogue; records state 2: b"]


@pytest.mark.parametrize("state", ["same_as", "cancelled"])
def test_work_that_counts_nowhere_is_told_about_nowhere(state: str) -> None:
    work = Work((item("a", "TX", state=state),))
    assert priced(work, PRICES) == work


def test_without_a_catalogue_nothing_changes() -> None:
    work = Work((item("a", "TX"),))
    assert priced(work, Prices(lambda code, day: None, ())) is work


def story(tmp_path: Path, **attributes: str) -> Run:
    """One official with six items, scored by the tiny rulebook with quantity weighed by coefficient."""
    work = {"item": "viec", "coefficient": None, "received": "2026-09-01", "due": "2026-09-10", "copies": 6}
    one = {"work": [{**work, "finished": "2026-09-11"}], "given": {}}
    made = {"title": "x", "scorecard": "month", "period": MONTH.label, "officials": {"an": one}}
    facts = story_facts(Example.model_validate(made))
    events = tuple(
        replace(event, attributes={**event.attributes, **attributes}) if event.activity == "registered" else event
        for event in facts.events
    )
    rulebook = book(tmp_path)
    change(
        tmp_path / "tiny" / "indicators" / "done_share.yaml", "that: in_time", "that: in_time\n  weigh_by: coefficient"
    )
    rulebook = load_rulebook(Library(tmp_path), "tiny")
    return evaluate(Facts(**{**vars(facts), "events": events}), rulebook, "month", Asked(MONTH, MONTH.end), CALENDAR)


def test_a_score_weighs_by_the_catalogue_and_its_explanation_names_it(tmp_path: Path) -> None:
    run = story(tmp_path, catalogue="TT")
    measured = run.scores["an"].measured["done_share"]
    assert (measured.bottom, measured.bottom_scale, measured.n_unknown) == (1200, 2, 0)
    text = " ".join(line.text for section in explain(run, trace(run, "an")) for line in section.lines)
    assert (
        "Hệ số 2 theo danh mục “Danh mục của Sở”, mã TT, căn cứ: Quyết định 7, Phụ lục I – đã đối chiếu văn bản."
        in text
    )


def test_a_code_nobody_listed_leaves_the_row_unknown(tmp_path: Path) -> None:
    run = story(tmp_path, catalogue="XX")
    assert (run.scores["an"].measured["done_share"].n_unknown, run.scores["an"].total) == (6, None)
    assert "unknown-product" in {one.code for one in run.work.findings}


@given(st.lists(st.tuples(st.integers(0, 40), st.one_of(st.none(), st.integers(1, 20))), min_size=1, max_size=6))
def test_rows_meet_exactly_when_a_day_has_two_coefficients(spans: list[tuple[int, int | None]]) -> None:
    def day(number: int) -> str:
        return date.fromordinal(date(2026, 1, 1).toordinal() + number).isoformat()

    rows = [
        {"code": "A", "title": {"vi": "a"}, "coefficient": 1, "from": day(first)}
        | ({"until": day(first + length)} if length else {})
        for first, length in spans
    ]
    made = Catalogue.model_validate({"title": {"vi": "x"}, "issuer": "x", "products": rows})
    twice = any(
        sum(product.holds_on(date.fromisoformat(day(number))) for product in made.products) > 1 for number in range(70)
    )
    assert any(one.overlap for one in meetings(made.products)) == twice
    assert made.products[0].coefficient == Decimal(1)
