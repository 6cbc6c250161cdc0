"""Random months of work, told as the stories of worked examples, and the shipped rules that score them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import congtam
from congtam.engine.calendars import Calendar, load_calendar
from congtam.engine.examples import run_example
from congtam.engine.periods import Period
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.load import Library
from congtam.engine.scoring.run import Run
from congtam.engine.stories import Example, OfficialStory, WorkStory

SHIPPED = Path(congtam.__file__).parent / "rulebooks"
DECREE = ("vn/national/decree-335-2025", "civil_servant_month")
HUE = ("vn/hue/dost-monthly-2025", "official_month")
CARDS = (DECREE, HUE)
PERIOD = Period.parse("2026-09")
LONG_AGO, MONTH_END = datetime(2026, 7, 1, tzinfo=UTC), PERIOD.end

Card = tuple[str, str]


@cache
def calendar() -> Calendar:
    return load_calendar(SHIPPED / "vn/national/calendar/calendar.yaml").as_known()


@cache
def rulebook(name: str) -> Rulebook:
    return load_rulebook(Library(SHIPPED), name)


def run(card: Card, work: list[WorkStory], helper: WorkStory | None = None, general: int = 24) -> Run:
    """The month of one official, `an`, who did this work; `binh` did the part of `helper`."""
    story = OfficialStory(ratings={"general": Decimal(general)}, work=tuple(work))
    people = {"an": story} | ({"binh": OfficialStory(work=(helper,))} if helper else {})
    name, scorecard = card
    example = Example(title="drawn", scorecard=scorecard, period=PERIOD.label, officials=people)
    return run_example(rulebook(name), example, calendar())


def mark(card: Card, work: list[WorkStory], helper: WorkStory | None = None) -> int:
    """The total of `an` in millionths of a point; the least it can be while figures are missing."""
    return run(card, work, helper).scores["an"].lowest


SIZES = (st.sampled_from((5, 100, 400)) | st.integers(1, 400)).map(lambda n: Decimal(n) / 100)


def moment(hours: int) -> datetime:
    """So many hours after the first day anyone works."""
    return LONG_AGO + timedelta(hours=hours)


_HOURS_TO_END = int((MONTH_END - LONG_AGO) / timedelta(hours=1))


@st.composite
def stories(draw: st.DrawFn, item: str, dated: bool = False, **fixed: Any) -> WorkStory:
    """One item: old or new, with or (unless `dated`) without deadline, done or not, in time or not, at fault or not."""
    received = draw(st.integers(0, _HOURS_TO_END - 2))
    due = draw(st.integers(received + 1, _HOURS_TO_END + 200) | (st.nothing() if dated else st.none()))
    finished = draw(st.none() | st.integers(received, _HOURS_TO_END - 1))
    drawn: dict[str, Any] = {
        "coefficient": draw(SIZES),
        "received": moment(received),
        "due": None if due is None else moment(due),
        "finished": None if finished is None else moment(finished),
        "taken_up": draw(st.none() | st.just(moment(received + 1))),
        "role": draw(st.sampled_from(("lead", "lead", "support"))),
        "origin": draw(st.sampled_from(("assigned", "self_started", "citizen"))),
        "quality_failures": draw(st.sampled_from((0, 0, 1, 2))),
        "accepted_by": draw(st.sampled_from((None, "sep"))),
        "rated": draw(st.sampled_from((None, Decimal(3), Decimal(5)))),
        "recognised": draw(st.sampled_from((None, None, "5/QD"))),
    }
    drawn |= fixed
    return told(item=item, **drawn)


def told(**fields: Any) -> WorkStory:
    """A story from fields that are typed already."""
    return WorkStory.model_construct(**{**WorkStory(item="x", received="2026-09-01").__dict__, **fields})


def months(least: int = 0, most: int = 6) -> st.SearchStrategy[list[WorkStory]]:
    """The work of one official: of each item either anything, or as good as can be."""
    return st.integers(least, most).flatmap(lambda n: st.tuples(*(_either(f"i{i}") for i in range(n))).map(list))


def _either(item: str) -> st.SearchStrategy[WorkStory]:
    return stories(item) | SIZES.map(lambda size: good(item, coefficient=size))


def good(item: str, **fields: Any) -> WorkStory:
    """An item that could not have been done better: taken up at once, finished three days ahead, no fault, accepted."""
    day = date(2026, 9, 1)
    given = {
        "received": datetime(day.year, day.month, 7, 2, tzinfo=UTC),
        "taken_up": datetime(day.year, day.month, 7, 3, tzinfo=UTC),
        "due": datetime(day.year, day.month, 18, 10, tzinfo=UTC),
        "finished": datetime(day.year, day.month, 15, 4, tzinfo=UTC),
        "accepted_by": "sep",
    }
    return told(item=item, **{**given, **fields})
