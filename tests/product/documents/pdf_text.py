"""The words of a PDF as anybody's reader takes them out: by the fonts' own tables from codes to letters."""

import re
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader

_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
_TOKENS = re.compile(rb"/(\S+)\s+[\d.]+\s+Tf|<([0-9A-Fa-f\s]*)>|(\()|(\bT[dDm*]\b|\bBT\b)")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(pdf: bytes, *, by_page: bool = False) -> Any:
    """All its words, or those of each page."""
    reader = PdfFileReader(BytesIO(pdf))
    pages = [_page(one) for one in _leaves(reader.root["/Pages"])]
    return pages if by_page else "\n".join(pages)


def _leaves(node: Any) -> list[Any]:
    kids = node.get("/Kids")
    return [node] if kids is None else [leaf for kid in kids for leaf in _leaves(kid.get_object())]


def _page(page: Any) -> str:
    fonts = {name[1:]: _letters(font.get_object()) for name, font in page["/Resources"].get("/Font", {}).items()}
    content = page["/Contents"]
    streams = content if isinstance(content, list) else [content]
    return _said(b"\n".join(one.get_object().data for one in streams), fonts)


def _said(content: bytes, fonts: dict[str, dict[bytes, str]]) -> str:
    said: list[str] = []
    letters: dict[bytes, str] = {}
    at = 0
    while token := _TOKENS.search(content, at):
        font, coded, literal, moved = token.groups()
        at = _closed(content, token.end()) if literal else token.end()
        if font:
            letters = fonts.get(font.decode(), {})
        elif moved:
            said.append(" ")
        else:
            codes = _unescaped(content[token.end() : at - 1]) if literal else bytes.fromhex(coded.decode())
            said += [letters.get(codes[one : one + 2], "") for one in range(0, len(codes), 2)]
    return "".join(said)


def _closed(content: bytes, at: int) -> int:
    """Behind the bracket that closes a literal; those within it stand in pairs or behind a stroke."""
    depth = 1
    while depth:
        if content[at] == 0x5C:
            at += 1
        else:
            depth += {0x28: 1, 0x29: -1}.get(content[at], 0)
        at += 1
    return at


def _letters(font: Any) -> dict[bytes, str]:
    table = font["/ToUnicode"].get_object().data
    found: dict[bytes, str] = {}
    for block in _CHARS.findall(table):
        codes = [bytes.fromhex(one.decode()) for one in _HEX.findall(block)]
        found |= {code: to.decode("utf-16-be") for code, to in zip(codes[::2], codes[1::2], strict=True)}
    for block in _RANGES.findall(table):
        codes = [bytes.fromhex(one.decode()) for one in _HEX.findall(block)]
        for first, last, to in zip(codes[::3], codes[1::3], codes[2::3], strict=True):
            for step in range(int.from_bytes(last) - int.from_bytes(first) + 1):
                code = (int.from_bytes(first) + step).to_bytes(2)
                found[code] = (int.from_bytes(to) + step).to_bytes(len(to)).decode("utf-16-be")
    return found


def _unescaped(literal: bytes) -> bytes:
    def one(match: re.Match[bytes]) -> bytes:
        told = match[1]
        return bytes([int(told, 8)]) if told.isdigit() else _NAMED.get(told, told)

    return _ESCAPE.sub(one, literal)
