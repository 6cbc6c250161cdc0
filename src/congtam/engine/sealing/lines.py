"""Checks of the single lines of long texts in a seal: of the files of rules, of work in columns.

A text is one leaf, so its leaf only tells that it is not what was sealed. Beside it stands a CRC-16 of each line, which
proves nothing but names the lines that were changed: every change of one byte, and of 65,536 others all but one.
"""

import re
from binascii import crc_hqx
from collections.abc import Iterable, Mapping
from itertools import zip_longest

from congtam.engine.sealing.encoding import line, read
from congtam.engine.sealing.parts import Part

CHECKS = "checks/"
LENGTH = 4  # letters of a check
END = "\n"
_ENDED = re.compile(r"(?:[^\\]|\\.)*?\\n", re.DOTALL)  # up to an end of line, in JSON


def checks_part(name: str, key: int, rows: Iterable[list[str]], secret: bytes) -> Part:
    """The checks of a part whose rows are a key and a text."""
    told = ([*row[:key], "".join(map(_check, lines_of(row[key])))] for row in rows)
    return Part.of(CHECKS + name, key, told, secret)


def changed_lines(parts: Mapping[str, Part], part: Part, place: int) -> list[tuple[int, str | None]]:
    """Which lines of a changed row are not what their checks say, by number (from 1), each as it reads now (None: it is
    gone). Empty where there are no checks, or they tell nothing: then it is the row as a whole."""
    checks = parts.get(CHECKS + part.name)
    if checks is None or len(checks.rows) != len(part.rows):
        return []
    try:
        *key, told = read(checks.rows[place])
        sealed = [told[at : at + LENGTH] for at in range(0, len(told), LENGTH)]
        begins = len(line(key)) + 1  # the text follows as `,"…"]`
    except (ValueError, TypeError):
        return []
    now = [_decoded(one) for one in _ENDED.findall(part.rows[place][begins:].decode(errors="surrogateescape"))]
    pairs = enumerate(zip_longest(map(_check, now), sealed))
    differing = [at for at, (own, was) in pairs if own != was]
    if len(now) != len(sealed):  # a line was split or joined: those after it stand elsewhere
        differing = differing[:1]
    return [(at + 1, now[at] if at < len(now) else None) for at in differing]


def lines_of(text: str) -> list[str]:
    """The lines of a text that end."""
    return [one + END for one in text.split(END)[:-1]]


def _check(text: str) -> str:
    return f"{crc_hqx(text.encode(errors='backslashreplace'), 0):0{LENGTH}x}"


def _decoded(text: str) -> str:
    """A line out of the JSON it was written in; as it is, where it is none any more."""
    try:
        return str(read(f'"{text}"'.encode()))
    except ValueError:
        return text
