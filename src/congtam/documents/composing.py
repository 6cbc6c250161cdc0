"""What a paper says, in the words and the order an office writes them."""

from collections.abc import Callable, Iterable
from typing import Any

from congtam.documents.forms import slip, year_form
from congtam.documents.money import in_words
from congtam.documents.papers import (
    BonusList,
    Case,
    Count,
    Header,
    Minutes,
    Paper,
    Result,
    ResultDecision,
    Signer,
    Slip,
    UnitResults,
    YearForm,
)
from congtam.documents.sheets import (
    OPEN,
    Annex,
    Block,
    Cell,
    Column,
    Pairs,
    Place,
    Sheet,
    Table,
    Words,
    cleaned,
    shown,
    table,
)
from congtam.engine.explaining.formats import moment_in_words

RESULTS = (
    Column("TT", 5, "count"),
    Column("Họ và tên", 20),
    Column("Chức vụ, vị trí", 16),
    Column("Đơn vị", 21, optional=True),
    Column("Điểm", 8, "points"),
    Column("Xếp loại", 18),
    Column("Ghi chú", 13, optional=True),
)
CASES = (
    Column("TT", 5, "count"),
    Column("Họ và tên", 16),
    Column("Nội dung xem xét", 22),
    Column("Đồng ý", 7, "count"),
    Column("Không đồng ý", 8, "count"),
    Column("Ý kiến khác", 7, "count"),
    Column("Kết luận", 22),
    Column("Vắng mặt khi xét", 14, optional=True),
)
BONUSES = (
    Column("TT", 5, "count"),
    Column("Họ và tên", 18),
    Column("Chức vụ, vị trí", 14),
    Column("Đơn vị", 14),
    Column("Xếp loại", 18, optional=True),
    Column("Mức cơ sở (đồng)", 14, "money", optional=True),
    Column("Hệ số", 7, "centre", optional=True),
    Column("Số tiền (đồng)", 14, "money"),
    Column("Ghi chú", 12, optional=True),
)


def compose(paper: Paper) -> Sheet:
    """The paper laid out."""
    composed: dict[type, Callable[[Any], Sheet]] = {
        ResultDecision: _decision,
        UnitResults: _unit_results,
        Minutes: _minutes,
        Slip: slip,
        BonusList: _bonuses,
        YearForm: year_form,
    }
    return cleaned(composed[type(paper)](paper))


def _decision(paper: ResultDecision) -> Sheet:
    articles = tuple(Words(text, lead=f"Điều {number}.") for number, text in enumerate(paper.articles, start=1))
    annex = Annex(
        "Phụ lục",
        f"KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG {paper.period.upper()}",
        _with_it(paper.header),
        (Words(_counted(paper.counts)), _results(paper.results, with_unit=True)),
    )
    return Sheet(
        paper.header,
        "QUYẾT ĐỊNH",
        paper.abstract,
        articles,
        (_place(paper.signer),),
        authority=paper.authority,
        bases=paper.bases,
        resolves="QUYẾT ĐỊNH:",
        recipients=paper.recipients,
        annexes=(annex,),
    )


def _unit_results(paper: UnitResults) -> Sheet:
    return Sheet(
        paper.header,
        "DANH SÁCH",
        f"Kết quả đánh giá, xếp loại chất lượng {paper.period} của {paper.unit}",
        (_results(paper.results, with_unit=False), Words(_counted(paper.counts))),
        (_place(paper.signer),),
        recipients=paper.recipients,
    )


def _minutes(paper: Minutes) -> Sheet:
    blocks: list[Block] = [
        Pairs(
            (
                ("Thời gian bắt đầu", moment_in_words(paper.began, "vi")),
                ("Địa điểm", paper.where or "…………"),
                ("Chủ trì", _titled(paper.chair)),
                ("Thư ký", _titled(paper.secretary)),
                ("Thành phần tham dự", "; ".join(paper.present)),
                ("Vắng mặt", "; ".join(paper.absent) or "không"),
                ("Điều kiện họp", paper.quorum),
            )
        ),
        Words("", lead="1. Nội dung xem xét và biểu quyết"),
        _cases(paper.cases) if paper.cases else Words("Không có trường hợp phải xem xét."),
        Words("", lead="2. Kết luận"),
        *(Words(text) for text in paper.conclusion),
        Words(f"Cuộc họp kết thúc vào {moment_in_words(paper.ended, 'vi')}./."),
    ]
    places = (
        Place(("THƯ KÝ",), paper.secretary.name, "(Ký, ghi rõ họ tên)"),
        Place(("CHỦ TRÌ",), paper.chair.name, "(Ký, ghi rõ họ tên)"),
    )
    return Sheet(paper.header, "BIÊN BẢN", paper.abstract, tuple(blocks), places, recipients=paper.recipients)


def _bonuses(paper: BonusList) -> Sheet:
    total = sum(line.amount for line in paper.lines)
    rows: list[tuple[Cell, ...]] = [
        (at, line.name, line.post, line.unit, line.grade, line.base, line.factor, line.amount, line.note)
        for at, line in enumerate(paper.lines, start=1)
    ]
    rows.append(("", "Tổng cộng", "", "", "", "", "", total, ""))
    blocks: list[Block] = [
        Words(f"Chế độ: {paper.scheme}; {paper.period}.", italic=True),
        table(BONUSES, rows, [len(rows) - 1]),
        Words(f"{in_words(total)}.", lead="Số tiền bằng chữ:"),
    ]
    if paper.fund_before is not None or paper.fund_after is not None:
        before, after = shown(paper.fund_before, "money"), shown(paper.fund_after, "money")
        blocks.append(Words(f"Quỹ trước khi chi: {before} đồng; còn lại sau khi chi: {after} đồng."))
    places = (
        Place(paper.maker.title, paper.maker.name, "(Ký, ghi rõ họ tên)"),
        Place(paper.accountant.title, paper.accountant.name, "(Ký, ghi rõ họ tên)"),
        _place(paper.signer),
    )
    return Sheet(paper.header, "DANH SÁCH", paper.abstract, tuple(blocks), places, recipients=paper.recipients)


def _results(results: Iterable[Result], *, with_unit: bool) -> Table:
    rows = (
        (at, one.name, one.post, one.unit if with_unit else "", one.points, one.grade, one.note)
        for at, one in enumerate(results, start=1)
    )
    return table(RESULTS, rows)


def _cases(cases: Iterable[Case]) -> Table:
    rows = (
        (
            at,
            one.name,
            one.matter,
            one.votes_for,
            one.votes_against,
            one.abstained,
            f"{one.outcome} ({one.reason})" if one.reason else one.outcome,
            "; ".join(one.left),
        )
        for at, one in enumerate(cases, start=1)
    )
    return table(CASES, rows)


def _counted(counts: Iterable[Count]) -> str:
    found = tuple(counts)
    told = "; ".join(f"{one.grade}: {one.people}" for one in found)
    return f"Tổng số {sum(one.people for one in found)} người. {told}."


def _with_it(header: Header) -> str:
    number = header.number or OPEN * 8
    day = f"{header.day:%d/%m/%Y}" if header.day else f"{OPEN * 4}/{OPEN * 4}/{OPEN * 8}"
    return f"(Kèm theo Quyết định số {number} ngày {day} của {header.agency})"


def _place(signer: Signer) -> Place:
    return Place(signer.title, signer.name)


def _titled(signer: Signer) -> str:
    return ", ".join((signer.name, *(line.capitalize() for line in signer.title[-1:])))
