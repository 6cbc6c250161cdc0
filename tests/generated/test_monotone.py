"""Good work never lowers a mark: the promise of design section 10, kept by the shipped monthly scorecards.

Each property is about one official, everything else equal, within one month: `finished earlier` means earlier on the
same item, after it was received.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from drawn_work import CARDS, DECREE, MONTH_END, SIZES, Card, good, mark, moment, months, stories, told
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congtam.engine.stories import WorkStory

steady = settings(
    max_examples=70, derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
each_card = pytest.mark.parametrize("card", CARDS, ids=[f"{name}#{card}" for name, card in CARDS])


@each_card
@steady
@given(
    work=months(),
    size=SIZES,
    origin=st.sampled_from(("assigned", "self_started", "citizen")),
    early=st.sampled_from((timedelta(0), timedelta(hours=2), timedelta(days=3))),
    late_start=st.booleans(),
)
def test_an_extra_good_item_never_lowers_a_mark(
    card: Card, work: list[WorkStory], size: Decimal, origin: str, early: timedelta, late_start: bool
) -> None:
    """In time and without faults is good: at the last minute, or taken up late, is good too."""
    due = datetime(2026, 9, 18, 10, tzinfo=UTC)
    begun = datetime(2026, 9, 14 if late_start else 7, 3, tzinfo=UTC)
    extra = good("extra", coefficient=size, origin=origin, due=due, finished=due - early, taken_up=begun)
    assert mark(card, [*work, extra]) >= mark(card, work)


@each_card
@steady
@given(work=months(), helped=st.integers(0, 3), weight=st.sampled_from((None, Decimal("0.3"), Decimal("0.9"))))
def test_being_helped_never_changes_a_mark(
    card: Card, work: list[WorkStory], helped: int, weight: Decimal | None
) -> None:
    """Whoever supports an item, the lead's mark stays."""
    led = [one for one in work if one.role == "lead"]
    if not led:
        return
    joined = led[helped % len(led)]
    help_given = told(item="help", joins=joined.item, role="support", weight=weight, received=joined.received)
    assert mark(card, work, helper=help_given) == mark(card, work)


@each_card
@steady
@given(
    work=months(), size=SIZES, weight=st.sampled_from((None, Decimal("0.3"))), rated=st.sampled_from((None, 1, 3, 5))
)
def test_helping_never_lowers_a_mark(
    card: Card, work: list[WorkStory], size: Decimal, weight: Decimal | None, rated: int | None
) -> None:
    """Help answered in time, however the counterpart marks it: a mark below good is not counted, and costs nothing."""
    mark_given = None if rated is None else Decimal(rated)
    extra = good("help", coefficient=size, role="support", weight=weight, rated=mark_given)
    assert mark(card, [*work, extra]) >= mark(card, work)


def sooner(data: st.DataObject, one: WorkStory) -> WorkStory:
    """The same item finished at all, or earlier: in the month, for a month is credited with what was finished in it."""
    first = max(one.received, MONTH_END - timedelta(days=30))
    hours = int(((one.finished or MONTH_END) - first) / timedelta(hours=1))
    if hours < 2:
        return one
    return one.model_copy(update={"finished": first + timedelta(hours=data.draw(st.integers(0, hours - 1)))})


@each_card
@steady
@given(data=st.data(), work=months(0, 4), one=stories("x", dated=True))
def test_finishing_earlier_never_lowers_a_mark(
    card: Card, data: st.DataObject, work: list[WorkStory], one: WorkStory
) -> None:
    """An item with a deadline, finished instead of left open, or sooner instead of later."""
    assert mark(card, [*work, sooner(data, one)]) >= mark(card, [*work, one])


@steady
@given(data=st.data(), work=months(0, 4), one=stories("x", due=None, quality_failures=0))
def test_finishing_work_without_a_deadline_never_lowers_a_mark_in_decree_335(
    data: st.DataObject, work: list[WorkStory], one: WorkStory
) -> None:
    """Work without a deadline counts once it is finished, and never before; so a fault in it only counts then. Left
    out here: finishing such work with a fault brings the fault in (a gap of the rule: nobody is asked for it)."""
    assert mark(DECREE, [*work, sooner(data, one)]) >= mark(DECREE, [*work, one])


@each_card
@steady
@given(work=months(0, 4), one=stories("x", due=moment(24 * 65), finished=moment(24 * 80)))
def test_leaving_a_late_item_never_raises_a_mark(card: Card, work: list[WorkStory], one: WorkStory) -> None:
    """Due on 4 September; finished late, on the 19th, or left lying."""
    if one.received >= moment(24 * 65):
        return
    left = one.model_copy(update={"finished": None})
    assert mark(card, [*work, left]) <= mark(card, [*work, one])


@steady
@given(work=months(0, 4), one=stories("x", quality_failures=0), part=st.integers(1, 99))
def test_splitting_at_equal_total_coefficient_changes_nothing_in_decree_335(
    work: list[WorkStory], one: WorkStory, part: int
) -> None:
    """Two items of the same dates and together of the same size weigh as one. A quality failure is left out: the
    decree cuts 25 % of the product at fault, so a failure in one half of a split product cuts that half only."""
    whole = one.model_copy(update={"coefficient": Decimal(1)})
    halves = [
        told(**{**whole.__dict__, "item": name, "coefficient": Decimal(share) / 100})
        for name, share in (("x1", part), ("x2", 100 - part))
    ]
    assert mark(DECREE, [*work, *halves]) == mark(DECREE, [*work, whole])
