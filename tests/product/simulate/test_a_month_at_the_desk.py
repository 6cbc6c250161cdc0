"""A small office lives through a week at the desk, through the pages and the push API alone: every deed left its trace,
no fault is without a cause, live scores are full scores, and it took little typing."""

import json
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from congtam.cli import simulating_desk
from congtam.cli.main import congtam as command
from congtam.engine.findings import Unusable
from congtam.simulate.desk.month import Plan, live_through
from congtam.simulate.desk.report import Report, as_json, as_markdown, report
from congtam.simulate.desk.typing import TARGET

ALWAYS = (
    "accept", "assign_document", "call_meeting", "close_meeting", "conclude", "deliver", "enter_document", "give",
    "give_template", "hand_over", "make_template", "propose", "push", "recognise", "recur", "storm", "take_up",
)  # fmt: skip
SEVEN_GROUPS = ("quantity", "timeliness", "quality", "proactiveness", "coordination", "creativity", "overdue_share")
pytestmark = pytest.mark.django_db


@pytest.fixture
def told(tmp_path: Path, settings: Any) -> Report:
    settings.SITE = tmp_path
    return report(live_through(Plan(8, date(2030, 6, 3), date(2030, 6, 8))))


def test_a_week_leaves_every_trace_and_takes_little_typing(told: Report) -> None:
    assert not told.broken
    assert not told.impossible
    assert not told.complaints
    assert not told.uncaused
    assert not [act for act in ALWAYS if not told.deeds[act][0]]
    assert {act: lost for act, (_, _, lost) in told.deeds.items() if lost} == {}
    assert told.compared and not told.differing
    assert told.typing["everybody"].median < TARGET
    groups = {one.indicator: one for one in told.figures if one.indicator in SEVEN_GROUPS and "hue" in one.card}
    assert set(groups) == set(SEVEN_GROUPS)
    assert {name: one.trace for name, one in groups.items() if one.trace != "yes"} == {}
    by_person = {one.indicator for one in told.figures if one.trace == "person"}
    assert "general" in by_person
    assert {one.indicator for one in told.figures if one.n_unknown} == set()
    for lang, title in (("vi", "# Một tháng ở bàn việc"), ("en", "# A month at the work desk")):
        assert as_markdown(told, lang).startswith(title)
    assert json.loads(json.dumps(as_json(told)))["people"] == 8


def test_the_command_writes_its_report_in_both_forms(tmp_path: Path, settings: Any, monkeypatch: Any) -> None:
    settings.SITE = tmp_path
    monkeypatch.setattr(simulating_desk, "_empty_site", nullcontext)  # the test's own database is empty
    asked = ["simulate-desk", "--people", "8", "--month", "2030-06", "--days", "3", "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(command, asked)
    assert done.exit_code == 0, done.output
    assert "8 người" in done.output and "report.md" in done.output
    told = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert told["people"] == 8
    assert (tmp_path / "out" / "report.md").read_text(encoding="utf-8").startswith("# Một tháng ở bàn việc")


def test_the_command_refuses_what_is_no_month(tmp_path: Path) -> None:
    asked = ["simulate-desk", "--month", "2030-Q2", "--out", str(tmp_path)]
    with pytest.raises(Unusable, match="2030-Q2 is no month"):
        CliRunner().invoke(command, asked, catch_exceptions=False)
