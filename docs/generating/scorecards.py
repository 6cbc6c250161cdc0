"""The page of one scorecard."""

from collections.abc import Iterator
from dataclasses import dataclass

from congtam.engine.explaining.manual.scorecards import CardTelling
from congtam.engine.rulebook.bound import BoundScorecard, Rulebook
from congtam.engine.rulebook.model import Part
from generating.indicators import linked_indicator, phrases_for
from generating.markdown import bullets, code, link, page, table
from generating.shelf import Shelf


def scorecard_page(shelf: Shelf, book: Rulebook, card: BoundScorecard) -> str:
    """One scorecard, in Vietnamese and in English, with the worked examples that show it."""
    path = shelf.scorecard_page(book.id, card.id)
    file = shelf.file(book, f"scorecards/{card.id}.yaml")
    title = card.model.title
    return page(
        f"{title.vi} · {title.en}",
        f"{code(card.id)} · {link(book.head.title.vi, path, shelf.index_page(book.id))} · {link('YAML', path, file)}",
        *_blocks(shelf, book, card, path, "vi"),
        *_blocks(shelf, book, card, path, "en"),
        *_examples(shelf, book, card, path),
    )


def _examples(shelf: Shelf, book: Rulebook, card: BoundScorecard, path: str) -> Iterator[str]:
    told = [one for one in shelf.examples[book.id] if one.example.scorecard == card.id]
    if told:
        yield "## Ví dụ tính được kiểm bằng máy · Worked examples, run by the tests"
        for file in dict.fromkeys(one.file for one in told):
            yield link(file.rpartition("/")[2], path, _file(shelf, book, file)) + ":"
            yield bullets(one.example.title for one in told if one.file == file)


def _file(shelf: Shelf, book: Rulebook, told: str) -> str:
    return f"{shelf.folders[book.id]}/{told.removeprefix(book.id + '/')}"


@dataclass(frozen=True)
class _Markdown:
    """Names and links as the printed manual writes them on the page at `path`."""

    shelf: Shelf
    book: Rulebook
    path: str
    lang: str

    def indicator(self, name: str) -> str:
        return linked_indicator(self.shelf, self.book, self.path, name, self.lang)

    def card(self, name: str) -> str:
        title = self.book.scorecards[name].model.title.in_(self.lang)
        return link(title, self.path, self.shelf.scorecard_page(self.book.id, name))

    def parameter(self, name: str) -> str:
        return code(name)

    def named(self, title: str, id_: str) -> str:
        return f"**{title}** ({code(id_)})"

    def coded(self, text: str, code_: str) -> str:
        return f"{text} ({code(code_)})"

    def written(self, said: str, text: str) -> str:
        return f"{said}: {code(text)}"


def _blocks(shelf: Shelf, book: Rulebook, card: BoundScorecard, path: str, lang: str) -> Iterator[str]:
    """One language; a section stands only where the scorecard says something."""
    marks = _Markdown(shelf, book, path, lang)
    told = CardTelling(book, card, phrases_for(shelf, book, path, lang), marks)
    en = lang == "en"
    yield f"## {'English' if en else 'Tiếng Việt'}"
    yield table(["", ""], told.facts())
    sections = (
        ("Mục điểm", "Parts", "\n".join(_parts(told, marks, card.model.parts))),
        ("Thông tin kèm theo, không tính điểm", "Shown beside the points", bullets(told.information())),
        ("Mức xếp loại", "Grades", _grades(told)),
        ("Máy đề xuất, người quyết định", "The machine proposes, a person decides", bullets(told.vetoes())),
        ("Trần", "Ceilings", bullets(told.ceilings())),
        ("Giới hạn tỷ lệ", "Limits on how many", _population(told, marks)),
        ("Thứ tự xếp loại", "Who is graded first", bullets(told.strata())),
        ("Các bước của kỳ", "Steps of a period", bullets(told.timetable())),
        ("Kết quả chính thức để đối chiếu", "Official results to hold it to", bullets(told.published())),
    )
    for vi, english, body in sections:
        if body:
            yield f"### {english if en else vi}"
            yield body


def _parts(told: CardTelling, marks: _Markdown, parts: tuple[Part, ...], depth: int = 0) -> Iterator[str]:
    """The tree, each part below what it is part of."""
    indent = "  " * depth
    for part in parts:
        yield f"{indent}- {marks.named(part.title.in_(told.lang), part.id)}: {told.points(part)}"
        for line in told.way(part):
            yield f"{indent}  - {line}"
        yield from _parts(told, marks, part.parts, depth + 1)


def _grades(told: CardTelling) -> str:
    rows = [
        [grade.title.in_(told.lang), code(grade.id), told.band(grade), told.condition(grade)]
        for grade in told.model.grades
    ]
    header = ["Grade", "", "Points", "Condition"] if told.lang == "en" else ["Mức", "", "Điểm", "Điều kiện kèm theo"]
    made = table(header, rows)
    return f"{made}\n\n{told.decides()}" if made else ""


def _population(told: CardTelling, marks: _Markdown) -> str:
    return "\n\n".join(
        f"{marks.named(rule.title.in_(told.lang), rule.id)}\n\n{bullets(told.population(rule))}"
        for rule in told.model.population_rules
    )
