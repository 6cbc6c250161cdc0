"""Decree 90 as history, Hải Phòng over it, Huế over Decree 335: whom they hold for, and that they read as diffs."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

import congtam
from congtam.engine.calendars import load_calendar
from congtam.engine.examples import run_example
from congtam.engine.explaining.rule_changes import before_after, what
from congtam.engine.findings import Unusable
from congtam.engine.rulebook.as_of import as_of
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.checks import check
from congtam.engine.rulebook.diff import Change, changes, titles
from congtam.engine.rulebook.load import Library
from congtam.engine.stories import Example

SHIPPED = Path(congtam.__file__).parent / "rulebooks"
LIBRARY = Library(SHIPPED)
DECREE_90, HAI_PHONG, HUE = "vn/national/decree-90-2020", "vn/hai-phong/212-2025", "vn/hue/decree-335-local"


@cache
def book(name: str) -> Rulebook:
    return load_rulebook(LIBRARY, name)


@cache
def read() -> list[Rulebook]:
    return [book(name) for name in LIBRARY.ids()]


@pytest.mark.parametrize(
    ("day", "kind", "expected"),
    [
        ("2020-08-19", "civil_servant", []),
        ("2020-08-20", "civil_servant", [DECREE_90]),
        ("2025-12-31", "civil_servant", [DECREE_90]),
        ("2026-01-01", "civil_servant", ["vn/national/decree-335-2025"]),
        ("2026-06-30", "public_employee", [DECREE_90]),
        ("2026-07-01", "public_employee", ["vn/national/decree-233-2026"]),
    ],
)
def test_one_national_decree_holds_for_each_kind_of_staff_on_each_day(day: str, kind: str, expected: list[str]) -> None:
    found = as_of(read(), date.fromisoformat(day), {"staff_kind": kind, "province": "elsewhere"})
    assert [one.rulebook.id for one in found if one.rulebook.scorecards] == expected


def test_local_rules_that_nobody_chose_are_never_in_force() -> None:
    for day in (date(2025, 12, 1), date(2026, 3, 1), date(2026, 9, 1)):
        for province in ("hai-phong", "hue"):
            assert not {HAI_PHONG, HUE} & {one.rulebook.id for one in as_of(read(), day, {"province": province})}


def story(period: str, **more: object) -> Example:
    work = [{"item": "ok", "received": f"{period}-03-03", "due": f"{period}-03-13", "finished": f"{period}-03-12",
             "copies": 6}]  # fmt: skip
    people = {kind: {"staff_kind": kind, "work": work} for kind in ("civil_servant", "public_employee")}
    return Example.model_validate({"title": "x", "scorecard": "official_year", "period": period, "officials": people,
                                   **more})  # fmt: skip


def scored(name: str, example: Example) -> set[str]:
    calendar = load_calendar(SHIPPED / "vn/national/calendar/calendar.yaml").as_known()
    return set(run_example(book(name), example, calendar).scores)


@pytest.mark.parametrize(
    ("period", "expected"),
    [("2025", {"civil_servant", "public_employee"}), ("2026", {"public_employee"})],
)
def test_a_run_leaves_out_those_for_whom_the_rulebook_has_ended(period: str, expected: set[str]) -> None:
    assert scored(DECREE_90, story(period)) == expected


def test_after_its_last_day_the_decree_is_refused_but_for_a_trial() -> None:
    with pytest.raises(Unusable, match="not-in-force"):
        scored(DECREE_90, story("2027"))
    assert scored(DECREE_90, story("2027", trial=True)) == {"civil_servant", "public_employee"}


def test_what_is_switched_off_is_refused_but_for_a_trial() -> None:
    with pytest.raises(Unusable) as refusal:
        scored(HAI_PHONG, story("2025"))
    assert refusal.value.findings[0].code == "switched-off" and "conflict 6" in refusal.value.findings[0].message
    assert scored(HAI_PHONG, story("2025", trial=True)) == {"civil_servant", "public_employee"}


def test_a_site_that_has_decided_switches_it_on_in_a_few_lines(tmp_path: Path) -> None:
    from congtam.engine.rulebook.digest import meaning_digest

    folder = tmp_path / "hai-phong-chosen"
    folder.mkdir()
    text = f"""\
