"""Looks through the zip archive of a workbook before anything in it is trusted.

A workbook is a zip archive of XML parts. What its directory declares is compared with what the parts really hold, by
unpacking them once in small pieces, so that a bomb, a lie or a lock is refused and never handed to a reader.
"""

import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from congtam.engine.findings import Place, Unusable, unusable
from congtam.files.opening import OLE, ZIP

MOST_PARTS = 5_000
MOST_BYTES = 1 << 30  # unpacked, over all parts
MOST_RATIO = 200  # unpacked to packed; sheets of registers reach about 20
SMALL = 1 << 24  # bytes below which the ratio says nothing
PIECE = 1 << 16
DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E")  # in UTF-8 or UTF-16
UTF8 = 1 << 11  # the flag of a part whose name is not in the old code page
LOCAL_HEADER = struct.Struct("<4s22xHH")  # its mark, and the lengths of name and extra field behind it
WORKBOOK = "xl/workbook.xml"
MACROS, LINKS = "xl/vbaProject.bin", "xl/externalLinks/"
OTHERS = {
    "xl/workbook.bin": ("a binary workbook (.xlsb)", "open it and save it as .xlsx"),
    "word/document.xml": ("a Word document", "copy its table into a spreadsheet and save that as .xlsx"),
    "ppt/presentation.xml": ("a presentation", "give the spreadsheet itself"),
    "content.xml": ("an OpenDocument file (.ods)", "open it and save it as .xlsx"),
}
_SAVE = "open it and save it again as .xlsx; if you did not make it yourself, ask where it comes from"


def guarded(path: Path) -> list[str]:
    """The names of the parts of a workbook that may be read. Raises `Unusable` saying why it may not."""
    place = Place(path.name)
    with path.open("rb") as file:
        start = file.read(8)
        if start.startswith(OLE):
            raise _old_or_locked(file, place)
        if not start.startswith(ZIP):
            raise unusable(
                "not-xlsx", "this is no .xlsx workbook", "save it as .xlsx, or take a mapping for CSV", place
            )
        try:
            with zipfile.ZipFile(file) as archive:
                parts = archive.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise unusable("zip-damaged", f"the workbook is cut off or damaged ({error})", _SAVE, place) from None
        _refuse_odd_parts(parts, place)
        names = [part.filename for part in parts]
        _refuse_other_kinds(names, place)
        for part in parts:
            _refuse_lies(file, part, place)
    return names


def _old_or_locked(file: BinaryIO, place: Place) -> Unusable:
    """An OLE file is a workbook of the old kind, or a new one behind a password."""
    file.seek(0)
    if "EncryptedPackage".encode("utf-16-le") in file.read(1 << 22):
        advice = "open it with its password and save a copy without one (File, Info, Protect Workbook)"
        return unusable("locked", "the workbook is locked with a password", advice, place)
    return unusable("old-xls", "this is a workbook of the old kind (.xls)", "open it and save it as .xlsx", place)


def _refuse_odd_parts(parts: list[zipfile.ZipInfo], place: Place) -> None:
    """Refuse by what the directory of the archive declares."""
    if len(parts) > MOST_PARTS:
        message = f"the workbook has {len(parts)} parts, more than {MOST_PARTS}"
        raise unusable("zip-bomb", message, _SAVE, place)
    if any(part.flag_bits & 1 for part in parts):
        raise unusable("locked", "parts of the workbook are locked with a password", "save a copy without one", place)
    twice = [name for name, times in Counter(part.filename.lower() for part in parts).items() if times > 1]
    if twice:
        raise unusable("zip-damaged", f"the part {twice[0]!r} is in the workbook twice", _SAVE, place)
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if unpacked > MOST_BYTES:
        message = f"the workbook unpacks to {unpacked >> 20} MiB, more than {MOST_BYTES >> 20} MiB"
        raise unusable("zip-bomb", message, "split it by year or quarter, or save the sheet as CSV (UTF-8)", place)
    if unpacked > SMALL and unpacked > MOST_RATIO * packed:
        message = f"the workbook unpacks to {unpacked // max(1, packed)} times its size, more than {MOST_RATIO} times"
        raise unusable("zip-bomb", message, _SAVE, place)


def _refuse_other_kinds(names: list[str], place: Place) -> None:
    if WORKBOOK in names:
        return
    for part, (what, advice) in OTHERS.items():
        if part in names:
            raise unusable("not-xlsx", f"this is {what}, not an .xlsx workbook", advice, place)
    advice = "unpack it and give the files in it, or save the spreadsheet as .xlsx"
    raise unusable("not-xlsx", "this is a zip archive, not an .xlsx workbook", advice, place)


def _refuse_lies(file: BinaryIO, part: zipfile.ZipInfo, place: Place) -> None:
    """Unpack one part to its end, and refuse it when it is not what the directory declares."""
    real, check = 0, 0
    for piece in _unpacked(file, part, place):
        if real == 0 and part.filename.endswith((".xml", ".rels")) and DOCTYPE.search(piece):
            message = f"{part.filename} declares a document type, which no workbook does"
            raise unusable("xml-entities", message, _SAVE, place)
        real, check = real + len(piece), crc32(piece, check)
        if real > part.file_size:
            message = f"the part {part.filename!r} holds more bytes than the workbook declares ({part.file_size})"
            raise unusable("zip-bomb", message, _SAVE, place)
    if (real, check) != (part.file_size, part.CRC):
        raise unusable("zip-damaged", f"the part {part.filename!r} is damaged", _SAVE, place)


def _unpacked(file: BinaryIO, part: zipfile.ZipInfo, place: Place) -> Iterator[bytes]:
    """The bytes of a part, in pieces, read without trusting its declared size."""
    damaged = unusable("zip-damaged", f"the part {part.filename!r} cannot be unpacked", _SAVE, place)
    if part.header_offset < 0:
        raise damaged
    file.seek(part.header_offset)
    head = file.read(LOCAL_HEADER.size)
    if len(head) < LOCAL_HEADER.size or not head.startswith(ZIP) or part.compress_type not in (0, 8):
        raise damaged
    _, name, extra = LOCAL_HEADER.unpack(head)
    if file.read(name) != part.orig_filename.encode("utf-8" if part.flag_bits & UTF8 else "cp437"):
        raise damaged
    file.seek(extra, 1)
    left = part.compress_size
    unpack = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
    try:
        while left > 0 and (packed := file.read(min(PIECE, left))):
            left -= len(packed)
            if unpack is None:
                yield packed
                continue
            while packed:
                yield unpack.decompress(packed, PIECE)
                packed = unpack.unconsumed_tail
        if unpack is not None:
            yield unpack.flush()
    except zlib.error:
        raise damaged from None
