"""What schemes of reward come to, and what is refused of them."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

import congtam
from congtam.engine.explaining.manual.rewards import schemes_told
from congtam.engine.rewarding.ledger import Row, balance
from congtam.engine.rewarding.paying import by_grade, for_achievement, fund_money, over_limit, rounded
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.checks import check
from congtam.engine.rulebook.digest import meaning_digest, wording_digest
from congtam.engine.rulebook.load import Library
from congtam.engine.rulebook.model.reward import MoneyRounding, Reward

LIBRARY = Library(Path(congtam.__file__).parent / "rulebooks")
MOHA, DA_NANG, HA_NOI = "vn/national/moha-bonus-2024", "vn/da-nang/extra-income-2026", "vn/ha-noi/resolution-81-2025"
DECREE = "vn/national/decree-73-2024"


def reward(book: str, name: str) -> Reward:
    return load_rulebook(LIBRARY, book).draft.rewards[name]


def test_a_fund_is_a_tenth_of_the_salary_fund() -> None:
    assert fund_money(reward(DECREE, "bonus_fund"), Decimal(12_000_000_001)) == Decimal("1200000000.1")


@pytest.mark.parametrize(
    ("points", "factor"), [("4.9", None), ("5", 3), ("8", 3), ("8.2", 5), ("10", 5)], ids=lambda one: str(one)
)
def test_points_of_an_achievement_fall_into_a_band(points: str, factor: int | None) -> None:
    pay = for_achievement(reward(MOHA, "spot"), [Decimal(points)] * 5, Decimal(1_000_000))
    assert (pay.factor if pay else None) == factor


def test_marks_that_do_not_fit_the_criteria_are_an_error() -> None:
    with pytest.raises(ValueError, match="5 marks from 0 to 10"):
        for_achievement(reward(MOHA, "spot"), [Decimal(11)] * 5, Decimal(1))


def test_a_floor_lifts_a_low_salary_only() -> None:
    scheme = reward(DA_NANG, "monthly")
    low, high = (by_grade(scheme, "good", Decimal(salary)) for salary in (4_000_000, 9_000_000))
    assert low is not None
    assert (low.amount, low.floored) == (1_500_000, True)
    assert high is not None
    assert (high.amount, high.floored) == (2_700_000, False)


def test_a_grade_without_a_factor_is_paid_nothing_and_any_pays_everybody() -> None:
    assert by_grade(reward(MOHA, "annual"), "not_completed", Decimal(1)) is None
    assert by_grade(reward(MOHA, "annual"), None, Decimal(1)) is None
    everybody = by_grade(reward(HA_NOI, "monthly"), None, Decimal(8_000_001))
    assert everybody is not None
    assert everybody.amount == 4_000_001  # 4,000,000.5, half up


def test_a_list_above_its_limit_says_the_most_it_may_come_to() -> None:
    scheme = reward(DA_NANG, "monthly")
    pays = [pay for _ in range(2) if (pay := by_grade(scheme, "good", Decimal(1_000_000)))]
    assert over_limit(scheme, pays) == 1_600_000
    assert over_limit(scheme, [pay for pay in [by_grade(scheme, "good", Decimal(9_000_000))] if pay]) is None


@pytest.mark.parametrize(("how", "given"), [("down", 1000), ("half_up", 2000), ("up", 2000)])
def test_money_is_rounded_as_the_scheme_says_and_not_otherwise(how: Any, given: int) -> None:
    assert rounded(Decimal(1500), MoneyRounding(to=1000, how=how)) == given
    assert rounded(Decimal("0.000001"), None) == Decimal("0.000001")


def test_the_ledger_tells_money_in_reserved_used_and_left() -> None:
    rows = [Row("in", Decimal(100)), Row("reserved", Decimal(60), 1), Row("paid", Decimal(40), 1)]
    rows += [Row("released", Decimal(20), 1), Row("given_back", Decimal(10), 1)]
    held = balance(rows)
    assert (held.money_in, held.used, held.reserved, held.left) == (100, 30, 0, 70)
    assert not held.takes(Row("reserved", Decimal(71), 2))
    assert not held.takes(Row("paid", Decimal(1), 2))
    assert not held.takes(Row("given_back", Decimal(31), 1))
    assert held.takes(Row("lost", Decimal(70)))


@pytest.mark.parametrize(
    ("file", "path", "value", "code"),
    [
        ("annual", ("examples", 0, "is"), 1, "example-does-not-hold"),
        ("annual", ("by_grade", "factors", "good"), 0, "not-positive"),
        ("annual", ("by_grade", "floors"), {"not_completed": 5}, "unknown-name"),
        ("spot", ("spot", "bands"), [{"above": 8, "factor": 5}, {"from": 5, "factor": 3}], "bands-out-of-order"),
        ("spot", ("spot", "staff_share"), 20, "share-above-one"),
        ("spot", ("examples", 0, "marks"), [8], "example-does-not-fit"),
    ],
)
def test_a_scheme_that_does_not_hold_together_is_found(
    tmp_path: Path, file: str, path: tuple[Any, ...], value: Any, code: str
) -> None:
    book = load_rulebook(changed(tmp_path, file, path, value), MOHA)
    assert [finding.code for finding in check(book)] == [code]


def test_a_worked_example_changes_the_wording_only_and_a_factor_the_meaning(tmp_path: Path) -> None:
    before = load_rulebook(changed(tmp_path / "none", "", ("",), None), MOHA)
    told = load_rulebook(changed(tmp_path / "one", "annual", ("examples", 0, "title", "en"), "Another"), MOHA)
    assert meaning_digest(told) == meaning_digest(before)
    assert wording_digest(told) != wording_digest(before)
    paid = load_rulebook(changed(tmp_path / "two", "annual", ("by_grade", "factors", "good"), 2.5), MOHA)
    assert meaning_digest(paid) != meaning_digest(before)


def test_an_agency_lays_its_own_factors_over_a_shipped_scheme(tmp_path: Path) -> None:
    digest = meaning_digest(load_rulebook(LIBRARY, MOHA))
    own = tmp_path / "own"
    own.mkdir()
    basis = "{act: 12/QĐ-SA, certainty: verified}"
    (own / "rulebook.yaml").write_text(
        f"title: {{vi: Quy chế, en: Regulation}}\nissuer: Sở A\nextends: {MOHA}@{digest[:16]}\nlegal_basis: {basis}\n",
        encoding="utf-8",
    )
    lines = [("factors/good", "2.5"), ("factors/complete", "1.2")]
    changes = "".join(f"  - {{replace: rewards/annual/by_grade/{path}, with: {value}}}\n" for path, value in lines)
    examples = "  - {remove: rewards/annual/examples}\n"
    (own / "changes.yaml").write_text(f"changes:\n{changes}{examples}", encoding="utf-8")
    book = load_rulebook(Library(tmp_path, *LIBRARY.roots), "own")
    assert check(book) == []
    told = by_grade(book.draft.rewards["annual"], "good", Decimal(2_000_000))
    assert told is not None
    assert told.amount == 5_000_000


def test_schemes_are_told_in_both_languages() -> None:
    for lang, said in (
        ("vi", "Ít nhất: hoàn thành xuất sắc 1.500.000 đồng"),
        ("en", "At least: excellent 1,500,000 đồng"),
    ):
        [(_, lines)] = schemes_told(load_rulebook(LIBRARY, DA_NANG), lang)
        assert any(line.startswith(said) for line in lines)


def changed(folder: Path, file: str, path: tuple[Any, ...], value: Any) -> Library:
    """A library of the ministry's rulebook with one thing otherwise."""
    _, shipped = LIBRARY.folder(MOHA)
    for one in shipped.rglob("*.yaml"):
        place = folder / MOHA / one.relative_to(shipped)
        place.parent.mkdir(parents=True, exist_ok=True)
        data = yaml.safe_load(one.read_text(encoding="utf-8"))
        if one.stem == file:
            inner = data
            for step in path[:-1]:
                inner = inner[step]
            inner[path[-1]] = value
        place.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return Library(folder)
