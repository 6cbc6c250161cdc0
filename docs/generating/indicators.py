"""The page of one indicator."""

from collections.abc import Iterator

import yaml

from congtam.engine.explaining.manual import words
from congtam.engine.explaining.manual.legal import basis_text, own_basis
from congtam.engine.explaining.manual.measures import measure_sentences
from congtam.engine.explaining.manual.phrases import Phrases
from congtam.engine.explaining.manual.plain import percent
from congtam.engine.expressions.nodes import Node, Parameter, children
from congtam.engine.rulebook.bound import BoundIndicator, Rulebook
from congtam.engine.rulebook.model import BasePoints, Indicator
from generating.markdown import bullets, code, fenced, link, page, table
from generating.shelf import Shelf


def indicator_page(shelf: Shelf, book: Rulebook, indicator: BoundIndicator) -> str:
    """One indicator, in Vietnamese and in English, with its measure as the rulebook writes it."""
    path = shelf.indicator_page(book.id, indicator.id)
    file = shelf.file(book, f"indicators/{indicator.id}.yaml")
    title = indicator.model.title
    return page(
        f"{title.vi} · {title.en}",
        f"{code(indicator.id)} · {link(book.head.title.vi, path, shelf.index_page(book.id))} · "
        f"{link('YAML', path, file)}",
        *_body(shelf, book, indicator, path, "vi"),
        *_body(shelf, book, indicator, path, "en"),
        "## YAML",
        fenced(measure_yaml(book, indicator.id), "yaml"),
    )


def linked_indicator(shelf: Shelf, book: Rulebook, path: str, name: str, lang: str) -> str:
    """An indicator by its title, linked to its page."""
    one = book.indicators[name]
    return link(one.model.title.in_(lang), path, shelf.indicator_page(one.home, name))


def phrases_for(shelf: Shelf, book: Rulebook, path: str, lang: str) -> Phrases:
    """How expressions of a rulebook are said on the page at `path`."""
    return Phrases(book, lang, lambda name, spoken: linked_indicator(shelf, book, path, name, spoken))


def _body(shelf: Shelf, book: Rulebook, indicator: BoundIndicator, path: str, lang: str) -> Iterator[str]:
    model, en = indicator.model, lang == "en"
    phrases = phrases_for(shelf, book, path, lang)
    yield f"## {'English' if en else 'Tiếng Việt'}"
    yield f"{model.definition.in_(lang).rstrip('.')}."
    yield f"### {'How it is measured' if en else 'Cách đo'}"
    yield bullets([*measure_sentences(indicator, phrases), *_parameters(indicator, phrases, lang)])
    yield f"### {'What to know' if en else 'Cần biết'}"
    yield table(["", ""], _facts(shelf, book, indicator, path, lang))
    yield f"### {'Where it is used' if en else 'Dùng ở đâu'}"
    yield bullets(_used(shelf, book, indicator, path, lang))


def _parameters(indicator: BoundIndicator, phrases: Phrases, lang: str) -> Iterator[str]:
    """The parameters the measure reads, each with its own basis where it has one."""
    names = {name for node in indicator.nodes.values() for name in _read_parameters(node)}
    for name in sorted(names):
        block = phrases.book.head.parameters[name.partition(".")[0]]
        basis = own_basis(block, lang)
        head = "Parameter" if lang == "en" else "Tham số"
        yield f"{head} {code(name)}: {phrases.parameter(name)}.{' ' + basis if basis else ''}"


def _read_parameters(node: Node) -> Iterator[str]:
    if isinstance(node, Parameter):
        yield node.name
    for child in children(node):
        yield from _read_parameters(child)


def _facts(shelf: Shelf, book: Rulebook, indicator: BoundIndicator, path: str, lang: str) -> Iterator[tuple[str, str]]:
    model, en = indicator.model, lang == "en"
    yield ("Group" if en else "Nhóm"), words.GROUP[model.group].in_(lang)
    yield ("Direction" if en else "Chiều"), words.DIRECTION[model.direction].in_(lang)
    yield ("Unit" if en else "Đơn vị tính"), words.UNIT[model.unit].in_(lang)
    yield ("Measured for" if en else "Đo cho"), ", ".join(words.SUBJECT[one].in_(lang) for one in model.subjects)
    yield ("When nothing arose" if en else "Khi không phát sinh"), _no_opportunity(model, lang)
    yield ("When a value is missing" if en else "Khi thiếu số liệu"), words.UNKNOWN[model.unknown].in_(lang)
    yield ("How it can be gamed" if en else "Có thể bị lách thế nào"), model.how_to_game.in_(lang)
    counter = linked_indicator(shelf, book, path, model.counter_indicator, lang)
    yield ("Counter-indicator" if en else "Chỉ số đối chứng"), counter
    shared = "" if model.legal_basis else ("The rulebook's: " if en else "Chung của bộ quy tắc: ")
    yield ("Legal basis" if en else "Căn cứ"), shared + basis_text(indicator.legal_basis, lang)
    yield ("Owner" if en else "Đơn vị chủ quản"), model.owner or book.head.owner or "–"
    for other in shelf.books.values():
        for use in other.head.uses:
            if use.rulebook == book.id and indicator.id in use.indicators:
                borrower = link(other.head.title.in_(lang), path, shelf.index_page(other.id))
                sure = words.CERTAINTY[use.certainty].in_(lang)
                yield ("Lent to" if en else "Cho mượn"), f"{borrower}: {sure}. {use.note.in_(lang)}"


def _no_opportunity(model: Indicator, lang: str) -> str:
    if isinstance(model.no_opportunity, BasePoints):
        rate = percent(model.no_opportunity.base_rate, lang)
        return f"counts as {rate}" if lang == "en" else f"tính là {rate}"
    return words.NO_OPPORTUNITY[model.no_opportunity].in_(lang)


def _used(shelf: Shelf, book: Rulebook, indicator: BoundIndicator, path: str, lang: str) -> Iterator[str]:
    uses = shelf.uses[book.id, indicator.id]
    for use in uses:
        yield f"{link(use.title.in_(lang), path, use.page)}: {use.how.in_(lang)}"
    if not uses:
        yield "Nowhere yet." if lang == "en" else "Chưa dùng ở đâu."


def measure_yaml(book: Rulebook, name: str) -> str:
    """The measure's lines of the indicator's file, as they stand there; put together again where a base lends some."""
    if book.base is not None:
        measure = book.draft.documents[f"indicators/{name}.yaml"].data["measure"]
        return yaml.safe_dump({"measure": measure}, allow_unicode=True, sort_keys=False).rstrip()
    lines = (book.draft.folder / "indicators" / f"{name}.yaml").read_text(encoding="utf-8").splitlines()
    first = book.draft.documents[f"indicators/{name}.yaml"].place(("measure",)).line or 1
    kept = [lines[first - 1]]
    for line in lines[first:]:
        if line and not line[0].isspace():
            break
        kept.append(line)
    return "\n".join(kept)
