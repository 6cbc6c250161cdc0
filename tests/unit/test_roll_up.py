"""A year from its months: which months it holds, how it averages them, and when there are too few."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import congtam
from congtam.engine.calendars import load_calendar
from congtam.engine.facts.tables import Decision, Event, Facts, Rating, Reported, Spell
from congtam.engine.periods import Period, PeriodKind
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.load import Library
from congtam.engine.scoring.grades import By
from congtam.engine.scoring.run import Asked, Run, evaluate
from congtam.engine.states import State

SHIPPED = Path(congtam.__file__).parent / "rulebooks"
BOOK = load_rulebook(Library(SHIPPED), "vn/national/decree-335-2025")
CALENDAR = load_calendar(SHIPPED / "vn/national/calendar/calendar.yaml").as_known()
YEAR = Period.parse("2026")
START = datetime(2026, 1, 1, tzinfo=UTC)
ON_TIME = 5


def month(number: int) -> Period:
    return Period.of(PeriodKind.MONTH, date(2026, number, 1))


def work(number: int, n: int = ON_TIME) -> list[Event]:
    """So many items done well in a month."""
    events = []
    for index in range(n):
        item, seq = f"m{number}-{index}", number * 1000 + index * 10
        received = datetime(2026, number, 8, 2, tzinfo=UTC)
        events += [
            Event(seq, received, item, received, "registered", attributes={"coefficient": "1"}),
            Event(seq + 1, received, item, received, "due", value=received.replace(day=20).isoformat()),
            Event(seq + 2, received, item, received, "assigned", "an"),
            Event(seq + 3, received, item, received.replace(day=12), "finished", "an"),
        ]
    return events


def general(number: int, mark: int) -> Rating:
    return Rating(number, month(number).start, "an", "general", month(number).label, "final", State.VALUE,
                  mark * 1_000_000, "sep")  # fmt: skip


SPELL = Spell(1, START, "s", "an", "p", "u", "so", "g", False, "civil_servant", date(2020, 1, 1))
NO_DISCIPLINE = Reported(1, START, "an", "disciplined", "2026", State.VALUE, 0)


def year(facts: Facts, as_of: datetime = YEAR.end) -> Run:
    return evaluate(facts, BOOK, "civil_servant_year", Asked(YEAR, as_of), CALENDAR)


def facts(months: range, least: int = 0, marks: int = 20) -> Facts:
    """Good work in each month, with a mark of 20, 21, … out of 30."""
    events = tuple(event for number in months for event in work(number, ON_TIME if number > least else 1))
    ratings = tuple(general(number, marks + number % 10) for number in months)
    return Facts(events=events, spells=(SPELL,), ratings=ratings, reported=(NO_DISCIPLINE,))


def test_a_year_is_the_mean_of_the_months_that_are_over_and_names_them() -> None:
    """Seen before 15 December: eleven months, the eleventh being November."""
    score = year(facts(range(1, 13)), as_of=month(12).start).scores["an"]
    held = dict(score.months)
    assert list(held) == [f"2026-{n:02}" for n in range(1, 12)]
    totals = [total for total in held.values() if total is not None]
    assert totals == [(70 + 20 + n % 10) * 1_000_000 for n in range(1, 12)]
    assert score.total == round(sum(totals) / 11)
    assert (score.graded.grade, score.graded.by) == ("excellent", By.RULE)


def test_a_month_without_enough_work_is_named_and_not_counted() -> None:
    score = year(facts(range(1, 13), least=2)).scores["an"]
    assert [total for _, total in score.months[:3]] == [None, None, 93_000_000]
    assert score.n_items == 10


@pytest.mark.parametrize(("months", "by"), [(5, By.INSUFFICIENT), (6, By.RULE)])
def test_fewer_than_six_months_are_too_few(months: int, by: By) -> None:
    assert year(facts(range(1, months + 1))).scores["an"].graded.by is by


def test_parts_of_the_year_re_add_to_its_total() -> None:
    score = year(facts(range(1, 12))).scores["an"]
    assert sum(part.points or 0 for part in score.parts) == score.total


def test_a_year_in_which_nothing_happened() -> None:
    score = year(Facts(spells=(SPELL,))).scores["an"]
    assert (score.graded.grade, score.graded.by, score.parts) == (None, By.INSUFFICIENT, ())


def test_discipline_proposes_and_a_named_person_decides() -> None:
    told = facts(range(1, 13))
    reported = Reported(2, START, "an", "disciplined", "2026", State.VALUE, 1_000_000)
    disciplined = replace(told, reported=(reported,))
    proposed = year(disciplined).scores["an"].graded
    assert (proposed.grade, [one.state for one in proposed.proposals]) == ("excellent", ["proposed"])
    upheld = Decision(3, START, "an", "civil_servant_year", "2026", "discipline", "upheld", "sep", "1/QD")
    assert year(replace(disciplined, decisions=(upheld,))).scores["an"].graded.grade == "not_completed"


def test_what_was_learned_after_the_cut_off_does_not_count() -> None:
    told = facts(range(1, 13))
    learned = datetime(2026, 12, 20, tzinfo=UTC)
    mended = Rating(99, learned, "an", "general", "2026-03", "final", State.VALUE, 0, "sep")
    late = replace(told, ratings=(*told.ratings, mended))
    known_at = datetime(2026, 12, 15, tzinfo=UTC)
    asked = Asked(YEAR, month(12).start, known_at=known_at)
    assert (
        evaluate(late, BOOK, "civil_servant_year", asked, CALENDAR).scores["an"]
        == (evaluate(told, BOOK, "civil_servant_year", asked, CALENDAR).scores["an"])
    )


def test_months_graded_elsewhere_count_as_the_other_body_sent_them() -> None:
    """Months of one's own stand before those sent; a value taken back counts no more."""

    def sent(number: int, points: int | None, seq: int) -> Reported:
        state = State.VALUE if points is not None else State.MISSING
        value = points * 1_000_000 if points is not None else None
        return Reported(seq, START, "an", "received_result", month(number).label, state, value, source="12/KQ-SB")

    own = facts(range(4, 9))
    told = replace(own, reported=(*own.reported, sent(1, 80, 2), sent(2, 90, 3), sent(3, 70, 4), sent(3, None, 5),
                                  sent(5, 1, 6)))  # fmt: skip
    alone, score = year(own).scores["an"], year(told).scores["an"]
    assert alone.graded.by is By.INSUFFICIENT, "five months are too few for a grade"
    assert score.received == ("2026-01", "2026-02")
    assert (dict(score.months)["2026-01"], dict(score.months)["2026-03"]) == (80_000_000, None)
    assert dict(score.months)["2026-05"] == dict(alone.months)["2026-05"], "one's own month stands"
    totals = [total for _, total in score.months if total is not None]
    assert len(totals) == 7 and score.total == round(sum(totals) / 7)
    assert score.graded.by is not By.INSUFFICIENT
