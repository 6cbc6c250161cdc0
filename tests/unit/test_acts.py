"""Acts as papers and pages name them: what is known, and nothing that is not."""

import pytest

from congtam.engine.explaining.acts import named, stands_on, told
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
