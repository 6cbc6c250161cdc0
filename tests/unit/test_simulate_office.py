"""Organisations of any size: the same for the same order, within the contract, numbered as they were learned."""

import csv
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from click.testing import CliRunner

from congtam.cli.simulating import simulate
from congtam.engine.clock import ClockRule
from congtam.engine.facts.cells import PARSERS
from congtam.engine.facts.checks import check_facts
from congtam.engine.facts.fold import Clocks, fold
from congtam.engine.facts.known import known
from congtam.engine.facts.store import read_facts
from congtam.engine.facts.tables import ACTIVITIES, ACTIVITY_ATTRIBUTES, TABLES, Facts
from congtam.engine.findings import Unusable
from congtam.engine.periods import Period, local_day
from congtam.simulate.catalogue import CATALOGUE
from congtam.simulate.days import shipped_calendar
from congtam.simulate.office import Order, Step, make, spool
from congtam.simulate.office.cast import cast
from congtam.simulate.truths import Pattern, read_truths

MONTHS = Period.parse("2026-08-01..2026-10-01").months()
ORDER = Order(60, MONTHS, 7)
END = MONTHS[-1].end


@cache
def made(order: Order = ORDER) -> Path:
    folder = Path(mkdtemp()) / "data"
    make(order, folder)
    return folder


@cache
def facts(order: Order = ORDER) -> Facts:
    return read_facts(made(order))


def same_bytes(one: Path, other: Path) -> bool:
    files = sorted(path.name for path in one.iterdir())
    told = files == sorted(path.name for path in other.iterdir())
    return told and all((one / name).read_bytes() == (other / name).read_bytes() for name in files)


def test_same_order_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    make(ORDER, tmp_path / "again")
    assert same_bytes(made(), tmp_path / "again")
    make(Order(60, MONTHS, 8), tmp_path / "other")
    assert not same_bytes(made(), tmp_path / "other")


def test_how_much_is_held_in_memory_makes_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "BUFFERED", 97)
    make(ORDER, tmp_path / "again")
    assert same_bytes(made(), tmp_path / "again")


def test_writes_the_tables_and_what_is_planted() -> None:
    names = {path.name for path in made().iterdir()}
    tables = ("event", "spell", "absence", "unit", "rating", "decision", "name")
    assert names == {*(f"{table}.csv" for table in tables), "truths.json"}


def test_rows_of_all_tables_are_numbered_as_they_were_learned() -> None:
    learned = {}
    for table in set(TABLES) - {"name"}:
        path = made() / f"{table}.csv"
        if path.exists():
            with path.open(encoding="utf-8", newline="") as file:
                learned |= {int(row["seq"]): row["recorded_at"] for row in csv.DictReader(file)}
    assert sorted(learned) == list(range(1, len(learned) + 1))
    times = [learned[seq] for seq in sorted(learned)]
    assert times == sorted(times)


def test_nothing_is_known_after_the_last_month_and_work_is_carried_into_the_first() -> None:
    assert all(event.at <= event.recorded_at < END for event in facts().events)
    assert any(event.at < MONTHS[0].start for event in facts().events)
    assert {name.code for name in facts().names if name.kind == "item"} == {event.item for event in facts().events}


def test_tables_fit_together_and_every_event_has_an_effect() -> None:
    rows = known(facts())
    assert check_facts(rows) == []
    rule = ClockRule("given", {"vi": "hạn", "en": "deadline"}, "working_days")
    work = fold(rows.events, END, clocks=Clocks(shipped_calendar(), lambda *_: rule), spells=rows.spells)
    assert work.findings == ()
    assert all(share.spell and share.unit for share in work.shares)


def test_attributes_are_those_of_the_contract_and_products_those_of_the_catalogue() -> None:
    coefficients = {product.code: product.coefficient for product in CATALOGUE}
    for event in facts(Order(60, MONTHS, 7, ())).events:
        assert event.activity in ACTIVITIES
        for name, text in event.attributes.items():
            PARSERS[ACTIVITY_ATTRIBUTES[event.activity][name]](str(text))
        if event.activity == "registered":
            assert coefficients[event.attributes["catalogue"]] == event.attributes["coefficient"]


def test_work_happens_in_office_hours_of_the_shipped_calendar() -> None:
    calendar = shipped_calendar()
    days = {local_day(event.at) for event in facts().events}
    assert all(calendar.is_working(day) for day in days)
    assert date(2026, 8, 22) in days and date(2026, 8, 31) not in days  # the Saturday worked for a swapped Monday


def test_a_withdrawal_names_the_finish_it_takes_back() -> None:
    by_seq = {event.seq: event for event in facts().events}
    taken_back = [event for event in by_seq.values() if event.activity == "withdrawn"]
    assert taken_back
    for event in taken_back:
        wrong = by_seq[int(event.value or "")]
        assert (wrong.item, wrong.activity) == (event.item, "finished") and wrong.at < event.at


def test_everyone_is_in_force_and_named_and_every_agency_says_that_it_is_made_up() -> None:
    officials = {spell.official for spell in facts().spells}
    named = {name.code: name.text for name in facts().names}
    assert len(officials) == 60 and officials <= set(named)
    assert all("DỮ LIỆU MẪU" in named[unit.agency] for unit in facts().units)


