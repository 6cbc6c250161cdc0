"""rulebook check, show, list."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import click

from congtam.cli import tables, terminal
from congtam.cli.asking import LIBRARY, calendar_of, today
from congtam.cli.rulebook_diff import diff, pin
from congtam.engine.examples import differences, read_examples
from congtam.engine.explaining import words
from congtam.engine.explaining.manual.rewards import schemes_told
from congtam.engine.explaining.rule_words import STATUS
from congtam.engine.findings import Finding, Place, Unusable, errors
from congtam.engine.rulebook.as_of import as_of
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.bound import BoundScorecard, Rulebook
from congtam.engine.rulebook.checks import check, check_together
from congtam.engine.rulebook.digest import meaning_digest, wording_digest
from congtam.engine.rulebook.located import within
from congtam.engine.rulebook.model import LegalBasis, Scorecard, parts_with_paths


@click.group()
def rulebook() -> None:
    """Bộ quy tắc: kiểm tra, xem, so, liệt kê. (Rulebooks: check, show, diff, pin, list.)"""


rulebook.add_command(diff)
rulebook.add_command(pin)


@rulebook.command("check")
@click.argument("ids", nargs=-1)
def check_(ids: tuple[str, ...]) -> None:
    """Kiểm tra mọi quy tắc và ví dụ tính; mặc định: mọi bộ đi kèm. (Every check and worked example.)"""
    found: list[Finding] = []
    books = []
    asked = ids or LIBRARY.ids()
    for identity in asked:
        try:
            book = load_rulebook(LIBRARY, identity)
            books.append(book)
            own = [*check(book), *_examples(book)]
        except Unusable as refusal:
            own = [*refusal.findings]
        found += [_placed(one, identity) for one in own] if len(asked) > 1 else own
    found += _together(books)
    found = list(dict.fromkeys(found))
    terminal.findings(found)
    for book in books:
        terminal.say(
            f"{book.id}: {len(book.indicators)} chỉ số, {len(book.scorecards)} bảng điểm, "
            f"{len(read_examples(book)) if not errors(found) else '–'} ví dụ tính"
        )
    if errors(found):
        raise click.exceptions.Exit(1)


def _together(books: list[Rulebook]) -> list[Finding]:
    """The books held against each other and against what is shipped. An overlay has been held against its own base."""
    folders = {book.draft.folder.resolve() for book in books}
    shipped = [identity for identity in LIBRARY.ids() if LIBRARY.folder(identity)[1].resolve() not in folders]
    everywhere = [*books, *(load_rulebook(LIBRARY, identity) for identity in shipped)]
    found: list[Finding] = []
    for index, book in enumerate(books):
        beside = [one for one in everywhere[index + 1 :] if not _laid_over(book, one) and not _laid_over(one, book)]
        apart = check_together([book], beside)
        found += [_placed(one, book.id) for one in apart] if len(books) > 1 else apart
    return found


def _laid_over(book: Rulebook, other: Rulebook) -> bool:
    return book.base is not None and (book.base.id == other.id or _laid_over(book.base, other))


def _placed(finding: Finding, identity: str) -> Finding:
    """A finding among those of several rulebooks names the rulebook before the file."""
    return replace(finding, place=within(finding.place, identity))


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
            _until(book, lang),
            ("có" if lang == "vi" else "yes") if book.id in in_force else _why_not(book, lang),
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


def _until(book: Rulebook, lang: str) -> str:
    """The first day it no longer holds, and the earlier ones for some kinds of staff."""
    last = book.head.valid_to
    ends = [(words.STAFF_KINDS.get(one.staff_kind), one) for one in book.head.ends if one.on != last]
    earlier = [f"{kind.in_(lang) if kind else one.staff_kind} {one.on}" for kind, one in ends]
    return "\n".join([str(last or "–"), *earlier])


def _why_not(book: Rulebook, lang: str) -> str:
    """What it is instead, where it is not for use by day."""
    return STATUS[book.head.status].in_(lang) if book.head.status != "in_force" else "–"


@rulebook.command("show")
@click.argument("identity")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi")
def show(identity: str, lang: str) -> None:
    """Một bộ quy tắc: bảng điểm, chỉ số, tham số, căn cứ. (One rulebook, as people read it.)"""
    book = load_rulebook(LIBRARY, identity)
    head = book.head
    terminal.heading(head.title.in_(lang))
    until = _until(book, lang).replace("\n", "; ")
    terminal.say(f"{book.id} · {head.issuer} · {head.valid_from or '–'} → {until}")
    if head.status != "in_force":
        terminal.say(STATUS[head.status].in_(lang), style="bold")
    if book.base is not None:
        over, ask = ("laid over", "what differs") if lang == "en" else ("trên nền", "điểm khác")
        terminal.say(f"{over} {book.base.id}; {ask}: congtam rulebook diff {identity}")
    if head.notice:
        terminal.say(head.notice.in_(lang))
    meaning, wording = meaning_digest(book)[:16], wording_digest(book)[:16]
    terminal.say(
        f"rules {meaning} · wording {wording}" if lang == "en" else f"mã nội dung {meaning} · mã câu chữ {wording}"
    )
    if head.legal_basis:
        terminal.say(_basis(head.legal_basis, lang))
    _parameters(book, lang)
    _catalogues(book, lang)
    for card in book.scorecards.values():
        _card(card, lang)
    for title, lines in schemes_told(book, lang):
        terminal.heading(title)
        for line in lines:
            terminal.say(line, indent=1)
    if not book.indicators:
        return
    terminal.heading("Chỉ số" if lang == "vi" else "Indicators")
    terminal.table(
        ["Mã", "Tên", "Đo bằng", "Mức độ tin cậy"] if lang == "vi" else ["Id", "Title", "Measure", "Certainty"],
        [
            [
                one.id,
                one.model.title.in_(lang),
                words.MEASURES[one.model.measure.kind].in_(lang),
                words.CERTAINTIES[one.certainty].in_(lang),
            ]
            for one in book.indicators.values()
        ],
    )


def _catalogues(book: Rulebook, lang: str) -> None:
    """Whose products weigh how much, and whether that list is in force."""
    for name, one in book.catalogues.by_id.items():
        terminal.heading(f"{name}: {one.title.in_(lang)}")
        rows = "rows" if lang == "en" else "dòng"
        terminal.say(f"{one.issuer} · {STATUS[one.status].in_(lang)} · {len(one.products)} {rows}")
        if one.notice:
            terminal.say(one.notice.in_(lang))


def _card(card: BoundScorecard, lang: str) -> None:
    """A scorecard: parts with points, grades, and what the machine only proposes."""
    model, bases = card.model, list[LegalBasis]()
    terminal.heading(f"{card.id}: {model.title.in_(lang)} ({words.PERIODS[model.period].in_(lang)})")
    for part, path in parts_with_paths(model.parts):
        source = part.from_ or "; ".join(one.is_ for one in part.formula) or ("sum" if lang == "en" else "cộng lại")
        most = tables.plain(part.points, lang) + (" points" if lang == "en" else " điểm")
        terminal.say(f"{part.title.in_(lang)}: {most} ← {source}", indent=len(path) // 2)
        bases += [part.legal_basis] if part.legal_basis else []
    if model.grades:
        terminal.say(("Grades: " if lang == "en" else "Xếp loại: ") + " · ".join(_grades(model, lang)))
    for veto in model.vetoes:
        title = next((grade.title.in_(lang) for grade in model.grades if grade.id == veto.propose), veto.propose)
        least = f"at least {veto.min_items} items" if lang == "en" else f"từ {veto.min_items} việc"
        head = "A person decides" if lang == "en" else "Chờ người có thẩm quyền"
        proposes = "the machine proposes" if lang == "en" else "máy đề xuất"
        terminal.say(f"{head}: {veto.title.in_(lang)} ({veto.when}; {least}): {proposes} “{title}”")
    bases = [model.legal_basis, *bases] if model.legal_basis else bases
    for text in dict.fromkeys(_basis(one, lang) for one in bases):
        terminal.say(text)


def _grades(model: Scorecard, lang: str) -> list[str]:
    """Every grade with its band; the one without a floor takes what is below."""
    said = []
    for grade in model.grades:
        bounds = [f"≥\u00a0{tables.plain(grade.from_, lang)}"] if grade.from_ is not None else []
        bounds += [f">\u00a0{tables.plain(grade.above, lang)}"] if grade.above is not None else []
        bounds += [f"<\u00a0{tables.plain(grade.below, lang)}"] if grade.below is not None else []
        also = f" ({grade.when})" if grade.when else ""
        said.append(" ".join([grade.title.in_(lang), *bounds]) + also)
    return said


def _basis(basis: LegalBasis, lang: str) -> str:
    """Where a figure comes from, and how sure that is."""
    where = f"{basis.act}, {basis.article}" if basis.article else basis.act
    note = f". {basis.note.in_(lang)}" if basis.note else ""
    label = "Basis" if lang == "en" else "Căn cứ"
    return f"{label}: {where} – {words.CERTAINTIES[basis.certainty].in_(lang)}{note}"


def _parameters(book: Rulebook, lang: str) -> None:
    rows, bases = [], dict[str, str]()
    for name, one in book.head.parameters.items():
        value = "; ".join(tables.plain(held.value, lang) for held in one.values)
        rows.append([name, one.title.in_(lang), value, ", ".join(one.choices)])
        basis = one.legal_basis or next((held.legal_basis for held in one.values if held.legal_basis), None)
        if basis:
            bases[name] = _basis(basis, lang)
    if rows:
        terminal.heading("Tham số" if lang == "vi" else "Parameters")
        terminal.table(
            ["Mã", "Tên", "Giá trị", "Lựa chọn"] if lang == "vi" else ["Id", "Title", "Value", "Choices"], rows
        )
    for text in dict.fromkeys(bases.values()):
        terminal.say(f"{', '.join(name for name, held in bases.items() if held == text)}: {text}")
