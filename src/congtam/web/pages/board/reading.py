"""The board: work in columns by where it stands, the most pressing first, with how many stand there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from congtam.desk.board import COLUMNS, asked_of, on_board
from congtam.engine.rulebook.model import Text
from congtam.web.pages.board import words
from congtam.web.pages.worklist.listing import Line, Listing
from congtam.work.models import Share
from congtam.work.tops import Top, tops

EACH = 30  # cards of a column; the rest by "xem thêm"


@dataclass(frozen=True)
class Card:
    """A share as a card: its `badge` with the word for it (`state`), `left` of its deadline in working time, `asked`:
    what its holder waits for an answer to."""

    line: Line
    badge: str
    state: Text
    left: Text
    asked: list[Text]

    @property
    def title(self) -> str:
        """What the work is called."""
        return self.line.row.title or self.line.row.key


@dataclass(frozen=True)
class Column:
    """One column: how many shares stand there (`count`), and the first of them."""

    name: str
    title: Text
    count: int
    cards: list[Card]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.cards)


def columns(found: Listing) -> list[Column]:
    """All columns, each with its first cards. Two statements and the names."""
    groups = tops(on_board(found.shares, found.sight), "column", EACH)
    columns = {share: str(name) for name, top in groups.items() for share in top.shares}
    shown = cards_by_share(found, columns)
    return [_column(name, groups.get(name, Top()), shown) for name in COLUMNS]


def standing_at(found: Listing, column: str) -> QuerySet[Share]:
    """All shares of one column, the most pressing first."""
    return on_board(found.shares, found.sight).filter(column=column).order_by("pressing", "due_at", "pk")


def cards_by_share(found: Listing, columns: Mapping[int, str]) -> dict[int, Card]:
    """Shares as cards, by number; `columns`: in which each stands."""
    shown = cards(found, found.shares.filter(pk__in=list(columns)), columns.__getitem__)
    return {card.line.row.share: card for card in shown}


def cards(found: Listing, shares: QuerySet[Share], column_of: Callable[[int], str]) -> list[Card]:
    """Shares as cards, in their order; `column_of`: in which a share stands, empty where that is not known."""
    lines = found.shown(shares)
    asked = asked_of([(line.row.item, line.row.official) for line in lines])
    return [
        Card(
            line,
            *words.stands(line.row, column_of(line.row.share)),
            words.time_left(line.row, found.sight),
            [words.ASKED[kind] for kind in asked.get((line.row.item, line.row.official), [])],
        )
        for line in lines
    ]


def _column(name: str, top: Top, cards: Mapping[int, Card]) -> Column:
    return Column(name, words.COLUMNS[name], top.count, [cards[share] for share in top.shares if share in cards])
