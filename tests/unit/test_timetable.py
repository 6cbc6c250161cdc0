"""The timetable of a scorecard: what it may say, what is refused, and that it moves no figure."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import ValidationError
from tiny import tiny

import congtam
from congtam.cycles.planning import Timed, deadlines, own_deadlines
from congtam.engine.calendars import load_calendar
from congtam.engine.periods import Period
from congtam.engine.rulebook.checks import check
from congtam.engine.rulebook.digest import meaning_digest, wording_digest
from congtam.engine.rulebook.model import StepTerm

SHIPPED = Path(congtam.__file__).parent / "rulebooks"
CALENDAR = load_calendar(SHIPPED / "vn/national/calendar/calendar.yaml").as_known()
GRADES = "grades:"


def stepped(*steps: str) -> dict[str, tuple[str, str]]:
    """The tiny rulebook with such a timetable."""
    told = "\n".join(f"  - {{id: {one}, title: {{vi: x, en: x}}, days: 1}}" for one in steps)
    return {"scorecards_month": (GRADES, f"timetable:\n{told}\n{GRADES}")}


def due(day: int, month: int = 9) -> datetime:
    """17:00 in Vietnam of a day of 2026."""
    return datetime(2026, month, day, 10, tzinfo=UTC)


def test_a_timetable_is_wording(tmp_path: Path) -> None:
    one, other = tiny(tmp_path, "one"), tiny(tmp_path, "other", **stepped("cut_off", "seal"))
    assert meaning_digest(one) == meaning_digest(other)
    assert wording_digest(one) != wording_digest(other)
    assert [one.code for one in check(other) if one.code.startswith("steps")] == []


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        (("cut_off", "rating", "self_report", "seal"), "steps-out-of-order"),
        (("cut_off", "rating", "rating", "seal"), "steps-out-of-order"),
        (("rating", "seal"), "steps-incomplete"),
        (("cut_off", "rating"), "steps-incomplete"),
    ],
)
def test_steps_stand_in_their_order_and_are_whole(tmp_path: Path, steps: tuple[str, ...], code: str) -> None:
    assert code in {one.code for one in check(tiny(tmp_path, **stepped(*steps)))}


@pytest.mark.parametrize("wrong", [{}, {"days": 1, "before": "12-15"}, {"before": "02-29"}, {"before": "04-31"}])
def test_a_step_has_one_deadline_that_every_year_has(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        StepTerm.model_validate({"id": "seal", "title": {"vi": "x", "en": "x"}, **wrong})


def test_the_latest_deadline_of_all_cards_holds_and_none_lies_before_the_step_before() -> None:
    terms = [
        Timed("a", "cut_off", 1),
        Timed("a", "rating", 5),
        Timed("a", "seal", 1),
        Timed("b", "cut_off", 3),
        Timed("b", "rating", 1),
        Timed("c", "cut_off", 1),
        Timed("c", "review", 1),
    ]
    own = own_deadlines(terms, Period.parse("2026-08"), Period.parse("2026-08").end, CALENDAR)
    assert (own["a", "cut_off"], own["b", "cut_off"]) == (due(3), due(7)), "2 September and the day before are off"
    assert deadlines(own) == {"cut_off": due(7), "rating": due(10), "review": due(10), "seal": due(11)}


def test_days_of_the_calendar_and_days_of_the_year() -> None:
    terms = [Timed("a", "cut_off", None, before="12-01"), Timed("a", "seal", None, before="12-15"),
             Timed("a", "handover", 5, "calendar_days")]  # fmt: skip
    own = own_deadlines(terms, Period.parse("2026"), due(18, 11), CALENDAR)
    assert deadlines(own) == {"cut_off": due(30, 11), "seal": due(14, 12), "handover": due(19, 12)}
    special = own_deadlines([Timed("a", "seal", None, before="01-15")], Period.parse("2026"), due(18, 11), CALENDAR)
    assert special["a", "seal"] == datetime(2027, 1, 14, 10, tzinfo=UTC)
