"""All pages of the printed manual, by path from the repository's root."""

from pathlib import Path

from congtam.engine.explaining.manual import words
from generating.calendars import calendar_page
from generating.indicators import indicator_page
from generating.language import language_page
from generating.markdown import bullets, link, page, table
from generating.rulebooks import rulebook_page
from generating.scorecards import scorecard_page
from generating.shelf import GENERATED, Shelf, load_shelf

INDEX, LANGUAGE = f"{GENERATED}/index.md", f"{GENERATED}/language.md"


def pages(root: Path) -> dict[str, str]:
    """Path to text of every page. Raises `Unusable` when a rulebook is refused."""
    shelf = load_shelf(root)
    made = {INDEX: _index(shelf), LANGUAGE: language_page()}
    made |= {shelf.calendar_page(name): calendar_page(shelf, name) for name in shelf.calendars}
    for book in shelf.books.values():
        made[shelf.index_page(book.id)] = rulebook_page(shelf, book)
        made |= {shelf.indicator_page(book.id, one.id): indicator_page(shelf, book, one) for one in shelf.own(book)}
        made |= {
            shelf.scorecard_page(book.id, name): scorecard_page(shelf, book, card)
            for name, card in book.scorecards.items()
        }
    return dict(sorted(made.items()))


def _index(shelf: Shelf) -> str:
    books = [shelf.books[name] for name in sorted(shelf.books)]
    return page(
        "Sổ tay quy tắc · The manual of rules",
        "In ra từ các bộ quy tắc. Mỗi con số nêu căn cứ và độ chắc chắn. "
        "Printed from the rulebooks. Every figure names its basis and how sure it is.",
        "## Bộ quy tắc · Rulebooks",
        table(
            ["Tiếng Việt", "English", "Hiệu lực từ · From", "Tình trạng · Status"],
            (
                [
                    link(book.head.title.vi, INDEX, shelf.index_page(book.id)),
                    book.head.title.en,
                    f"{book.head.valid_from:%d/%m/%Y}" if book.head.valid_from else "–",
                    f"{words.STATUS[book.head.status].vi} · {words.STATUS[book.head.status].en}",
                ]
                for book in books
            ),
        ),
        "## Lịch và ngôn ngữ · Calendar and language",
        bullets(
            [
                *(
                    link(f"{one.title['vi']} · {one.title['en']}", INDEX, shelf.calendar_page(name))
                    for name, one in shelf.calendars.items()
                ),
                link("Ngôn ngữ của quy tắc · The language of rules", INDEX, LANGUAGE),
            ]
        ),
    )
