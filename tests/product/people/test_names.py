"""Vietnamese order of names, and searching without diacritics."""

import pytest

from congtam.people.names import given_name, search_key, sort_key, tidy


def in_order(*names: str) -> bool:
    keys = [sort_key(name) for name in names]
    return keys == sorted(keys) and len(set(keys)) == len(keys)


def test_lists_sort_by_the_given_name_first() -> None:
    assert in_order("Trần Văn An", "Bùi Thị Bình", "Nguyễn Văn Bình", "Lê Cúc")


def test_letters_come_in_the_vietnamese_alphabet() -> None:
    assert in_order("A", "Ă", "Â", "B", "D", "Đ", "E", "Ê", "O", "Ô", "Ơ", "U", "Ư", "Y")


def test_tones_come_after_letters_in_the_order_of_dictionaries() -> None:
    assert in_order("Ma", "Mà", "Mả", "Mã", "Má", "Mạ", "Man", "Mát")


def test_a_shorter_name_comes_before_a_longer_one() -> None:
    assert in_order("An", "Ân", "Băng", "Bình")
    assert in_order("Lê An", "Lê Anh", "Lê Văn Anh", "Lý Anh")


def test_the_family_name_decides_between_equal_given_names() -> None:
    assert in_order("Đặng Văn Minh", "Đỗ Anh Minh", "Hồ Minh", "Lê Minh", "Nguyễn Minh", "Nguyễn Văn Minh")


def test_how_a_name_was_typed_does_not_matter() -> None:
    composed, decomposed = "Nguyễn Thị Thủy", "Nguye\u0302\u0303n Thi\u0323 Thu\u0309y"
    assert sort_key(composed) == sort_key(decomposed)
    assert tidy(f"  {decomposed}\t ") == composed
    assert sort_key("NGUYỄN AN") == sort_key("Nguyễn An")


@pytest.mark.parametrize("name", ["Nguyễn Văn A", "O'Brien", "Y Ðum Niê", "Müller", "", "  ", "陈"])
def test_a_key_holds_digits_only_so_that_any_collation_keeps_it(name: str) -> None:
    assert sort_key(name) == "" or sort_key(name).isdigit()


def test_searching_forgets_diacritics_and_case() -> None:
    assert search_key("Đặng  Thị CÚC") == "dang thi cuc"
    assert search_key("12/QĐ-SNV") == "12/qd-snv"


def test_the_given_name_is_the_last_word() -> None:
    assert given_name("Tôn Nữ Hoàng Diệu") == "Diệu"
    assert given_name(" ") == ""
