"""The papers of one person: the slip of a period, and the yearly form."""

from congtam.documents.papers import Month, Said, Slip, SlipLine, YearForm
from congtam.documents.sheets import Block, Cell, Column, Pairs, Place, Sheet, Table, Words, table
from congtam.engine.explaining.formats import moment, points

CRITERIA = (
    Column("TT", 5, "count"),
    Column("Tiêu chí", 25),
    Column("Tối đa", 8, "points"),
    Column("Điểm", 8, "points"),
    Column("Số việc", 7, "count", optional=True),
    Column("Dữ liệu ghi nhận", 20, optional=True),
    Column("Người chấm", 16, optional=True),
    Column("Ý kiến", 15, optional=True),
)
MONTHS = (
    Column("TT", 5, "count"),
    Column("Kỳ đánh giá", 22),
    Column("Điểm", 8, "points"),
    Column("Xếp loại", 28),
    Column("Cơ quan đánh giá", 18, optional=True),
    Column("Tính vào kết quả năm", 18),
)


def slip(paper: Slip) -> Sheet:
    """Phiếu đánh giá."""
    blocks = [_who(paper), _criteria(paper), _graded(paper.grade, paper.because), *_said(paper.said)]
    return Sheet(
        paper.header,
        "PHIẾU ĐÁNH GIÁ",
        f"Kết quả thực hiện nhiệm vụ {paper.period}",
        tuple(blocks),
        _places(paper),
        numbered=False,
    )


def year_form(paper: YearForm) -> Sheet:
    """Phiếu xếp loại chất lượng năm."""
    average = f"Điểm trung bình của các kỳ được tính: {points(paper.average, 'vi')}."
    blocks: list[Block] = [_who(paper), _months(paper.months), Words(average), _graded(paper.grade, paper.because)]
    return Sheet(
        paper.header,
        "PHIẾU ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG",
        f"Năm {paper.year}",
        (*blocks, *_said(paper.said)),
        _places(paper),
        numbered=False,
    )


def _who(paper: Slip | YearForm) -> Pairs:
    return Pairs(
        (
            ("Họ và tên", f"{paper.name} (mã {paper.code})"),
            ("Chức vụ, vị trí việc làm", paper.post),
            ("Đơn vị công tác", paper.unit),
            ("Bộ quy tắc", paper.rules),
        )
    )


def _criteria(paper: Slip) -> Table:
    rows: list[tuple[Cell, ...]] = []
    bold = set()
    at = 0
    for line in paper.lines:
        if line.heading:
            bold.add(len(rows))
        else:
            at += 1
        rows.append(_line(line, at))
    bold.add(len(rows))
    rows.append(("", "Tổng cộng", paper.total_maximum, paper.total, "", "", "", ""))
    return table(CRITERIA, rows, bold)


def _line(line: SlipLine, at: int) -> tuple[Cell, ...]:
    number: Cell = "" if line.heading else at
    items: Cell = "" if line.items is None else line.items
    return (number, line.criterion, line.maximum, line.points, items, line.data, line.rater, line.remark)


def _months(months: tuple[Month, ...]) -> Table:
    rows = ((at, one.period, one.points, one.grade, one.where, one.counted) for at, one in enumerate(months, start=1))
    return table(MONTHS, rows)


def _graded(grade: str, because: str) -> Block:
    return Words(f"{grade} ({because})." if because else f"{grade}.", lead="Xếp loại:")


def _said(said: tuple[Said, ...]) -> list[Block]:
    return [
        Words(f"{one.text} ({moment(one.at, 'vi')})" if one.at else one.text, lead=f"Ý kiến của {one.who}:")
        for one in said
    ]


def _places(paper: Slip | YearForm) -> tuple[Place, ...]:
    return (
        Place(paper.official.title, paper.official.name, "(Ký, ghi rõ họ tên)"),
        Place(paper.decided_by.title, paper.decided_by.name),
    )
