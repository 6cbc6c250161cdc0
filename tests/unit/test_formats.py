"""Figures, instants and names as people read them."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from congtam.engine.explaining.formats import decimal, figure, moment, moment_in_words, name_key, points, scaled, signed


@pytest.mark.parametrize(
    ("micro", "places", "vi", "en"),
    [
        (82_530_000, 2, "82,53", "82.53"),
        (89_995_000, 2, "90,00", "90.00"),
        (89_994_999, 2, "89,99", "89.99"),
        (-1_500_000, 1, "−1,5", "−1.5"),
        (0, 2, "0,00", "0.00"),
        (20_000_000, 0, "20", "20"),
        (1, 6, "0,000001", "0.000001"),
    ],
)
def test_points_are_rounded_half_up_and_written_in_the_language(micro: int, places: int, vi: str, en: str) -> None:
    assert (decimal(micro, places, "vi"), decimal(micro, places, "en")) == (vi, en)


def test_no_points_is_a_dash_and_a_difference_has_its_sign() -> None:
    assert points(None, "vi") == "–"
    assert (signed(1_250_000, "vi"), signed(-1_250_000, "vi")) == ("+1,25", "−1,25")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Fraction(377, 1329), "percent", "28,37 %"),
        (Fraction(3), "count", "3"),
        (Fraction(7, 2), "count", "3,50"),
        (Fraction(90), "minutes", "1 giờ 30 phút"),
        (Fraction(1500), "minutes", "1 ngày 1 giờ"),
        (Fraction(5), "minutes", "5 phút"),
        (None, "percent", "–"),
    ],
)
def test_a_figure_is_written_in_its_unit(value: Fraction | None, unit: str, text: str) -> None:
    assert figure(value, unit, "vi") == text


def test_whole_amounts_lose_their_empty_places() -> None:
    assert (scaled(1950, 2, "vi"), scaled(2000, 2, "vi"), scaled(1955, 2, "en")) == ("19,50", "20", "19.55")


def test_midnight_belongs_to_the_day_that_ended() -> None:
    assert moment(datetime(2026, 10, 31, 17, tzinfo=UTC), "vi") == "24:00 31/10/2026"
    assert moment(datetime(2026, 11, 5, 10, tzinfo=UTC), "vi") == "17:00 05/11/2026"


def test_an_instant_in_a_sentence_is_told_in_words() -> None:
    assert moment_in_words(datetime(2026, 10, 31, 17, tzinfo=UTC), "vi") == "24 giờ 00 ngày 31/10/2026"
    assert moment_in_words(datetime(2026, 10, 31, 17, tzinfo=UTC), "en") == "24:00 on 31/10/2026"


def test_names_sort_by_given_name_then_family_name_with_letters_before_tones() -> None:
    names = ["Trần Đức Ân", "Lê An", "Nguyễn Thị Ánh", "Phạm Bình", "Đỗ Ẩn", "Dương An", "Bùi Dũng", "Bùi Đan", "Vũ Ăn"]
    assert sorted(names, key=name_key) == [
        "Dương An", "Lê An", "Nguyễn Thị Ánh", "Vũ Ăn", "Đỗ Ẩn", "Trần Đức Ân", "Phạm Bình", "Bùi Dũng", "Bùi Đan",
    ]  # fmt: skip
