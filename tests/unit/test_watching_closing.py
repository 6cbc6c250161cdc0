"""Closed minutes before the limit; closed and reopened; split; left untouched: officials by a share of their cases."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from event_lines import events, moment
from watching_scenes import END, looks, scene_of, scene_of_events, share, worth_a_look

from congtam.engine.facts.work import Item, Share
from congtam.engine.watching.closing import closes_and_reopens, last_minute
from congtam.engine.watching.neglect import late_untouched
from congtam.engine.watching.signs import Look, Measure, Pattern, Scene, Sign
from congtam.engine.watching.splitting import splits_tasks

START = moment("09-01 08:00")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def closings(rng: np.random.Generator, officials: int = 20, each: int = 20, cheats: int = 1) -> list[Share]:
    """Work due on different days of the month; honest people finish at any time before, cheats 3 to 29 minutes."""
    shares = []
    for official in range(officials):
        for number in range(each):
            due = START + DAY * int(rng.integers(3, 27))
            early = MINUTE * int(rng.integers(3, 30) if official < cheats else rng.integers(1, 3000))
            shares.append(share(f"{official}-{number}", f"o{official}", START, due_at=due, finished_at=due - early))
    return shares


def test_whoever_closes_everything_at_the_last_minute_is_worth_a_look() -> None:
    signs = last_minute(scene_of(closings(np.random.default_rng(1))))
    assert worth_a_look(signs) == ["o0"]
    (sign,) = [sign for sign in signs if sign.subjects == ("o0",)]
    assert (sign.numerator, sign.denominator, sign.n, sign.figure) == (20, 20, 20, 1_000_000)
    assert len(sign.items) == 20 and sign.usual is not None and sign.usual < 30_000


def test_where_everyone_closes_late_in_the_day_nobody_stands_out() -> None:
    """A habit of the whole office is what is usual there."""
    assert worth_a_look(last_minute(scene_of(closings(np.random.default_rng(2), cheats=20)))) == []


def test_honest_people_are_left_alone() -> None:
    rng = np.random.default_rng(3)
    alarms = [bool(worth_a_look(last_minute(scene_of(closings(rng, each=15, cheats=0))))) for _ in range(40)]
    assert sum(alarms) <= 8  # 10 % of 40 scenes, and two standard errors


def test_few_closings_or_nobody_to_compare_with_cannot_be_told() -> None:
    few = closings(np.random.default_rng(4), each=7)
    assert set(looks(last_minute(scene_of(few))).values()) == {Look.CANNOT_TELL}
    alone = closings(np.random.default_rng(4), officials=1)
    assert looks(last_minute(scene_of(alone))) == {"o0": Look.CANNOT_TELL}
    assert last_minute(scene_of([])) == []


def test_late_open_excused_and_other_months_closings_are_no_cases() -> None:
    due = START + 5 * DAY
    others = [
        share("late", "a", START, due_at=due, finished_at=due + MINUTE),
        share("open", "a", START, due_at=due),
        share("excused", "a", START, due_at=due, finished_at=due - MINUTE, excused_by="12/QĐ"),
        share("october", "a", START, due_at=END + DAY, finished_at=END + DAY - MINUTE),
    ]
    assert last_minute(scene_of(others)) == []


def reopening(official: str, number: int, by: str | None) -> str:
    """An item closed on the 3rd, and opened again by somebody the next day."""
    item = f"{official}{number}"
    again = f"5 09-04 08:00 {item} reopened {by}\n6 09-08 08:00 {item} finished @{official}" if by else ""
    return f"""
    1 09-01 08:00 {item} registered
    2 09-01 08:00 {item} due =09-10_17:00
    3 09-01 08:00 {item} assigned @{official}
    4 09-03 08:00 {item} finished @{official}
    {again}"""


def told(text: str) -> Scene:
    """A scene of lines whose numbers start again for each item."""
    lines = [line.split(maxsplit=1)[1] for line in text.splitlines() if line.strip()]
    return scene_of_events(events("\n".join(f"{number} {line}" for number, line in enumerate(lines, start=1))))


def office(*own: str) -> str:
    """Twelve honest people with twelve items each, and more lines."""
    return "".join(reopening(f"h{person}-", number, None) for person in range(12) for number in range(12)) + "".join(
        own
    )


def test_whoever_reopens_what_they_closed_is_worth_a_look() -> None:
    cheat = [reopening("x", number, "@x" if number < 6 else None) for number in range(12)]
    signs = closes_and_reopens(told(office(*cheat)))
    assert worth_a_look(signs) == ["x"]
    (sign,) = [sign for sign in signs if sign.subjects == ("x",)]
    assert (sign.numerator, sign.denominator) == (6, 12) and sign.items == ("x0", "x1", "x2", "x3", "x4", "x5")


@pytest.mark.parametrize("by", [">citizen", "@x >head"])
def test_work_that_others_reopened_is_no_such_sign(by: str) -> None:
    cheat = [reopening("x", number, by) for number in range(12)]
    assert {sign.numerator for sign in closes_and_reopens(told(office(*cheat)))} == {0}


def test_one_or_two_cases_are_no_pattern() -> None:
    cheat = [reopening("x", number, "@x" if number < 2 else None) for number in range(12)]
    scene = replace(told(office(*cheat)), rate=0.5)
    signs = closes_and_reopens(scene)
    assert worth_a_look(signs) == []
    assert min(sign.p_value or 1 for sign in signs) < scene.rate / len(signs), "the rate alone would show it"


def received(official: str, task: int, parts: int, size: int, gap: timedelta = 3 * MINUTE) -> list[tuple[Share, Item]]:
    """One task that came to hand as so many items of so many hundredths each."""
    found = []
    for part in range(parts):
        item, at = f"{official}-{task}-{part}", START + DAY * task + gap * part
        own = share(item, official, at, due_at=START + DAY * (task + 10))
        found.append((own, Item(item, at, "open", kind="report", coefficient=size)))
    return found


def scene_of_tasks(*tasks: list[tuple[Share, Item]]) -> Scene:
    pairs = [pair for task in tasks for pair in task]
    return scene_of([one for one, _ in pairs], [item for _, item in pairs])


HONEST = [received(f"h{person}", task, 1, 100) for person in range(12) for task in range(12)]


def test_whoever_splits_tasks_is_worth_a_look() -> None:
    signs = splits_tasks(scene_of_tasks(*HONEST, *[received("x", task, 4, 25) for task in range(12)]))
    assert worth_a_look(signs) == ["x"]
    (sign,) = [sign for sign in signs if sign.subjects == ("x",)]
    assert (sign.numerator, sign.denominator) == (12, 12)


@pytest.mark.parametrize(
    ("parts", "size", "gap"),
    [(4, 100, 3 * MINUTE), (2, 25, 3 * MINUTE), (4, 25, timedelta(hours=5))],
    ids=["a batch of usual size", "two at a time", "hours apart"],
)
def test_other_ways_to_receive_work_are_no_bursts(parts: int, size: int, gap: timedelta) -> None:
    tasks = [received("x", task, parts, size, gap) for task in range(12)]
    assert {sign.numerator for sign in splits_tasks(scene_of_tasks(*HONEST, *tasks))} == {0}


def overdue(official: str, number: int, how: str) -> str:
    """An item due on the 7th: met, finished a day late, left for two weeks, or moved when it had passed."""
    item = f"{official}{number}"
    lines = {
        "met": f"5 09-04 08:00 {item} finished @{official}",
        "soon": f"5 09-08 09:00 {item} finished @{official}",
        "left": f"5 09-22 09:00 {item} finished @{official}",
        "open": "",
        "moved": f"5 09-08 09:00 {item} extended =09-15_17:00 >head #7/QĐ\n6 09-11 08:00 {item} finished @{official}",
        "moved in time": f"5 09-04 09:00 {item} extended =09-15_17:00 >head\n6 09-11 08:00 {item} finished @{official}",
    }
    return f"""
    1 09-01 08:00 {item} registered
    2 09-01 08:00 {item} due =09-07_17:00
    3 09-01 08:00 {item} assigned @{official}
    {lines[how]}"""


def neglect(*hows: str) -> Sign:
    """The sign of one official beside twelve who meet their deadlines."""
    honest = "".join(overdue(f"h{person}-", number, "met") for person in range(12) for number in range(12))
    scene = told(honest + "".join(overdue("x", number, how) for number, how in enumerate(hows)))
    (sign,) = [sign for sign in late_untouched(scene) if sign.subjects == ("x",)]
    return sign


@pytest.mark.parametrize("how", ["left", "open", "moved"])
def test_late_work_left_untouched_or_moved_afterwards_is_worth_a_look(how: str) -> None:
    sign = neglect(*["met"] * 6, *[how] * 4)
    assert (sign.look, sign.numerator, sign.denominator) == (Look.WORTH_A_LOOK, 4, 10)
    assert sign.items == ("x6", "x7", "x8", "x9")


@pytest.mark.parametrize("how", ["soon", "moved in time"])
def test_late_work_soon_done_and_extensions_asked_for_in_time_are_no_neglect(how: str) -> None:
    sign = neglect(*["met"] * 6, *[how] * 4)
    assert (sign.look, sign.numerator, sign.measure, sign.pattern) == (
        Look.USUAL,
        0,
        Measure.SHARE,
        Pattern.NEGLECTS,
    )


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("", 1),
        ("5 09-04 08:00 k extended =09-15_17:00 >head @b", 0),
        ("5 09-08 08:00 k extended =09-15_17:00 >head @b", 1),
    ],
    ids=["left", "moved in time", "moved afterwards"],
)
def test_a_holders_own_deadline_is_followed_as_the_items_is(after: str, expected: int) -> None:
    text = f"""
    1 09-01 08:00 k registered
    2 09-01 08:00 k assigned @b due_at=09-07_17:00
    {after}
    7 09-22 08:00 k finished @b"""
    assert [sign.numerator for sign in late_untouched(told(text), minimum=1)] == [expected]
