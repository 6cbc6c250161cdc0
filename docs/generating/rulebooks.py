"""The index page of one rulebook: what it is, its figures, its terms, its clocks, and everything below it."""

from collections.abc import Iterator

from congtam.engine.explaining.acts import told
from congtam.engine.explaining.manual import words
from congtam.engine.explaining.manual.legal import basis_text, own_basis
from congtam.engine.explaining.manual.phrases import parameter_value
from congtam.engine.explaining.manual.rewards import schemes_told
from congtam.engine.explaining.rule_changes import VERBS, before_after, grouped, what
from congtam.engine.explaining.rule_changes import basis as said_basis
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.diff import changes, titles
from congtam.engine.rulebook.model import ClockBlock
from generating.indicators import linked_indicator, phrases_for
from generating.markdown import bullets, code, link, page, table
from generating.shelf import Shelf


def rulebook_page(shelf: Shelf, book: Rulebook) -> str:
    """One rulebook, in Vietnamese and in English."""
    path, title = shelf.index_page(book.id), book.head.title
    return page(
        f"{title.vi} · {title.en}",
        f"{code(book.id)} · {link('YAML', path, f'{shelf.folders[book.id]}/rulebook.yaml')}",
        *_body(shelf, book, path, "vi"),
        *_body(shelf, book, path, "en"),
    )


def _body(shelf: Shelf, book: Rulebook, path: str, lang: str) -> Iterator[str]:
    en = lang == "en"
    yield f"## {'English' if en else 'Tiếng Việt'}"
    if book.head.notice:
        yield f"> {book.head.notice.in_(lang)}"
    yield table(["", ""], _facts(shelf, book, path, lang))
    if book.base is not None:
        yield f"### {'What differs from the base' if en else 'Khác với nền'}"
        yield from _differences(shelf, book, book.base, path, lang)
    sections = (
        ("Bảng điểm", "Scorecards", _scorecards(shelf, book, path, lang)),
        ("Chỉ số", "Indicators", _indicators(shelf, book, path, lang)),
        ("Chế độ thưởng", "Schemes of reward", _schemes(book, lang)),
        ("Chỉ số mượn", "Borrowed indicators", _lent(shelf, book, path, lang)),
        ("Tham số", "Parameters", _parameters(book, lang)),
        ("Từ dùng trong quy tắc", "Terms", _terms(shelf, book, path, lang)),
        ("Đồng hồ thời hạn", "Clocks", _clocks(book, lang)),
    )
    for vi, english, body in sections:
        if body:
            yield f"### {english if en else vi}"
            yield body


def _facts(shelf: Shelf, book: Rulebook, path: str, lang: str) -> Iterator[tuple[str, str]]:
    head, en = book.head, lang == "en"
    yield ("Issued by" if en else "Cơ quan ban hành"), head.issuer
    yield ("Status" if en else "Tình trạng"), words.STATUS[head.status].in_(lang)
    yield ("In force" if en else "Hiệu lực"), _validity(book, lang)
    if scope := _scope(book, lang):
        yield ("For" if en else "Áp dụng cho"), scope
    if book.base is not None:
        linked = link(book.base.head.title.in_(lang), path, shelf.index_page(book.base.id))
        yield ("Laid over" if en else "Trên nền"), linked
    if head.supersedes:
        yield ("Supersedes" if en else "Thay thế"), ", ".join(map(code, head.supersedes))
    for clause in head.transition:
        until = f"{'until' if en else 'đến trước'} {clause.until:%d/%m/%Y}"
        yield ("Transition" if en else "Chuyển tiếp"), f"{code(clause.rulebook)} {until}. {clause.when.in_(lang)}"
    calendar = shelf.calendars.get(head.calendar)
    if calendar:
        linked = link(calendar.title[lang], path, shelf.calendar_page(head.calendar))
        yield ("Calendar" if en else "Lịch làm việc"), linked
    yield ("Legal basis" if en else "Căn cứ"), basis_text(head.legal_basis, lang)
    if acts := "; ".join(told(head.legal_acts, lang)):
        yield ("Acts cited" if en else "Văn bản được viện dẫn"), acts
    yield ("Owner" if en else "Đơn vị chủ quản"), head.owner or "–"


def _differences(shelf: Shelf, book: Rulebook, base: Rulebook, path: str, lang: str) -> Iterator[str]:
    """What can change results, each with its basis and where it is written; words only are left to the command."""
    names, found = (titles(base), titles(book)), grouped(changes(base, book))
    for kind, group in ((kind, group) for wording, kind, group in found if not wording):
        yield f"**{VERBS[kind].in_(lang)}**"
        yield bullets(
            f"{what(one, lang)}: {before_after(one, names, lang)}. {said_basis(one.legal_basis, lang)} · "
            + link(one.place.file.rpartition("/")[2], path, shelf.placed(one.place.file))
            for one in group
        )


def _validity(book: Rulebook, lang: str) -> str:
    first, until, en = book.head.valid_from, book.head.valid_to, lang == "en"
    begin = f"{'from' if en else 'từ'} {first:%d/%m/%Y}" if first else ("always" if en else "mọi lúc")
    end = f" {'to before' if en else 'đến trước'} {until:%d/%m/%Y}" if until else ""
    return begin + end + "".join(_ends(book, lang))


