"""Every worked example of every shipped rulebook holds, and the rulebooks themselves have no findings."""

from functools import cache
from pathlib import Path

import pytest

import congtam
from congtam.engine.calendars import Calendar, load_calendar
from congtam.engine.examples import Told, differences, read_examples
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.checks import check, check_together
from congtam.engine.rulebook.load import Library

SHIPPED = Path(congtam.__file__).parent / "rulebooks"
BESIDE = Path(__file__).parents[2] / "examples"
LIBRARY = Library(SHIPPED, BESIDE)


@cache
def calendar() -> Calendar:
    return load_calendar(SHIPPED / "vn/national/calendar/calendar.yaml").as_known()


@cache
def book(name: str) -> Rulebook:
    return load_rulebook(LIBRARY, name)


TOLD = [(name, told) for name in LIBRARY.ids() for told in read_examples(book(name))]


@pytest.mark.parametrize(("name", "told"), TOLD, ids=[f"{name}: {told.example.title}" for name, told in TOLD])
def test_worked_example(name: str, told: Told) -> None:
    assert differences(book(name), told.example, calendar()) == []


@pytest.mark.parametrize("name", LIBRARY.ids())
def test_rulebook_has_no_findings(name: str) -> None:
    assert check(book(name)) == []


@pytest.mark.parametrize("name", [name for name in LIBRARY.ids() if name.startswith("vn/")])
def test_rulebook_shows_its_rules_by_examples(name: str) -> None:
    schemes = book(name).draft.rewards.values()
    assert any(of == name for of, _ in TOLD) or (schemes and all(one.examples for one in schemes))


def test_rulebooks_hold_together() -> None:
    assert check_together(book(name) for name in LIBRARY.ids()) == []


def test_titles_are_unique() -> None:
    titles = [(name, told.example.title) for name, told in TOLD]
    assert len(set(titles)) == len(titles)


VECTORS_335 = {
    "staff, 94.73": "Chuyên viên có điểm chung 28, số lượng 100 %, chất lượng 96 %, tiến độ 90 % được 94,73 điểm",
    "leader, 90.42": "Lãnh đạo có đơn vị phụ trách 50 % được chia cho sáu tiêu chí, 90,42 điểm",
    "cuts, 64.17": "còn 64,17 điểm nhiệm vụ",
    "cuts read literally, 53.67": "cũng tháng ấy còn 53,67 điểm nhiệm vụ",
    "cap, good after demotion: 5": "mẫu số là số hoàn thành tốt sau khi hạ mức thì 5 người được xuất sắc",
    "cap, good before: 4": "mẫu số là số hoàn thành tốt trước khi hạ mức thì 4 người",
    "cap, all from 70: 6": "mẫu số là mọi người từ hoàn thành tốt trở lên thì 6 người",
    "cap at 25 %, after demotion: 6": "tỷ lệ là 25 %, sau khi hạ mức còn 6 người",
    "cap at 25 %, all from 70: 7": "Tỷ lệ 25 % trên mọi người từ hoàn thành tốt trở lên thì 7 người",
}


SECTION_1 = {
    "quantity: completed by assigned": ("decree-335-2025", "hai trên năm thì 40 %"),
    "quantity is at most 100 %": ("decree-335-2025", "cũng không quá 100 %"),
    "cuts stop at the product's own points": ("decree-335-2025", "cũng không trừ quá điểm của sản phẩm đó"),
    "a confirmed cause cancels the cut": ("decree-335-2025", "được cấp có thẩm quyền miễn trừ thì không bị trừ"),
    "early is on time": ("decree-335-2025", "Xong sớm cũng là đúng hạn"),
    "led units: 100 or 50 %": ("decree-335-2025", "Mọi cấp dưới từ mức hoàn thành"),
    "organising and rallying: 50 %": ("decree-335-2025", "mỗi tiêu chí chỉ được 50 %"),
    "the year is the average": ("decree-335-2025", "Điểm năm là trung bình các tháng"),
    "under six months: not graded": ("decree-335-2025", "Làm việc dưới sáu tháng"),
    "transfer: the new body grades on both": ("decree-335-2025", "Chuyển cơ quan giữa năm"),
    "band 90": ("decree-335-2025", "Đúng 90 điểm"),
    "band below 90": ("decree-335-2025", "Dưới 90 điểm"),
    "band 70": ("decree-335-2025", "Đúng 70 điểm"),
    "band below 70": ("decree-335-2025", "Dưới 70 điểm"),
    "band 50": ("decree-335-2025", "Đúng 50 điểm"),
    "band below 50": ("decree-335-2025", "Dưới 50 điểm"),
    "discipline proposes": ("decree-335-2025", "Bị kỷ luật trong năm thì máy đề xuất"),
    "degradation proposes": ("decree-335-2025", "Có kết luận suy thoái"),
    "corruption in a leader's unit proposes": ("decree-335-2025", "Tham nhũng, lãng phí ở đơn vị"),
    "cap, 50 people: 8": ("decree-335-2025", "sau khi hạ mức thì 8 người"),
    "cap, 50 people read as all from 70: 10": ("decree-335-2025", "từ hoàn thành tốt trở lên thì 10 người"),
    "service unit excellent": ("decree-233-2026", "30 % vượt mức, không đơn vị trực thuộc nào"),
    "service unit, 29 % exceeding": ("decree-233-2026", "chỉ 29 % vượt mức"),
    "service unit, a failed sub-unit": ("decree-233-2026", "có một đơn vị trực thuộc không hoàn thành"),
    "service unit, faults not fixed": ("decree-233-2026", "khuyết điểm cũ chưa khắc phục"),
    "service unit, a task of low quality": ("decree-233-2026", "một việc chưa bảo đảm chất lượng"),
    "service unit good": ("decree-233-2026", "Đơn vị từ 70 điểm và mọi nhiệm vụ đúng hạn"),
    "service unit complete at 20 % late": ("decree-233-2026", "Đơn vị 50 điểm, chậm đúng 20 %"),
    "service unit over 20 % late": ("decree-233-2026", "Đơn vị 50 điểm, chậm 30 %"),
    "service unit below 50": ("decree-233-2026", "Đơn vị dưới 50 điểm"),
    "service unit under 70 % of plan": ("decree-233-2026", "Đơn vị xong dưới 70 % nhiệm vụ"),
    "service unit, personnel violations": ("decree-233-2026", "vi phạm về công tác cán bộ"),
    "head not above unit": ("decree-233-2026", "Người đứng đầu không được xếp cao hơn đơn vị"),
    "fewer than five units": ("decree-233-2026", "Trong ba đơn vị trực thuộc"),
    "Decree 90 excellent": ("decree-90-2020", "60 % vượt mức thì xuất sắc"),
    "Decree 90 good": ("decree-90-2020", "hoàn thành tốt"),
    "Decree 90 complete": ("decree-90-2020", "chậm đúng bằng 20 %"),
    "Decree 90 hole": ("decree-90-2020", "khoảng trống 20 % đến 50 %"),
    "Decree 90 not complete": ("decree-90-2020", "trên 50 %"),
    "Decree 90 leaders": ("decree-90-2020", "70 % từ tốt trở lên"),
}


