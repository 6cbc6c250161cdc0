"""Vietnamese names: the given name stands last; lists sort by it, by the Vietnamese alphabet; searching forgets
diacritics.

The order is written by hand: letters first, then tones, as Vietnamese dictionaries have it. No collation of a database
is asked, so every site sorts alike.
"""

import unicodedata

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_MARKED = {  # letters that are letters of their own, by base letter and mark
    ("a", "\u0306"): "ă",
    ("a", "\u0302"): "â",
    ("e", "\u0302"): "ê",
    ("o", "\u0302"): "ô",
    ("o", "\u031b"): "ơ",
    ("u", "\u031b"): "ư",
}
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng
_PLACES = {letter: f"{place:02d}" for place, letter in enumerate("0123456789" + _ALPHABET, 1)}


def tidy(name: str) -> str:
    """A name in one form: composed letters (NFC), single blanks."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def given_name(full_name: str) -> str:
    """The given name (tên): the last word."""
    return full_name.split()[-1] if full_name.split() else ""


def sort_key(full_name: str) -> str:
    """A key that sorts persons by given name, then by family and middle names. Digits only: any collation keeps it."""
    words = full_name.split()
    return "".join(_word(word) for word in [*words[-1:], *words[:-1]])[:400]


def search_key(text: str) -> str:
    """A text in small letters without diacritics, with single blanks."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


def _word(word: str) -> str:
    """Two digits for each letter, 00, and one for the tone."""
    letters: list[str] = []
    tone = 0
    for mark in unicodedata.normalize("NFD", word.casefold()):
        if mark in _TONES:
            tone = _TONES.index(mark) + 1
        elif letters and (letters[-1], mark) in _MARKED:
            letters[-1] = _MARKED[(letters[-1], mark)]
        elif not unicodedata.combining(mark):
            letters.append(mark)
    return "".join(_PLACES.get(letter, "") for letter in letters) + f"00{tone}"
