"""The people of a period as a workbook: before the seal what holds each up, after it the sealed result."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO

import xlsxwriter

from congtam.closing.blocks import readiness
from congtam.closing.papers import results_of
from congtam.closing.queries import published
from congtam.cycles.models import Cycle
from congtam.engine.periods import local_day
from congtam.engine.rulebook.model import Text
from congtam.orgs.queries import names_of as units_named
from congtam.people.models import PersonText

POINT = 1_000_000
HEADER = (
    Text(vi="Họ và tên", en="Name"),
    Text(vi="Vị trí", en="Post"),
    Text(vi="Đơn vị", en="Unit"),
    Text(vi="Điểm", en="Points"),
    Text(vi="Xếp loại", en="Grade"),
    Text(vi="Còn vướng", en="Still blocked by"),
)
WIDTHS = (28, 28, 32, 9, 26, 60)
Line = tuple[str, str, str, float | None, str, str]


def lines(cycle: Cycle, now: datetime, lang: str) -> Iterator[Line]:
    """One line for each person."""
    seal = published(cycle)
    if seal is not None:
        for one in results_of(seal):
            yield one.name, one.post, one.unit, None if one.points is None else one.points / POINT, one.grade, one.note
        return
    found = readiness(cycle, now)
    held: dict[int | None, list[str]] = defaultdict(list)
    for block in found.blocks:
        held[block.person].append(block.what.in_(lang))
    units = units_named({one.unit for one in found.members}, local_day(now))
    names = PersonText.objects.filter(person__in=[one.person for one in found.members]).order_by("sort_key")
    unit_of = {one.person: units.get(one.unit, "") for one in found.members}
    for person, name in names.values_list("person_id", "full_name"):
        yield name, "", unit_of[person], None, "", " ".join(held[person])


def as_xlsx(head: Iterable[tuple[str, str]], told: Iterable[Line], lang: str) -> bytes:
    """The workbook; texts stay texts, whatever they begin with."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(Text(vi="Chốt kỳ", en="Period").in_(lang))
    bold = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
    points = book.add_format({"num_format": "0.00"})
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    at = 0
    for label, value in head:
        sheet.write_string(at, 0, label)
        sheet.write_string(at, 1, value)
        at += 1
    at += 1
    for column, text in enumerate(HEADER):
        sheet.write_string(at, column, text.in_(lang), bold)
    sheet.freeze_panes(at + 1, 0)
    for row, line in enumerate(told, start=at + 1):
        for column, cell in enumerate(line):
            if isinstance(cell, float):
                sheet.write_number(row, column, cell, points)
            elif cell is not None:
                sheet.write_string(row, column, cell)
    book.close()
    return out.getvalue()