@pytest.mark.parametrize(("rulebook", "title"), SECTION_1.values(), ids=SECTION_1.keys())
def test_a_line_of_the_regulations_has_an_example(rulebook: str, title: str) -> None:
    """Section 1 of the regulations: each line that is a rule is shown by a story."""
    assert any(title in told.example.title for name, told in TOLD if name == f"vn/national/{rulebook}")


def test_what_the_text_does_not_say_of_the_limit_is_not_called_verified() -> None:
    """Section 1.3: rounding is laid down nowhere; at most one in a group under five units is."""
    (rule,) = book("vn/national/decree-233-2026").scorecards["service_unit_year"].model.population_rules
    assert rule.legal_basis is not None and rule.legal_basis.certainty == "unverified" and rule.legal_basis.note
    assert rule.small is not None and rule.small.legal_basis is not None
    assert rule.small.legal_basis.certainty == "verified"


@pytest.mark.parametrize("title", VECTORS_335.values(), ids=VECTORS_335.keys())
def test_published_vector_is_an_example(title: str) -> None:
    """Section 11 of the regulations: each vector stands beside the rule, by its figures."""
    assert sum(title in told.example.title for name, told in TOLD if name == "vn/national/decree-335-2025") == 1


@pytest.mark.parametrize(("name", "told"), TOLD, ids=[f"{name}: {told.example.title}" for name, told in TOLD])
def test_a_wrong_expectation_is_reported(name: str, told: Told) -> None:
    """Each example can fail: with one expected figure changed, it tells the difference."""
    example = told.example
    if example.cap is not None:
        wrong = example.model_copy(update={"cap": example.cap.model_copy(update={"allowed": example.cap.allowed + 1})})
    else:
        spoiled = {code: one.model_copy(update={"grade": "no such grade"}) for code, one in example.expect.items()}
        wrong = example.model_copy(update={"expect": spoiled})
    found = differences(book(name), wrong, calendar())
    assert found and "expected" in found[0]


def test_an_example_of_nobody_is_reported() -> None:
    """An expectation for someone who is not scored is a difference, not silence."""
    name, told = next((n, t) for n, t in TOLD if t.example.expect)
    expected = next(iter(told.example.expect.values()))
    wrong = told.example.model_copy(update={"expect": {"nobody": expected}})
    assert differences(book(name), wrong, calendar()) == ["nobody: not scored"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rates": {"no_such": 1}}, "no_such is expected to be measured, and is not"),
        ({"parts": {"no_such": 1}}, "no_such is None, expected 1"),
        ({"proposals": {"no_such": "proposed"}}, "expected {'no_such': 'proposed'}"),
    ],
)
def test_an_expectation_of_something_unknown_is_reported(changes: dict[str, object], words: str) -> None:
    name, told = next((n, t) for n, t in TOLD if t.example.expect)
    code, expected = next(iter(told.example.expect.items()))
    wrong = told.example.model_copy(update={"expect": {code: expected.model_copy(update=changes)}})
    assert any(words in found for found in differences(book(name), wrong, calendar()))


def test_a_limit_of_no_rule_is_reported() -> None:
    name, told = next((n, t) for n, t in TOLD if t.example.cap)
    assert told.example.cap is not None
    wrong = told.example.model_copy(update={"cap": told.example.cap.model_copy(update={"rule": "none"})})
    assert "has no population rule 'none'" in differences(book(name), wrong, calendar())[0]
