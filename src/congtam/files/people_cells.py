"""Reads a cell in which an office wrote who does a piece of work: several names, each with its role or without.

>>> [(one.name, one.role) for one in read_mentions("Ông Lê An (chủ trì); Trần Bình (PH), Vũ Chi")]
[('Ông Lê An', 'lead'), ('Trần Bình', 'support'), ('Vũ Chi', None)]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from congtam.files.columns import tidy
from congtam.files.guessing import plain

LEAD, SUPPORT = "lead", "support"
ROLES = {
    **dict.fromkeys(("chu tri", "ct", "chu tri chinh", "chinh", "xu ly chinh"), LEAD),
    **dict.fromkeys(("phoi hop", "ph", "phoi hop xu ly", "cung phoi hop", "ho tro"), SUPPORT),
}
_AND = re.compile(r"(?:^|\s)(?:và|&)\s", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[-–+*•]\s*|\d{1,2}[.)]\s+)")
_BEFORE = re.compile(r"^([^:()]{2,20}):\s*")
_BEHIND = re.compile(r"\s[-–]\s*([^-–()]{2,20})$")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_TITLE = re.compile(
    r"^(?:ông/bà|ông|bà|đ/c|đ\.c|đc|đồng chí|anh|chị|cô|chú|ths|ts|ks|cn|bs|ls|pgs|gs)(?:\.\s*|:\s*|\s+)", re.IGNORECASE
)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")  # grave, acute, tilde, hook above, dot below


@dataclass(frozen=True)
class Mention:
    """One name as it was written. `role` is lead, support, or None when it was not said; `note` is what else stands
    in brackets behind it, such as a unit or a code."""

    name: str
    role: str | None
    note: str | None = None


def read_mentions(text: str, role: str | None = None) -> list[Mention]:
    """Every name of a cell, in order. `role` is the one its column gives to names without a mark of their own."""
    found, said = [], role
    for part in _parts(normalize("NFC", text)):
        bare = _BULLET.sub("", part.strip())
        if (match := _BEFORE.match(bare)) and plain(match[1]) in ROLES:
            said, bare = ROLES[plain(match[1])], bare[match.end() :]
        own, notes = said, list[str]()
        for inside in _BRACKETS.findall(bare):
            for piece in inside.split(","):
                own = ROLES.get(plain(piece), own)
                if plain(piece) not in ROLES and tidy(piece):
                    notes.append(tidy(piece))
        bare = tidy(_BRACKETS.sub(" ", bare))
        if (match := _BEHIND.search(bare)) and plain(match[1]) in ROLES:
            own, bare = ROLES[plain(match[1])], bare[: match.start()]
        if name := bare.strip(" .-–"):
            found.append(Mention(name, own, " ".join(notes) or None))
    return found


def _parts(text: str) -> Iterator[str]:
    """The cell cut at ; , line breaks and "và", but not within brackets."""
    depth, part = 0, ""
    for letter in text:
        depth = max(0, depth + (letter == "(") - (letter == ")"))
        if depth == 0 and letter in ";,\n\r":
            yield from _AND.split(part)
            part = ""
        else:
            part += letter
    yield from _AND.split(part)


def with_roles(mentions: list[Mention]) -> list[Mention]:
    """The same with every role said: the first without a mark leads, unless somebody was marked as leading."""
    led, found = any(one.role == LEAD for one in mentions), []
    for one in mentions:
        role = one.role or (SUPPORT if led else LEAD)
        led = led or role == LEAD
        found.append(Mention(one.name, role, one.note))
    return found


def name_key(name: str) -> str:
    """What all spellings of one name have in common: NFC or NFD, capitals, blanks, and where the tone mark sits (Hoà,
    Hòa). Marks are not dropped: An and Ân are two names."""
    words = normalize("NFD", tidy(name).casefold()).split()
    return " ".join(
        "".join(mark for mark in word if mark not in _TONES) + "".join(mark for mark in word if mark in _TONES)
        for word in words
    )


def without_title(name: str) -> str:
    """The name without Ông, Bà, Đ/c, ThS. and the like before it."""
    bare = tidy(name)
    while (shorter := _TITLE.sub("", bare)) != bare:
        bare = shorter
    return bare
