"""What was known then is what is seen then: records that come later never change an earlier view."""

from dataclasses import replace
from datetime import datetime, timedelta

from drawn_work import CARDS, MONTH_END, PERIOD, Card, calendar, moment, months, rulebook
from hypothesis import given, settings
from hypothesis import strategies as st

from congtam.engine.facts.tables import Decision, Event, Facts, Rating
from congtam.engine.scoring.run import Asked, evaluate
from congtam.engine.scoring.subject import Score
from congtam.engine.states import State
from congtam.engine.stories import Example, OfficialStory, WorkStory, story_facts

KNOWN_AT = MONTH_END + timedelta(days=3)
steady = settings(max_examples=100, derandomize=True, deadline=None, database=None)
ACTIVITIES = (
    *("withdrawn", "corrected", "voided", "excused", "same_as", "cancelled", "registered", "assigned"),
    *("finished", "reopened", "fault", "rated"),
)
late_hours = st.integers(1, 2000)


def facts_of(work: list[WorkStory]) -> Facts:
    story = OfficialStory(ratings={"general": 24}, work=tuple(work))
    example = Example(title="drawn", scorecard="", period=PERIOD.label, officials={"an": story})
    return story_facts(example)


def score(card: Card, facts: Facts, known_at: datetime | None = None, seq: int | None = None) -> Score:
    asked = Asked(PERIOD, MONTH_END, known_at=known_at, seq=seq)
    return evaluate(facts, rulebook(card[0]), card[1], asked, calendar()).scores["an"]


@st.composite
def later_records(draw: st.DrawFn) -> Facts:
    """Anything about the same official and items, learned after `KNOWN_AT`, whenever it happened."""
    events = []
    for seq in range(10_000, 10_000 + draw(st.integers(1, 6))):
        at = moment(draw(st.integers(0, 24 * 90)))
        learned = KNOWN_AT + timedelta(hours=draw(late_hours))
        activity = draw(st.sampled_from(ACTIVITIES))
        value = draw(st.sampled_from(("1", "2", "3", "4", "i0", "i1", "quality", "quality-1", "delay:i0:an")))
        item = draw(st.sampled_from(("i0", "i1", "new")))
        events.append(Event(seq, learned, item, at, activity, "an", None, "sep", value, "9/QD"))
    learned = KNOWN_AT + timedelta(hours=draw(late_hours))
    rating = Rating(10_000, learned, "an", "general", PERIOD.label, "final", State.VALUE, 1_000_000, "sep")
    decision = Decision(10_000, learned, "an", draw(st.sampled_from([card for _, card in CARDS])), PERIOD.label,
                        draw(st.sampled_from(("otherwise", "overdue"))), "good", "sep", "9/QD")  # fmt: skip
    return Facts(events=tuple(events), ratings=(rating,), decisions=(decision,))


def joined(facts: Facts, later: Facts) -> Facts:
    return replace(
        facts,
        events=(*later.events, *facts.events),
        ratings=(*later.ratings, *facts.ratings),
        decisions=(*later.decisions, *facts.decisions),
    )


@steady
@given(work=months(1, 4), later=later_records(), card=st.sampled_from(CARDS))
def test_records_learned_later_never_change_what_was_known(work: list[WorkStory], later: Facts, card: Card) -> None:
    facts = facts_of(work)
    assert score(card, joined(facts, later), known_at=KNOWN_AT) == score(card, facts)


@steady
@given(work=months(1, 4), later=later_records(), card=st.sampled_from(CARDS))
def test_records_with_higher_numbers_never_change_what_was_known_up_to_a_number(
    work: list[WorkStory], later: Facts, card: Card
) -> None:
    facts = facts_of(work)
    assert score(card, joined(facts, later), seq=9_999) == score(card, facts)