title: {{vi: Hải Phòng áp dụng Quyết định 212, en: Hải Phòng applies Decision 212}}
issuer: Ủy ban nhân dân thành phố Hải Phòng
extends: {HAI_PHONG}@{meaning_digest(book(HAI_PHONG))[:12]}
valid_from: 2025-01-01
status: in_force
supersedes: [{DECREE_90}]
legal_basis: {{act: Quyết định áp dụng, certainty: verified}}
"""
    (folder / "rulebook.yaml").write_text(text, encoding="utf-8")
    chosen = load_rulebook(Library(SHIPPED, tmp_path), "hai-phong-chosen")
    assert check(chosen) == []
    assert chosen.head.notice is None, "that the base is switched off is not said of what is in force"
    asked = {"province": "hai-phong", "staff_kind": "civil_servant"}
    assert [one.rulebook.id for one in as_of([chosen], date(2025, 12, 1), asked)] == ["hai-phong-chosen"]
    assert (chosen.head.valid_to, chosen.head.ends) == (None, ()), "the days on which Decree 90 ends are its own"
    (folder / "rulebook.yaml").write_text(text + "valid_to: 2026-01-01\n", encoding="utf-8")
    assert as_of([load_rulebook(Library(SHIPPED, tmp_path), "hai-phong-chosen")], date(2026, 1, 1), asked) == []


def said(name: str) -> list[str]:
    after = book(name)
    assert after.base is not None
    found: list[Change] = changes(after.base, after)
    names = titles(after.base), titles(after)
    return [f"{one.kind} {what(one, 'vi')}: {before_after(one, names, 'vi')}" for one in found if not one.wording]


def test_hai_phong_reads_as_a_diff_over_decree_90() -> None:
    card = "Bảng điểm “Công chức, viên chức Hải Phòng, cả năm”"
    assert [one for one in said(HAI_PHONG) if "mức “" in one and "khung điểm" in one] == [
        f"added {card}, mức “Hoàn thành xuất sắc nhiệm vụ”: khung điểm: >\u00a090",
        f"added {card}, mức “Hoàn thành tốt nhiệm vụ”: khung điểm: ≥\u00a080",
        f"added {card}, mức “Hoàn thành nhiệm vụ”: khung điểm: ≥\u00a050",
        f"added {card}, mức “Không hoàn thành nhiệm vụ”: khung điểm: <\u00a050",
    ]
    assert "changed Bộ quy tắc: tình trạng: có hiệu lực → đang tắt" in said(HAI_PHONG)


def test_hue_reads_as_one_veto_and_one_figure_over_decree_335() -> None:
    about = [one for one in said(HUE) if "Bộ quy tắc" not in one]
    assert about == [
        "added Tham số “Ngưỡng tỷ lệ quá hạn”: giá trị 0,2",
        "added Bảng điểm “Công chức, hằng tháng”, đề xuất của máy “Quá 20 % công việc quá hạn”: "
        "điều kiện “Mức độ quá hạn” > “Ngưỡng tỷ lệ quá hạn (0,20)”; "
        "mức đề xuất “Không hoàn thành nhiệm vụ”",
    ]


@pytest.mark.parametrize("name", [HAI_PHONG, HUE])
def test_every_change_of_a_local_rule_names_its_act_certainty_and_line(name: str) -> None:
    after = book(name)
    assert after.base is not None
    for one in changes(after.base, after):
        assert one.legal_basis is not None and one.place.line is not None, one.path


def test_figures_inherited_from_a_decree_keep_its_act() -> None:
    assert {one.legal_basis.act for one in book(HUE).draft.indicators.values() if one.legal_basis} == {
        "Nghị định 335/2025/NĐ-CP"
    }
    kept = book(HAI_PHONG).head.parameters["exceed_floor"].legal_basis
    assert kept is not None and (kept.act, kept.certainty) == ("Nghị định 90/2020/NĐ-CP", "reported")


@pytest.mark.parametrize("name", ["low_limit", "fail_limit"])
def test_the_limits_that_hai_phong_states_itself_have_its_act(name: str) -> None:
    basis = book(HAI_PHONG).head.parameters[name].legal_basis
    assert basis is not None and (basis.act, basis.certainty) == ("Quyết định 212/2025/QĐ-UBND (Hải Phòng)", "verified")