def test_without_truths_people_and_their_absences_are_the_same() -> None:
    plain = facts(Order(60, MONTHS, 7, ()))
    for rows in ("spells", "absences"):
        assert [replace(row, seq=0) for row in getattr(plain, rows)] == [
            replace(row, seq=0) for row in getattr(facts(), rows)
        ]
    assert read_truths(made(Order(60, MONTHS, 7, ()))) == ()


def test_truths_name_people_and_units_that_are_there() -> None:
    truths = read_truths(made())
    assert [truth.pattern for truth in truths] == list(Pattern)
    units = {unit.unit for unit in facts().units}
    officials = {spell.official for spell in facts().spells}
    for truth in truths:
        assert set(truth.units) <= units and set(truth.officials) <= officials and truth.strength > 0
        assert MONTHS[0].first <= truth.first < truth.until == MONTHS[-1].until
    touched = [official for truth in truths for official in truth.officials]
    assert len(touched) == len(set(touched)) == 5


def test_one_pattern_alone_touches_whom_it_touches_among_all() -> None:
    (alone,) = read_truths(made(Order(60, MONTHS, 7, (Pattern.REOPENS,))))
    assert alone in read_truths(made())


def test_progress_is_told_for_each_section(tmp_path: Path) -> None:
    steps: list[Step] = []
    rows = make(Order(24, MONTHS[:1], 7), tmp_path / "x", steps.append)
    assert [step.sections for step in steps] == list(range(1, steps[-1].of + 1))
    assert steps[-1].events == rows.rows["event"]


def test_ten_officials_in_one_section_are_enough(tmp_path: Path) -> None:
    assert make(Order(10, MONTHS[:1], 7, sections=1), tmp_path / "x").units == 2
    assert known(read_facts(tmp_path / "x")).events


def test_one_agency_in_five_gives_public_services() -> None:
    people = cast(1000, None, 7, MONTHS[0].first, MONTHS[-1].until).organisation
    kinds = {spell.agency: spell.staff_kind for spell in people.spells}
    assert len(kinds) == 5 and list(kinds.values()).count("public_employee") == 1


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (Order(9, MONTHS, 7), "too-few-officials"),
        (Order(20, (), 7), "too-many-months"),
        (Order(20, MONTHS, 7, sections=6), "bad-sections"),
    ],
)
def test_orders_that_cannot_be_filled_are_refused(tmp_path: Path, order: Order, code: str) -> None:
    with pytest.raises(Unusable, match=code):
        make(order, tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    with pytest.raises(Unusable, match="folder-in-use"):
        make(ORDER, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_command_says_what_was_made_what_is_planted_and_what_comes_next(tmp_path: Path) -> None:
    out = tmp_path / "data"
    words = ["--out", str(out), "--officials", "20", "--months", "2026-09", "--seed", "3"]
    answer = CliRunner().invoke(simulate, words, catch_exceptions=False)
    assert answer.exit_code == 0
    for part in ("DỮ LIỆU MẪU", "20 cán bộ", "sự kiện", "Phòng quá tải", "truths.json", "congtam evaluate", "2026-09"):
        assert part in answer.output


def test_months_are_given_in_either_way(tmp_path: Path) -> None:
    for name, words in (("a", ["--months", "2026-08..2026-09"]), ("b", ["--from", "2026-08", "--to", "2026-09"])):
        out = ["--out", str(tmp_path / name), "--officials", "10", "--truths", "none"]
        assert CliRunner().invoke(simulate, [*out, *words], catch_exceptions=False).exit_code == 0
    assert same_bytes(tmp_path / "a", tmp_path / "b")


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--from", "2026-09", "--to", "2026-08"],
        ["--months", "2026-09", "--from", "2026-09"],
        ["--from", "2026-09"],
        ["--to", "2026-09"],
        ["--months", "2026-09-05..2026-10-05"],
        ["--months", "2026-08-05..2026-10-01"],
    ],
)
def test_months_that_make_no_sense_are_refused(tmp_path: Path, words: list[str]) -> None:
    with pytest.raises(Unusable, match="which-months"):
        CliRunner().invoke(simulate, ["--out", str(tmp_path / "x"), *words], catch_exceptions=False)


def test_unknown_pattern_is_refused_with_those_there_are(tmp_path: Path) -> None:
    words = ["--out", str(tmp_path / "x"), "--months", "2026-09", "--truths", "splits_task"]
    answer = CliRunner().invoke(simulate, words)
    assert answer.exit_code == 2 and "splits_tasks" in answer.output


@pytest.mark.parametrize("codes", ["none,all", "splits_tasks,none"])
def test_all_and_none_stand_alone(tmp_path: Path, codes: str) -> None:
    answer = CliRunner().invoke(simulate, ["--out", str(tmp_path / "x"), "--months", "2026-09", "--truths", codes])
    assert answer.exit_code == 2 and "stands alone" in answer.output and "did you mean" not in answer.output
