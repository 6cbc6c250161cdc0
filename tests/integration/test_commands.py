"""Every command as a person types it, on the demo department: what it prints, writes, refuses, and its exit code."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from answering import Answer

Command = Callable[..., Answer]
CIVIL = ("--rulebook", "vn/national/decree-335-2025", "--scorecard", "civil_servant_month")
HUE = ("--rulebook", "vn/hue/dost-monthly-2025", "--scorecard", "official_month")
AS_OF = ("--as-of", "2026-11-22T12:00:00+07:00")


def test_evaluate_prints_people_by_section_with_points_and_grade(congtam: Command, department_folder: Path) -> None:
    answer = congtam("evaluate", *CIVIL, "--period", "2026-10", "--data", department_folder, *AS_OF)
    assert answer.code == 0 and answer.err == ""
    assert "DỮ LIỆU MẪU" in answer.out and "Phòng Chuyển đổi số" in answer.out
    row = next(line for line in answer.out.splitlines() if line.startswith("CB019"))
    general, results, total = (float(cell.replace(",", ".")) for cell in row.split()[-4:-1])
    assert row.split()[-1] == "Tốt" and abs(general + results - total) < 0.011
    assert "số liệu đến 24:00 31/10/2026" in answer.out and "mức tối đa của mục khác" not in answer.out
    assert max(len(line) for line in answer.out.splitlines()) <= 100


def test_leadership_stands_first_and_the_director_before_deputies(congtam: Command, department_folder: Path) -> None:
    out = congtam("evaluate", *CIVIL, "--period", "2026-10", "--data", department_folder, *AS_OF).out
    codes = [line[:5] for line in out.splitlines() if line.startswith("CB0")]
    assert codes[0] == "CB001" and set(codes[1:3]) == {"CB002", "CB003"}


def test_live_month_says_provisional_and_points_so_far(congtam: Command, department_folder: Path) -> None:
    out = congtam("evaluate", *CIVIL, "--period", "2026-11", "--data", department_folder, *AS_OF).out
    assert "tạm tính" in out
    assert next(line for line in out.splitlines() if line.startswith("CB020")).split()[-3].endswith("/70")


def test_json_holds_whole_numbers_and_what_it_was_computed_from(congtam: Command, department_folder: Path) -> None:
    answer = congtam("evaluate", *CIVIL, "--period", "2026-10", "--data", department_folder, *AS_OF, "--json")
    result = json.loads(answer.out)
    late = next(score for score in result["scores"] if score["subject"] == "CB019")
    assert late["total"] == sum(part["points"] for part in late["parts"])
    assert result["sample"] is True and result["known_at"] is None and result["notice"]["vi"]
    assert result["header"]["rulebook"] == "vn/national/decree-335-2025" and len(result["header"]["meaning"]) == 64


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_results_leave_as_files(congtam: Command, department_folder: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"ket-qua.{ending}"
    assert congtam("evaluate", *CIVIL, "--period", "2026-10", "--data", department_folder, "--out", out).code == 0
    text = out.read_text(encoding="utf-8")
    assert "CB019" in text and list(tmp_path.iterdir()) == [out]
    if ending == "csv":
        assert text.startswith("\ufeffDỮ LIỆU MẪU\n") and "Bản ghi đến số" in text and "Kết quả nhiệm vụ" in text
        row = next(line for line in text.splitlines() if line.startswith("CB019"))
        assert ";Tốt;theo điểm;" in row and re.search(r";\d\d,\d\d;", row)
        assert "24:00 31/10/2026" in text and "Lưu ý" in text


def test_another_ending_is_refused(congtam: Command, department_folder: Path, tmp_path: Path) -> None:
    answer = congtam(
        "evaluate", *CIVIL, "--period", "2026-10", "--data", department_folder, "--out", tmp_path / "x.doc"
    )
    assert answer.code == 2 and "bad-ending" in answer.err


def test_explain_tells_each_record_once_with_its_points_and_source(congtam: Command, department_folder: Path) -> None:
    answer = congtam(
        "explain", *CIVIL, "--period", "2026-10", "--data", department_folder, *AS_OF, "--subject", "CB019"
    )
    assert answer.code == 0
    told = re.findall(r"(CV2\d{3}-\d{4}) “", answer.out)
    assert told and len(told) == len(set(told))
    for words in (
        "Tổng ",
        "Nếu đúng hạn và không lỗi: +",
        "người chấm: ",
        "điểm bị mất",
        "bình quân",
        "(tính trên ",
        "Nếu thấy chưa đúng: gửi đề nghị xem xét lại",
        "số liệu tính đến 24 giờ 00 ngày 31/10/2026",
    ):
        assert words in " ".join(answer.out.split())
    assert re.search(r"quá hạn \d+ ngày làm việc", answer.out) and re.search(r"Bản ghi số \d{5}", answer.out)
    assert answer.out.count("Tiêu chí chung:") == 1 and "…" not in answer.out
    assert max(len(line) for line in answer.out.splitlines()) <= 100


def test_explain_speaks_english_too(congtam: Command, department_folder: Path) -> None:
    out = congtam(
        "explain",
        *CIVIL,
        "--period",
        "2026-10",
        "--data",
        department_folder,
        *AS_OF,
        "--subject",
        "CB019",
        "--lang",
        "en",
    ).out
    assert re.search(r"Total \d\d\.\d\d of 100\.00", out) and "Nếu" not in out
    assert re.search(r"\d working days? late", out)


def test_explain_one_part_leaves_the_others_out(congtam: Command, department_folder: Path) -> None:
    words = ("explain", *HUE, "--period", "2025-03", "--data", department_folder, "--subject", "CB019")
    out = congtam(*words, "--part", "creativity").out
    assert "Tính sáng tạo" in out and "Chất lượng xử lý:" not in out
    answer = congtam(*words, "--part", "creativty")
    assert answer.code == 2 and "did you mean 'creativity'" in answer.err


def test_explain_json_re_adds(congtam: Command, department_folder: Path) -> None:
    answer = congtam(
        "explain", *HUE, "--period", "2025-03", "--data", department_folder, "--subject", "CB019", "--json"
    )
    trace = json.loads(answer.out)
    for indicator in trace["indicators"].values():
        known = [row for row in indicator["rows"] if not row["unknown"]]
        if known and indicator["unit"] == "percent":
            assert sum(row["top"] for row in known) == indicator["top"]
            assert sum(row["bottom"] for row in known) == indicator["bottom"]


def test_veto_is_proposed_and_only_a_decision_makes_it_a_grade(congtam: Command, department_folder: Path) -> None:
    out = " ".join(congtam("evaluate", *HUE, "--period", "2025-03", "--data", department_folder).out.split())
    assert "Chờ người có thẩm quyền" in out and "máy đề xuất, chờ người có thẩm quyền quyết định" in out
    assert "Không hoàn thành (QĐ)" in out and re.search(r"\d,\d\d (Tốt|Hoàn thành) \*", out)
    assert "MINH HỌA" in out
    waiting, decided = out.split("Đã có quyết định", 1)
    assert "CB029" not in waiting.rsplit("Chờ người có thẩm quyền", 1)[1] and "CB029" in decided


def test_what_if_on_a_parameter_names_who_changes(congtam: Command, department_folder: Path) -> None:
    answer = congtam(
        "what-if", *CIVIL, "--period", "2026-10", "--data", department_folder, *AS_OF, "--set", "late_item=zero"
    )
    assert answer.code == 0 and "trường hợp thay đổi điểm" in answer.out and "CB019" in answer.out
    assert "Giả định: late_item = zero (hiện hành: partial)" in answer.out


def test_what_if_on_a_record_agrees_with_the_explanation(congtam: Command, department_folder: Path) -> None:
    words = (*CIVIL, "--period", "2026-10", "--data", department_folder, *AS_OF)
    trace = json.loads(congtam("explain", *words, "--subject", "CB019", "--json").out)
    item = max(trace["records"], key=lambda one: one["effect"]["if_good"]["total"])["item"]
    changed = json.loads(congtam("what-if", *words, "--if-good", item, "--json").out)
    own = next(one for one in changed if one["subject"] == "CB019")
    told = next(one for one in trace["records"] if one["item"] == item)
    assert own["after"] - own["before"] == told["effect"]["if_good"]["total"] > 0


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("what-if", *CIVIL, "--period", "2026-10"), "nothing-asked", "--set"),
        (("what-if", *CIVIL, "--period", "2026-10", "--set", "late_itm=zero"), "unknown-parameter", "late_item"),
        (("what-if", *CIVIL, "--period", "2026-10", "--set", "late_item=none"), "bad-parameter", "partial"),
        (("what-if", *CIVIL, "--period", "2026-10", "--without", "CV2608-9999"), "unknown-item", "CV2608"),
        (("evaluate", *CIVIL, "--period", "2025-10"), "not-in-force", "--trial"),
        (("evaluate", *CIVIL, "--period", "2026"), "wrong-period", "write 2026-09"),
        (("evaluate", *CIVIL, "--period", "2026-13"), "bad-period", "2026-Q3"),
        (("evaluate", *CIVIL[:2], "--scorecard", "civil_month", "--period", "2026-10"), "unknown-scorecard", "did you"),
        (("evaluate", "--rulebook", "vn/x", *CIVIL[2:], "--period", "2026-10"), "rulebook-missing", "decree-335"),
        (("explain", *CIVIL, "--period", "2026-10", "--subject", "CB999"), "unknown-subject", "CB0"),
        (("explain", *CIVIL, "--period", "2026-10", "--subject", "CB044"), "other-scorecard", "public_employee"),
        (
            ("explain", *CIVIL, "--period", "2026-10", "--subject", "CB019", "--part", "progress"),
            "unknown-part",
            "--part results",
        ),
        (("evaluate", *CIVIL, "--period", "2026-10", "--choice", "culture_day=off"), "calendar-unknown-choice", "2026"),
    ],
)
def test_questions_that_make_no_sense_are_refused_with_advice(
    congtam: Command, department_folder: Path, words: tuple[str, ...], code: str, says: str
) -> None:
    answer = congtam(*words, "--data", department_folder)
    assert answer.code == 2 and answer.out == ""
    assert f"[{code}]" in answer.err and "→" in answer.err and says in answer.err


def test_trial_answers_outside_validity_and_says_so(congtam: Command, department_folder: Path) -> None:
    out = congtam("evaluate", *HUE, "--period", "2025-02", "--data", department_folder, "--trial").out
    assert "TÍNH THỬ" in out


def test_month_without_work_grades_nobody(congtam: Command, department_folder: Path) -> None:
    answer = congtam("evaluate", *CIVIL, "--period", "2026-05", "--data", department_folder, *AS_OF)
    rows = [line for line in answer.out.splitlines() if line.startswith("CB0")]
    assert answer.code == 0 and rows and all(line.rstrip().endswith("chưa đủ dữ liệu") for line in rows)


def test_known_at_leaves_out_what_came_later(congtam: Command, department_folder: Path) -> None:
    words = ("evaluate", *CIVIL, "--period", "2026-10", "--data", department_folder, "--json")
    now = json.loads(congtam(*words, *AS_OF).out)
    then = json.loads(congtam(*words, *AS_OF, "--known-at", "2026-10-20").out)
    assert then["header"]["seq"] < now["header"]["seq"] and then["known_at"]
    told = congtam(*words[:-1], *AS_OF, "--known-at", "2026-10-20").out
    assert "chỉ dùng bản ghi đã ghi nhận trước 24 giờ 00 ngày 20/10/2026" in told


def test_year_names_the_months_it_holds(congtam: Command, department_folder: Path) -> None:
    words = ("--rulebook", "vn/national/decree-335-2025", "--scorecard", "civil_servant_year", "--period", "2026")
    out = congtam("evaluate", *words, "--data", department_folder, *AS_OF).out
    assert "Gồm các tháng: 2026-09, 2026-10" in out and "15/12" in out
    told = congtam("explain", *words, "--data", department_folder, *AS_OF, "--subject", "CB019").out
    assert re.search(r"Gồm 2 tháng \(2026-09: \d\d,\d\d; 2026-10: \d\d,\d\d\)", " ".join(told.split()))
    assert "Mới có 2 tháng đủ số liệu; cần ít nhất" in told


def test_explain_takes_a_full_name_and_says_why_there_is_no_grade(congtam: Command, department_folder: Path) -> None:
    words = ("explain", *CIVIL, "--data", department_folder, *AS_OF)
    assert "Huỳnh Ngọc Sỹ (CB029)" in congtam(*words, "--period", "2026-10", "--subject", "huỳnh ngọc sỹ").out
    out = congtam(*words, "--period", "2026-05", "--subject", "CB019").out
    assert "Chưa có việc nào; cần ít nhất 5 việc và 10 ngày làm việc để xếp loại." in " ".join(out.split())
    assert "chưa có mục nào đo được" in out


def test_explain_names_those_below_who_lower_a_leaders_mark(congtam: Command, department_folder: Path) -> None:
    words = ("explain", *CIVIL, "--period", "2026-10", "--data", department_folder, *AS_OF, "--subject", "CB026")
    assert "50,00 %, vì Huỳnh Ngọc Sỹ (CB029) dưới mức Hoàn thành." in " ".join(congtam(*words).out.split())


def test_live_month_says_what_is_measured_and_what_is_not_yet_due(congtam: Command, department_folder: Path) -> None:
    words = ("explain", *CIVIL, "--period", "2026-11", "--data", department_folder, *AS_OF, "--subject", "CB031")
    out = " ".join(congtam(*words).out.split())
    assert "điểm đã đo được; 35,00 điểm chưa có số liệu" in out and "việc chưa đến hạn)" in out


def test_groups_leave_as_figures_and_have_no_grade(congtam: Command, department_folder: Path, tmp_path: Path) -> None:
    shipped = Path(__file__).parents[2] / "examples/dossier-timeliness"
    words = ("evaluate", "--rulebook", shipped, "--scorecard", "timeliness", "--period", "2025-03", "--trial")
    out = tmp_path / "nhom.csv"
    answer = congtam(*words, "--data", department_folder, "--out", out)
    assert answer.code == 0, answer.err
    assert "tử số/mẫu số" in answer.out
    heading = out.read_text(encoding="utf-8-sig").splitlines()[1].split(";")
    assert heading[:3] == ["Phân theo", "Giá trị", "n"] and any(one.endswith(": tử số") for one in heading)
    groups = json.loads(congtam(*words, "--data", department_folder, "--json").out)["scores"]
    assert all("graded" not in one and one["n"] >= max(f["n"] for f in one["indicators"].values()) for one in groups)


def test_missing_folder_and_broken_table_are_refused(congtam: Command, tmp_path: Path) -> None:
    words = ("evaluate", *CIVIL, "--period", "2026-10", "--data")
    assert "[data-missing]" in congtam(*words, tmp_path / "no").err
    (tmp_path / "event.csv").write_text("seq,recorded_at\n1,x\n", encoding="utf-8")
    answer = congtam(*words, tmp_path)
    assert answer.code == 2 and "[missing-column]" in answer.err


def test_rulebook_check_passes_what_is_shipped(congtam: Command) -> None:
    answer = congtam("rulebook", "check")
    assert answer.code == 0 and answer.err == "" and "vn/hue/dost-monthly-2025" in answer.out


def test_rulebook_check_of_a_broken_one_says_where_and_ends_with_one(congtam: Command, tmp_path: Path) -> None:
    folder = tmp_path / "hong"
    folder.mkdir()
    (folder / "rulebook.yaml").write_text("title: {vi: a, en: a}\nissuer: x\n", encoding="utf-8")
    answer = congtam("rulebook", "check", folder)
    assert answer.code == 1 and "[missing-key]" in answer.err and "rulebook.yaml:1" in answer.err


def test_rulebook_list_knows_what_is_in_force(congtam: Command) -> None:
    out = congtam("rulebook", "list", "--day", "2026-08-01", "--staff-kind", "public_employee").out
    assert "decree-233-2026" in out and "decree-335-2025" not in out and "decree-90-2020" in out


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_rulebook_show_names_parts_parameters_and_certainty(congtam: Command, lang: str) -> None:
    out = congtam("rulebook", "show", "vn/hue/dost-monthly-2025", "--lang", lang).out
    assert ("hằng tháng" if lang == "vi" else "monthly") in out and ("0,25" if lang == "vi" else "0.25") in out
    assert ("mã nội dung" in out and "Không hoàn thành nhiệm vụ" in out) or lang == "en"
    assert "overdue_limit" in out and ("CHƯA KIỂM CHỨNG" if lang == "vi" else "UNVERIFIED") in " ".join(out.split())


def test_demo_shows_the_department_and_keeps_its_data(congtam: Command, tmp_path: Path) -> None:
    keep = tmp_path / "demo"
    answer = congtam("demo", "--today", "2026-11-22", "--keep", keep)
    assert answer.code == 0 and answer.err == ""
    for words in (
        "2026-09",
        "2026-10",
        "2026-11",
        "2025-02",
        "2025-03",
        "2025-04",
        "TÍNH THỬ",
        "Công việc làm mất điểm",
        "Điều gài sẵn trong dữ liệu mẫu",
    ):
        assert words in answer.out
    assert (keep / "event.csv").exists() and (keep / "truths.json").exists()
    again = congtam("demo", "--today", "2026-11-22", "--keep", keep)
    assert again.out == answer.out


def test_demo_never_writes_over_a_folder_that_is_not_its_own(congtam: Command, tmp_path: Path) -> None:
    (tmp_path / "thu-quan-trong.txt").write_text("x", encoding="utf-8")
    answer = congtam("demo", "--today", "2026-11-22", "--keep", tmp_path)
    assert answer.code == 2 and "folder-in-use" in answer.err and (tmp_path / "thu-quan-trong.txt").exists()


def test_prepare_proposes_prepares_and_reports(congtam: Command, tmp_path: Path) -> None:
    log = tmp_path / "so.csv"
    log.write_text(
        "Mã hồ sơ,Ngày nhận,Hạn trả,Ngày trả,Phòng\n"
        "A1,03/03/2025 08:00,14/03/2025 17:00,12/03/2025 09:00,Một cửa\n"
        "A2,04/03/2025 08:00,14/03/2025 17:00,31/02/2025 09:00,Một cửa\n",
        encoding="utf-8",
    )
    proposed = congtam("prepare", log, "--propose")
    assert proposed.code == 0 and "Mã hồ sơ" in proposed.out
    mapping = tmp_path / "so.yaml"
    mapping.write_text(proposed.out, encoding="utf-8")
    answer = congtam("prepare", log, "--mapping", mapping, "--out", tmp_path / "bang")
    assert answer.code == 1 and "2 dòng đọc = 1 dùng + 1 để riêng" in answer.out
    assert "1 dòng, ngày giờ không đọc được" in answer.out
    assert "31/02/2025" in answer.err
    again = congtam("prepare", log, "--mapping", mapping, "--out", tmp_path / "bang")
    assert again.code == 2
    told = congtam("prepare", log, "--mapping", mapping, "--out", tmp_path / "bang2", "--json")
    assert told.code == 1 and json.loads(told.out)["set_aside"] == {"unreadable-date": 1}
    log.write_text(log.read_text(encoding="utf-8").replace("31/02/2025", "13/03/2025"), encoding="utf-8")
    assert congtam("prepare", log, "--mapping", mapping, "--out", tmp_path / "bang3").code == 0


def test_prepare_without_a_mapping_says_how_to_begin(congtam: Command, tmp_path: Path) -> None:
    answer = congtam("prepare", tmp_path / "x.csv")
    assert answer.code == 2 and "--propose" in answer.err