def _ends(book: Rulebook, lang: str) -> Iterator[str]:
    """Those for whom it ends on a day of their own."""
    for one in book.head.ends:
        whom = words.STAFF_KIND[one.staff_kind].in_(lang)
        yield f"; {whom}: {'to before' if lang == 'en' else 'đến trước'} {one.on:%d/%m/%Y}"


def _scope(book: Rulebook, lang: str) -> str:
    scope = book.head.scope
    parts = [words.STAFF_KIND[kind].in_(lang) for kind in scope.staff_kind]
    parts += [code(one) for name in ("agency", "agency_level", "province", "subject") for one in getattr(scope, name)]
    return ", ".join(parts)


def _scorecards(shelf: Shelf, book: Rulebook, path: str, lang: str) -> str:
    return bullets(
        link(card.model.title.in_(lang), path, shelf.scorecard_page(book.id, name))
        for name, card in sorted(book.scorecards.items())
    )


def _indicators(shelf: Shelf, book: Rulebook, path: str, lang: str) -> str:
    header = ("Indicator", "Group", "Certainty") if lang == "en" else ("Chỉ số", "Nhóm", "Độ chắc chắn")
    return table(
        header,
        (
            [
                linked_indicator(shelf, book, path, one.id, lang),
                words.GROUP[one.model.group].in_(lang),
                words.CERTAINTY[one.certainty].in_(lang),
            ]
            for one in shelf.own(book)
        ),
    )


def _schemes(book: Rulebook, lang: str) -> str:
    told = schemes_told(book, lang)
    return "\n\n".join(f"**{title}**\n\n{bullets(lines)}" for title, lines in told)


def _lent(shelf: Shelf, book: Rulebook, path: str, lang: str) -> str:
    header = ("Indicator", "From", "Certainty here") if lang == "en" else ("Chỉ số", "Mượn của", "Độ chắc chắn ở đây")
    return table(
        header,
        (
            [
                linked_indicator(shelf, book, path, one.id, lang),
                link(shelf.books[one.home].head.title.in_(lang), path, shelf.index_page(one.home)),
                f"{words.CERTAINTY[one.certainty].in_(lang)}. {one.note.in_(lang) if one.note else ''}",
            ]
            for one in shelf.lent(book)
        ),
    )


def _parameters(book: Rulebook, lang: str) -> str:
    header = ("Parameter", "", "Value", "Choices", "Basis") if lang == "en" else (
        "Tham số", "", "Giá trị", "Lựa chọn", "Căn cứ")  # fmt: skip
    return table(
        header,
        (
            [
                one.title.in_(lang),
                code(name),
                parameter_value(one, lang),
                ", ".join(map(code, one.choices)),
                own_basis(one, lang) or ("the rulebook's" if lang == "en" else "chung của bộ quy tắc"),
            ]
            for name, one in book.head.parameters.items()
        ),
    )


def _terms(shelf: Shelf, book: Rulebook, path: str, lang: str) -> str:
    phrases = phrases_for(shelf, book, path, lang)
    header = ("Term", "", "Means", "Written") if lang == "en" else ("Từ", "", "Nghĩa", "Viết là")
    return table(
        header,
        (
            [term.title.in_(lang), code(name), phrases.term(name) or "", code(term.is_)]
            for name, term in book.head.terms.items()
        ),
    )


def _clocks(book: Rulebook, lang: str) -> str:
    lines = []
    for name, clock in sorted(book.clocks.items()):
        chosen = name == book.head.clock
        mark = (" (default)" if lang == "en" else " (mặc định)") if chosen else ""
        when = f" {code(clock.model.applies)}." if clock.model.applies else ""
        lines.append(f"**{clock.model.title.in_(lang)}** ({code(name)}){mark}:{when} {_clock(clock.model, lang)}")
    return bullets(lines)


def _clock(clock: ClockBlock, lang: str) -> str:
    """Budget and policies; the limit on requests is told only where there is one."""
    en, unit = lang == "en", words.CLOCK_UNIT[clock.unit].in_(lang)
    given = f"deadline given with each item; extensions in {unit}" if en else f"hạn đi kèm từng việc; tính bằng {unit}"
    parts = [f"{clock.budget} {unit}" if clock.budget is not None else given]
    policies = ["cut_off", "supplement", "extension_after_expiry"]
    policies += ["over_limit"] if clock.max_requests is not None else []
    policies += ["last_day_off"] if clock.unit in ("calendar_days", "months") else []
    parts += [words.CLOCK_POLICY[name, getattr(clock, name)].in_(lang) for name in policies]
    if clock.max_requests is not None:
        parts.append(
            f"at most {clock.max_requests} requests" if en else f"yêu cầu bổ sung tối đa {clock.max_requests} lần"
        )
    if clock.max_extensions is not None:
        parts.append(
            f"at most {clock.max_extensions} extensions" if en else f"lùi hạn tối đa {clock.max_extensions} lần"
        )
    return f"{'; '.join(parts)}. {own_basis(clock, lang)}".strip()
