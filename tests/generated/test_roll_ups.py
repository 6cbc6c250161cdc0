"""A year of sealed months, months sent and months scored, against a plain reading of the rule: of each month what
was sealed, else what was sent, else what the facts give where nobody sealed it; their mean, half up; six months."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import congtam
from congtam.engine.calendars import load_calendar
from congtam.engine.facts.sealed import SealedMonth, SealedPart
from congtam.engine.facts.tables import Event, Facts, Rating, Reported, Spell
from congtam.engine.periods import Period
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.load import Library
from congtam.engine.scoring.agency import evaluate_agency
from congtam.engine.scoring.roll_up import looks_at_work, published
from congtam.engine.scoring.run import Asked, Run, evaluate
from congtam.engine.scoring.subject import Score
from congtam.engine.states import State

SHIPPED = Path(congtam.__file__).parent / "rulebooks"
BOOK = load_rulebook(Library(SHIPPED), "vn/national/decree-335-2025")
CALENDAR = load_calendar(SHIPPED / "vn/national/calendar/calendar.yaml").as_known()
YEAR, START, POINT = Period.parse("2026"), datetime(2026, 1, 1, tzinfo=UTC), 1_000_000
MONTH, CARD = "civil_servant_month", f"{BOOK.id}#civil_servant_month"
LABELS = [one.label for one in YEAR.months()]
WORKED = ("2026-02", "2026-09")  # months in which there is work to score
steady = settings(max_examples=30, derandomize=True, deadline=None, database=None)


def worked(label: str) -> list[Event]:
    """Six items in a month, one of them late."""
    first = Period.parse(label).start
    events = []
    for number in range(6):
        received, item, seq = first.replace(day=8), f"{label}-{number}", LABELS.index(label) * 1000 + number * 10 + 1
        events += [
            Event(seq, received, item, received, "registered", attributes={"coefficient": "1"}),
            Event(seq + 1, received, item, received, "due", value=received.replace(day=20).isoformat()),
            Event(seq + 2, received, item, received, "assigned", "an"),
            Event(seq + 3, received, item, received.replace(day=22 if number == 0 else 12), "finished", "an"),
        ]
    return events


def spell(code: str) -> Spell:
    return Spell(1, START, f"s-{code}", code, f"p-{code}", "u", "so", "g", False, "civil_servant", date(2020, 1, 1))


def mark(label: str) -> Rating:
    return Rating(5, START, "an", "general", label, "final", State.VALUE, 24 * POINT, "sep")


NOBODY = Reported(1, START, "an", "disciplined", "2026", State.VALUE, 0)
BASE = Facts(
    events=tuple(event for label in WORKED for event in worked(label)),
    spells=(spell("an"), spell("binh")),
    ratings=tuple(mark(label) for label in WORKED),
    reported=(NOBODY,),
)


def scored(label: str) -> int | None:
    """What the facts alone give `an` in a month."""
    month = Period.parse(label)
    return published(evaluate(BASE, BOOK, MONTH, Asked(month, month.end), CALENDAR).scores.get("an"))


SCORED = {label: scored(label) for label in LABELS}


def row(label: str, points: int | None, card: str = CARD) -> SealedMonth:
    parts = () if points is None else (SealedPart("general", "value", 30 * POINT, points // 3),
                                       SealedPart("results", "value", 70 * POINT, points - points // 3))  # fmt: skip
    return SealedMonth(label, "an", card, points, "good" if points is not None else None, "rule", "d" * 64, parts)


def year(sealed: Mapping[str, int | None], sent: Mapping[str, int], as_of: datetime = YEAR.end) -> Run:
    told = [
        Reported(10 + place, START, "an", "received_result", label, State.VALUE, points)
        for place, (label, points) in enumerate(sent.items())
    ]
    others = [SealedMonth(label, "binh") for label in LABELS]
    rows = (*(row(label, points) for label, points in sealed.items()), *others)
    facts = Facts(BASE.events, BASE.spells, ratings=BASE.ratings, reported=(NOBODY, *told), sealed=rows)
    return evaluate(facts, BOOK, "civil_servant_year", Asked(YEAR, as_of), CALENDAR)


def by_hand(sealed: Mapping[str, int | None], sent: Mapping[str, int], over: list[str]) -> list[int | None]:
    found = []
    for label in over:
        total = sealed[label] if label in sealed else SCORED[label]
        found.append(sent.get(label) if total is None else total)
    return found


def mean(totals: list[int | None]) -> int | None:
    """Half up, in whole millionths of a point."""
    counted = [one for one in totals if one is not None]
    return (2 * sum(counted) + len(counted)) // (2 * len(counted)) if counted else None


POINTS = st.integers(0, 100 * POINT)
SEALED = st.dictionaries(st.sampled_from(LABELS), st.one_of(st.none(), POINTS))
SENT = st.dictionaries(st.sampled_from(LABELS), POINTS)


def of_an(run: Run) -> Score:
    return run.scores["an"]


@steady
@given(sealed=SEALED, sent=SENT, over=st.integers(0, 12))
def test_a_year_is_the_mean_of_what_was_sealed_sent_or_scored(
    sealed: dict[str, int | None], sent: dict[str, int], over: int
) -> None:
    labels = LABELS[:over]
    as_of = Period.parse(LABELS[over]).start if over < len(LABELS) else YEAR.end
    score, held = of_an(year(sealed, sent, as_of)), by_hand(sealed, sent, labels)
    assert [total for _, total in score.months] == held
    assert [label for label, _ in score.months] == labels
    assert score.total == mean(held) or not any(one is not None for one in held)
    counted = [one for one in held if one is not None]
    assert (score.graded.by == "insufficient") == (len(counted) < 6)
    assert set(score.received) == {one for one in labels if one in sent and (sealed.get(one) if one in sealed else
                                   SCORED[one]) is None}  # fmt: skip
    assert set(score.provisional) == {one for one in labels if one not in sealed and SCORED[one] is not None}


@steady
@given(sealed=st.fixed_dictionaries(dict.fromkeys(LABELS, POINTS)))
def test_parts_of_a_year_of_sealed_months_re_add_to_its_total(sealed: dict[str, int]) -> None:
    score = of_an(year(sealed, {}))
    assert sum(part.points or 0 for part in score.parts) == score.total == mean(list(sealed.values()))
    assert score.provisional == ()


def test_a_year_whose_months_are_all_settled_looks_at_no_record_of_work() -> None:
    sealed = dict.fromkeys(LABELS, 80 * POINT)
    with_work, card = year(sealed, {}), BOOK.scorecards["civil_servant_year"]
    without = evaluate(
        Facts(spells=BASE.spells, reported=BASE.reported, sealed=with_work.facts.sealed),
        BOOK, "civil_servant_year", Asked(YEAR, YEAR.end), CALENDAR,
    )  # fmt: skip
    assert of_an(without) == of_an(with_work) and not looks_at_work(BOOK, card)
    assert looks_at_work(BOOK, BOOK.scorecards[MONTH])


def test_beside_other_cards_the_same_comes_out() -> None:
    sealed = {label: 70 * POINT + place for place, label in enumerate(LABELS[2:])}
    alone = year(sealed, {"2026-01": 95 * POINT})
    together = evaluate_agency(alone.facts, [(BOOK, "civil_servant_year")], alone.asked, lambda book: CALENDAR)
    assert together.runs[f"{BOOK.id}#civil_servant_year"].scores["an"] == of_an(alone)


@pytest.mark.parametrize(
    ("sealed", "sent", "told"),
    [
        ({"2026-01": 80, "2026-02": 71}, {}, 75.5),
        ({"2026-01": 80, "2026-02": None, "2026-03": 71}, {}, 75.5),  # sealed, but not graded: not from facts either
        ({"2026-01": 80, "2026-02": None}, {"2026-02": 95}, 87.5),  # what the other body sent stands in
        ({"2026-01": 80, "2026-02": 70}, {"2026-02": 95}, 75.0),  # one's own month stands before
        ({"2026-01": 100, "2026-02": 100, "2026-03": 99}, {}, 99.666667),  # half up in millionths
    ],
)
def test_worked_years(sealed: dict[str, int | None], sent: dict[str, int], told: float) -> None:
    settled = {label: sealed.get(label) for label in LABELS}
    micro = {label: None if one is None else one * POINT for label, one in settled.items()}
    assert of_an(year(micro, {label: one * POINT for label, one in sent.items()})).total == round(told * POINT)
