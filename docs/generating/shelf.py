"""Everything there is to print: rulebooks, worked examples and calendars, and who uses which indicator."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import congtam
from congtam.engine.calendars import WorkingCalendar, load_calendar
from congtam.engine.examples import Told, read_examples
from congtam.engine.expressions.nodes import columns
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.bound import BoundIndicator, BoundScorecard, Rulebook
from congtam.engine.rulebook.load import Library
from congtam.engine.rulebook.located import within
from congtam.engine.rulebook.model import Text, parts_with_paths

GENERATED = "docs/generated"
SHIPPED = "src/congtam/rulebooks"
EXAMPLES = "examples"


@dataclass(frozen=True)
class Use:
    """One place that reads an indicator: a page (by path) and how it reads it."""

    page: str
    title: Text
    how: Text


@dataclass(frozen=True)
class Shelf:
    """All that is printed. `books` by rulebook id; a book's `folder` is where it stands in the repository."""

    books: dict[str, Rulebook]
    folders: dict[str, str]
    examples: dict[str, list[Told]]
    calendars: dict[str, WorkingCalendar]
    uses: dict[tuple[str, str], list[Use]]

    def index_page(self, book: str) -> str:
        return f"{GENERATED}/{self._below(book)}/index.md"

    def indicator_page(self, home: str, name: str) -> str:
        return f"{GENERATED}/{self._below(home)}/indicators/{name}.md"

    def scorecard_page(self, book: str, name: str) -> str:
        return f"{GENERATED}/{self._below(book)}/scorecards/{name}.md"

    def calendar_page(self, identity: str) -> str:
        return f"{GENERATED}/{identity}.md"

    def _below(self, book: str) -> str:
        """Shipped rulebooks print under their id, others under their folder."""
        return self.folders[book].removeprefix(f"{SHIPPED}/")

    def file(self, book: Rulebook, name: str) -> str:
        """Where a file of a rulebook stands in the repository; one that is inherited stands in the base."""
        return self.placed(within(book.draft.place(name), book.id).file)

    def placed(self, file: str) -> str:
        """A file that is named with its rulebook's id, as it stands in the repository."""
        home = max((name for name in self.folders if file.startswith(f"{name}/")), key=len)
        return f"{self.folders[home]}/{file.removeprefix(home + '/')}"

    def own(self, book: Rulebook) -> Iterator[BoundIndicator]:
        """The indicators that stand in the rulebook itself, by id."""
        return (one for name, one in sorted(book.indicators.items()) if one.home == book.id)

    def lent(self, book: Rulebook) -> Iterator[BoundIndicator]:
        """The indicators another rulebook lends to this one, by id."""
        return (one for name, one in sorted(book.indicators.items()) if one.home != book.id)


def load_shelf(root: Path) -> Shelf:
    """Read everything below the repository's root. Raises `Unusable` for a rulebook that is refused."""
    shipped = Path(congtam.__file__).parent / "rulebooks"
    library = Library(shipped, root / EXAMPLES)
    books = {identity: load_rulebook(library, identity) for identity in library.ids()}
    folders = {
        name: f"{SHIPPED}/{name}" if shipped in book.draft.folder.parents else f"{EXAMPLES}/{name}"
        for name, book in books.items()
    }
    examples = {name: read_examples(book) for name, book in books.items()}
    calendars = {
        path.parent.relative_to(shipped).as_posix(): load_calendar(path)
        for path in sorted(shipped.rglob("calendar.yaml"))
    }
    shelf = Shelf(books, folders, examples, calendars, defaultdict(list))
    for book in books.values():
        for use in _uses(shelf, book):
            name, found = use
            indicator = book.indicators[name]
            shelf.uses[indicator.home, name].append(found)
    return shelf


def _uses(shelf: Shelf, book: Rulebook) -> Iterator[tuple[str, Use]]:
    for name, card in sorted(book.scorecards.items()):
        page, title = shelf.scorecard_page(book.id, name), card.model.title
        for indicator, how in _scorecard_uses(card):
            if indicator in book.indicators:
                yield indicator, Use(page, title, how)
    for one in shelf.own(book):
        page = shelf.indicator_page(book.id, one.id)
        if one.model.measure.kind in ("formula", "pair"):
            for node in one.nodes.values():
                for indicator in sorted(columns(node) & book.indicators.keys()):
                    yield (
                        indicator,
                        Use(page, one.model.title, Text(vi="công thức của chỉ số", en="the indicator's formula")),
                    )
        yield (
            one.model.counter_indicator,
            Use(page, one.model.title, Text(vi="chỉ số đối chứng", en="its counter-indicator")),
        )


def _scorecard_uses(card: BoundScorecard) -> Iterator[tuple[str, Text]]:
    for part, _ in parts_with_paths(card.model.parts):
        read = {part.from_} if part.from_ else set()
        for node in card.formulas.get(part.id, {}).values():
            read |= columns(node)
        for name in sorted(name for name in read if name):
            yield name, Text(vi=f"mục điểm “{part.title.vi}”", en=f"part “{part.title.en}”")
    for name in card.model.information:
        yield name, Text(vi="thông tin kèm theo, không tính điểm", en="shown beside the points, carries none")
    for grade in card.model.grades:
        if grade.id in card.conditions:
            for name in sorted(columns(card.conditions[grade.id])):
                yield name, Text(vi=f"điều kiện của mức “{grade.title.vi}”", en=f"condition of “{grade.title.en}”")
    for veto in card.model.vetoes:
        for name in sorted(columns(card.vetoes[veto.id]) | {veto.indicator}):
            yield name, Text(vi=f"đề xuất của máy “{veto.title.vi}”", en=f"the machine's proposal “{veto.title.en}”")
