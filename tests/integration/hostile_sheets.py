"""Ten spreadsheets that mean harm or are broken: each builder writes one, and says the code of its refusal.

They are made of plain zip parts, so that what is wrong with each can be read here.
"""

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook

SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKED = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = ("Mã hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày trả")
GOOD = ("D1", "02/03/2026", "09/03/2026", "06/03/2026")


def texts(*rows: tuple[str, ...]) -> str:
    """The XML of a sheet with these rows as texts."""
    lines = (
        f'<row r="{number}">'
        + "".join(
            f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in enumerate(row)
        )
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    return sheet("".join(lines))


def sheet(rows: str, before: str = "") -> str:
    return f'<?xml version="1.0"?>{before}<worksheet {SPACE}><sheetData>{rows}</sheetData></worksheet>'


def parts(page: str, **more: str) -> dict[str, str]:
    """The parts of the smallest workbook with one sheet; `more` by file name in xl/."""
    link = f'<Relationship Id="r1" Type="{KINDS}/worksheet" Target="worksheets/sheet1.xml"/>'
    link += f'<Relationship Id="r2" Type="{KINDS}/sharedStrings" Target="sharedStrings.xml"/>' if more else ""
    one = '<sheet name="S" sheetId="1" r:id="r1"/>'
    root = f'<Relationship Id="r1" Type="{KINDS}/officeDocument" Target="xl/workbook.xml"/>'
    return {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"/>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}">{root}</Relationships>',
        "xl/workbook.xml": f"<workbook {SPACE} {LINKED}><sheets>{one}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{link}</Relationships>',
        "xl/worksheets/sheet1.xml": page,
        **{f"xl/{name}.xml": text for name, text in more.items()},
    }


def packed(path: Path, made: dict[str, str | bytes] | dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in made.items():
            archive.writestr(name, text)


def bomb(path: Path) -> str:
    """64 MB of blanks in a part of 60 kB."""
    packed(path, {**parts(texts(HEADER, GOOD)), "xl/media/blank.bin": b" " * (64 << 20)})
    return "zip-bomb"


def liar(path: Path) -> str:
    """The sheet unpacks to more than the directory of the archive declares."""
    page = texts(HEADER, *[GOOD] * 2_000)
    packed(path, parts(page))
    size = struct.pack("<L", len(page.encode()))
    data = path.read_bytes()
    assert data.count(size) >= 2  # before the part, and in the directory
    path.write_bytes(data.replace(size, struct.pack("<L", 1_000)))
    return "zip-bomb"


def far_corners(path: Path) -> str:
    """Two cells in opposite corners: a rectangle of 17 thousand million cells for a file of 1 kB."""
    corner = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    packed(path, parts(sheet(corner)))
    return "too-large"


def long_text_everywhere(path: Path) -> str:
    """One text of 30,000 letters that 40,000 cells refer to: too much once each cell has its own."""
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 40_001))
    packed(path, parts(sheet(cells), sharedStrings=f"<sst {SPACE}><si><t>{'x' * 30_000}</t></si></sst>"))
    return "too-large"


def nested_entities(path: Path) -> str:
    """Entities within entities, which would unfold to thousands of millions of letters."""
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    before = f'<!DOCTYPE worksheet [<!ENTITY e0 "ha">{levels}]>'
    packed(path, parts(sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>&e9;</t></is></c></row>', before)))
    return "xml-entities"


def locked(path: Path) -> str:
    """A workbook behind a password is an OLE file with an encrypted package."""
    path.write_bytes(OLE + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 1_000)
    return "locked"


def old_kind(path: Path) -> str:
    path.write_bytes(OLE + b"\0" * 504 + "Workbook".encode("utf-16-le") + b"\0" * 1_000)
    return "old-xls"


def cut_off(path: Path) -> str:
    """A download that broke off."""
    packed(path, parts(texts(HEADER, *[GOOD] * 500)))
    path.write_bytes(path.read_bytes()[:-200])
    return "zip-damaged"


def same_part_twice(path: Path) -> str:
    """Two sheets under one name: one reader would take the first, another the last."""
    packed(path, parts(texts(HEADER, GOOD)))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/SHEET1.xml", texts(HEADER, ("D2", *GOOD[1:])))
    return "zip-damaged"


def two_registers(path: Path) -> str:
    """Two sheets that both hold something, and none is named."""
    made = Workbook()
    for name in ("Quý I", "Quý II"):
        page = made.create_sheet(name)
        page.append(HEADER)
        page.append(GOOD)
    made.save(path)
    return "which-sheet"


HOSTILE: list[Callable[[Path], str]] = [
    bomb,
    liar,
    far_corners,
    long_text_everywhere,
    nested_entities,
    locked,
    old_kind,
    cut_off,
    same_part_twice,
    two_registers,
]
