"""Any sequence of rows: a fund is never below zero and adds up; lists and differences come to what is due."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from congtam.engine.rewarding.differing import differences
from congtam.engine.rewarding.ledger import KINDS, Row, balance

amounts = st.integers(1, 60).map(Decimal)
rows = st.builds(Row, st.sampled_from(KINDS), amounts, st.sampled_from((None, 1, 2)))
results = st.dictionaries(st.integers(1, 6), st.integers(0, 9).map(Decimal))


@settings(max_examples=300)
@given(st.lists(rows, max_size=40))
def test_a_fund_that_takes_only_what_fits_is_never_below_zero_and_adds_up(asked: list[Row]) -> None:
    taken: list[Row] = []
    for row in asked:
        if balance(taken).takes(row):
            taken.append(row)
        held = balance(taken)
        assert min(held.left, held.reserved, held.used, held.lost) >= 0
        assert all(one >= 0 for one in held.of_list.values())
        assert held.money_in == held.left + held.reserved + held.used + held.lost


@given(st.lists(results, min_size=1, max_size=5))
def test_what_was_listed_and_every_difference_after_it_come_to_what_is_due(dues: list[dict[int, Decimal]]) -> None:
    listed: dict[int, Decimal] = {}
    for due in dues:
        changed = differences(listed, due)
        assert all(changed.values())
        listed = {one: listed.get(one, Decimal(0)) + changed.get(one, Decimal(0)) for one in {*listed, *changed}}
        assert {one: amount for one, amount in listed.items() if amount} == {
            one: amount for one, amount in due.items() if amount
        }
    assert sum(listed.values()) == sum(dues[-1].values())
