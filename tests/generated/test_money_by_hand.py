"""What the shipped schemes pay, against their sentences read in whole numbers: figures stand here as the texts state
them, and are not taken from the files."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import congtam
from congtam.engine.rewarding.paying import by_grade, for_achievement, fund_money, over_limit
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.load import Library
from congtam.engine.rulebook.model.reward import Reward

LIBRARY = Library(Path(congtam.__file__).parent / "rulebooks")
GRADES = ("excellent", "good", "complete", "not_completed", None)
TENTHS = {  # tenths of the base by grade; whoever is not named gets nothing
    "vn/da-nang/extra-income-2026#monthly": {"excellent": 5, "good": 3, "complete": 1},
    "vn/ha-noi/resolution-81-2025#monthly": dict.fromkeys(GRADES, 5),
    "vn/ha-noi/resolution-81-2025#year_end": {"excellent": 3, "good": 3, "complete": 3},
    "vn/national/moha-bonus-2024#annual": {"excellent": 30, "good": 24, "complete": 10},
}
LEAST = {"vn/da-nang/extra-income-2026#monthly": {"excellent": 1_500_000, "good": 1_500_000, "complete": 500_000}}


def scheme(key: str) -> Reward:
    book, _, name = key.partition("#")
    return load_rulebook(LIBRARY, book).draft.rewards[name]


SCHEMES = {key: scheme(key) for key in TENTHS}
DA_NANG = SCHEMES["vn/da-nang/extra-income-2026#monthly"]
SPOT, FUND = scheme("vn/national/moha-bonus-2024#spot"), scheme("vn/national/decree-73-2024#bonus_fund")
HUNDREDTHS = st.integers(1, 6_000_000_000)  # a base up to 60 million đồng, to hundredths of a đồng


def whole(top: int, bottom: int) -> int:
    """The nearest whole đồng; a half is rounded up."""
    below = top // bottom
    return below + 1 if 2 * (top - below * bottom) >= bottom else below


@pytest.mark.parametrize("key", TENTHS)
@settings(max_examples=100, derandomize=True, deadline=None, database=None)
@given(hundredths=HUNDREDTHS, grade=st.sampled_from(GRADES))
def test_a_grade_pays_what_the_text_says(key: str, hundredths: int, grade: str | None) -> None:
    pay = by_grade(SCHEMES[key], grade, Decimal(hundredths) / 100)
    if grade not in TENTHS[key]:
        assert pay is None
        return
    counted = whole(hundredths * TENTHS[key][grade], 1000)
    least = LEAST.get(key, {}).get(grade or "", 0)
    assert pay is not None
    assert (pay.amount, pay.floored) == (max(counted, least), counted < least)


@settings(max_examples=150, derandomize=True, deadline=None, database=None)
@given(st.lists(st.tuples(st.integers(100_000, 9_000_000), st.sampled_from(GRADES[:3])), max_size=8))
def test_a_list_of_da_nang_is_stopped_exactly_when_it_is_more_than_8_tenths_of_its_salaries(
    people: list[tuple[int, str]],
) -> None:
    pays = [pay for salary, grade in people if (pay := by_grade(DA_NANG, grade, Decimal(salary)))]
    total, most = sum(int(pay.amount) for pay in pays), Fraction(8 * sum(salary for salary, _ in people), 10)
    assert over_limit(DA_NANG, pays) == (most if total > most else None)


@settings(max_examples=150, derandomize=True, deadline=None, database=None)
@given(st.lists(st.integers(0, 40), min_size=5, max_size=5), st.integers(1, 3_000_000))
def test_an_achievement_pays_3_or_5_base_salaries(quarters: list[int], base: int) -> None:
    """Five marks to 10, by quarters; their mean from 5 to 8 is worth three base salaries, above 8 five, below none."""
    pay = for_achievement(SPOT, [Decimal(one) / 4 for one in quarters], Decimal(base))
    times = 0 if sum(quarters) < 5 * 5 * 4 else 3 if sum(quarters) <= 8 * 5 * 4 else 5
    assert (pay.amount if pay else 0) == times * base


@settings(max_examples=100, derandomize=True, deadline=None, database=None)
@given(st.integers(1, 10**13))
def test_a_fund_is_one_tenth_to_the_last_part_of_a_dong(hundredths: int) -> None:
    assert fund_money(FUND, Decimal(hundredths) / 100) * 1000 == hundredths
