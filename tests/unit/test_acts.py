"""Acts as papers and pages name them: what is known, and nothing that is not."""

from datetime import date

import pytest

from congtam.engine.explaining.acts import cited, issued, named, stands_on, told
from congtam.engine.rulebook.model import Act
from congtam.registry.shipped import LIBRARY, shipped

DECREE = "Nghị định 335/2025/NĐ-CP"
ACTS = {
    "Luật 1": Act.model_validate(
        {"form": {"vi": "Luật", "en": "Law"}, "number": "1/2025/QH15", "title": {"vi": "về việc A", "en": "on A"},
         "day": "2025-02-05", "certainty": "verified", "in_force_from": "2025-07-01"}
    ),
    "Đề án A": Act.model_validate({"day": "2024-12-25", "certainty": "reported", "under": ["Luật 1"]}),
    "Quy ước": Act(convention=True),
}  # fmt: skip


@pytest.mark.parametrize(
    ("act", "vi", "en"),
    [
        ("Luật 1", "Luật số 1/2025/QH15 ngày 05 tháng 02 năm 2025 về việc A", "Law No. 1/2025/QH15 of 05/02/2025 on A"),
        ("Đề án A", "Đề án A", "Đề án A"),
        ("Nghị định 9", "Nghị định 9", "Nghị định 9"),
    ],
)
def test_an_act_is_named_by_what_is_known_of_it(act: str, vi: str, en: str) -> None:
    assert (named(act, ACTS, "vi"), named(act, ACTS, "en")) == (vi, en)


def test_an_act_stands_on_those_it_was_issued_under_and_nothing_on_a_convention() -> None:
    assert stands_on("Đề án A", ACTS) == ["Luật 1", "Đề án A"]
    assert stands_on("Quy ước", ACTS) == []
    assert stands_on("Nghị định 9", ACTS) == ["Nghị định 9"]
    law, scheme = told(ACTS, "vi")
    assert law.endswith(", có hiệu lực từ 01/07/2025") and scheme == "Đề án A"


def test_every_shipped_rulebook_tells_of_the_acts_it_cites() -> None:
    assert [one for one in LIBRARY.ids() if not shipped(one).tells_of_acts] == []
    acts = shipped("vn/national/decree-335-2025").head.legal_acts
    wanted = "Nghị định số 335/2025/NĐ-CP ngày 21 tháng 12 năm 2025 của Chính phủ"
    assert named(DECREE, acts, "vi") == wanted


def test_what_a_rulebook_is_laid_over_is_cited_before_its_own_act_and_each_once() -> None:
    law, decree = (
        "Luật số 80/2025/QH15 của Quốc hội",
        "Nghị định số 335/2025/NĐ-CP ngày 21 tháng 12 năm 2025 của Chính phủ",
    )
    scheme = "Đề án đánh giá theo dữ liệu số của Sở KH&CN Huế (Quyết định 3322 ngày 25/12/2024)"
    books = [shipped(one) for one in ("vn/hue/decree-335-local", "vn/national/decree-335-2025")]
    assert cited(books, "vi") == cited(books[:1], "vi") == [law, decree, scheme]


def test_an_act_is_as_old_as_its_day_its_force_or_the_year_in_its_name() -> None:
    assert [issued(one, ACTS) for one in ("Luật 1", "Quyết định 3322 ngày 25/12/2024", DECREE, "Quy chế 9")] == [
        date(2025, 2, 5),
        date(2024, 12, 31),
        date(2025, 12, 31),
        date.max,
    ]
