"""rulebook check, show, list."""

from collections.abc import Iterable
from datetime import datetime

import click

from congtam.cli import terminal
from congtam.cli.asking import LIBRARY, calendar_of, today
from congtam.engine.examples import differences, read_examples
from congtam.engine.explaining import words
from congtam.engine.findings import Finding, Place, Unusable, errors
from congtam.engine.rulebook.as_of import as_of
from congtam.engine.rulebook.bind import Rulebook, load_rulebook, parts_with_paths
from congtam.engine.rulebook.checks import check, check_together
from congtam.engine.rulebook.digest import meaning_digest, wording_digest


@click.group()
def rulebook() -> None:
    """Bộ quy tắc: kiểm tra, xem, liệt kê. (Rulebooks: check, show, list.)"""


@rulebook.command("check")
@click.argument("ids", nargs=-1)
def check_(ids: tuple[str, ...]) -> None:
    """Kiểm tra mọi quy tắc và ví dụ tính; mặc định: mọi bộ đi kèm. (Every check and worked example.)"""
    found: list[Finding] = []
    books = []
    for identity in ids or LIBRARY.ids():
        try:
            book = load_rulebook(LIBRARY, identity)
            books.append(book)
            found += [*check(book), *_examples(book)]
        except Unusable as refusal:
            found += refusal.findings
    found += check_together(books)
    terminal.findings(found)
    for book in books:
        terminal.say(
            f"{book.id}: {len(book.indicators)} chỉ số, {len(book.scorecards)} bảng điểm, "
            f"{len(read_examples(book)) if not errors(found) else '–'} ví dụ tính"
        )
    if errors(found):
        raise click.exceptions.Exit(1)


def _examples(book: Rulebook) -> Iterable[Finding]:
    calendar = calendar_of(book, None, ())
    for told in read_examples(book):
        for difference in differences(book, told.example, calendar):
            yield Finding(
                "example-differs",
                f"“{told.example.title}”: {difference}",
                "mend the rule or the example",
                Place(told.file),
            )


@rulebook.command("list")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Chỉ những bộ có hiệu lực ngày này.")
@click.option("--staff-kind", help="civil_servant, public_employee …")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi")
def list_(day: datetime | None, staff_kind: str | None, lang: str) -> None:
    """Các bộ quy tắc đi kèm và thời gian hiệu lực. (Shipped rulebooks and their validity.)"""
    books = [load_rulebook(LIBRARY, identity) for identity in LIBRARY.ids()]
    scope = {"staff_kind": staff_kind} if staff_kind else {}
    asked = day.date() if day else today()
    in_force = {one.rulebook.id: one for one in as_of(books, asked, scope)}
    shown = [book for book in books if book.id in in_force or not (day or staff_kind)]
    rows = [
        [
            book.id,
            book.head.title.in_(lang),
            str(book.head.valid_from or "–"),
            str(book.head.valid_to or "–"),
            ("có" if lang == "vi" else "yes") if book.id in in_force else "–",
        ]
        for book in shown
    ]
    headers = (
        ["Mã", "Tên", "Từ", "Đến", f"Hiệu lực {asked:%d/%m/%Y}"]
        if lang == "vi"
        else ["Id", "Title", "From", "To", f"In force {asked:%d/%m/%Y}"]
    )
    terminal.table(headers, rows)
    for one in in_force.values():
        for clause in one.transitions:
            terminal.say(f"{one.rulebook.id} ↔ {clause.rulebook} (< {clause.until:%d/%m/%Y}): {clause.when.in_(lang)}")


@rulebook.command("show")
@click.argument("identity")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi")
def show(identity: str, lang: str) -> None:
    """Một bộ quy tắc: bảng điểm, chỉ số, tham số, căn cứ. (One rulebook, as people read it.)"""
    book = load_rulebook(LIBRARY, identity)
    head = book.head
    terminal.heading(head.title.in_(lang))
    terminal.say(f"{book.id} · {head.issuer} · {head.valid_from or '–'} → {head.valid_to or '–'}")
    if head.notice:
        terminal.say(head.notice.in_(lang))
    terminal.say(f"meaning {meaning_digest(book)[:16]} · wording {wording_digest(book)[:16]}")
    _parameters(book, lang)
    for card in book.scorecards.values():
        terminal.heading(f"{card.id}: {card.model.title.in_(lang)} ({card.model.period})")
        for part, path in parts_with_paths(card.model.parts):
            terminal.say(
                f"{'  ' * (len(path) // 2)}{part.title.in_(lang)}: {part.points} ← "
                f"{part.from_ or '; '.join(f.is_ for f in part.formula) or 'Σ'}"
            )
        terminal.say(" · ".join(f"{g.title.in_(lang)} ≥ {g.from_}" for g in card.model.grades if g.from_ is not None))
    terminal.heading("Chỉ số" if lang == "vi" else "Indicators")
    terminal.table(
        ["Mã", "Tên", "Đo bằng", "Độ chắc"] if lang == "vi" else ["Id", "Title", "Measure", "Certainty"],
        [
            [one.id, one.model.title.in_(lang), one.model.measure.kind, words.CERTAINTIES[one.certainty].in_(lang)]
            for one in book.indicators.values()
        ],
    )


def _parameters(book: Rulebook, lang: str) -> None:
    rows = [
        [name, one.title.in_(lang), "; ".join(str(value.value) for value in one.values), ", ".join(one.choices)]
        for name, one in book.head.parameters.items()
    ]
    if rows:
        terminal.heading("Tham số" if lang == "vi" else "Parameters")
        terminal.table(
            ["Mã", "Tên", "Giá trị", "Lựa chọn"] if lang == "vi" else ["Id", "Title", "Value", "Choices"], rows
        )
