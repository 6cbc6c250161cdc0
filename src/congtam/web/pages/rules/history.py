"""What was done to a rulebook, as a list by date: who, when, why, and what it changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from congtam.access.queries import called
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.model import Text
from congtam.registry.figures import Figure, figures
from congtam.registry.models import Copy, Draft
from congtam.registry.queries import history_of, remarks_on
from congtam.web.pages.rules.figures import shown

DONE = {
    "proposed": Text(vi="Đề xuất", en="Proposed"),
    "approved": Text(vi="Duyệt", en="Approved"),
    "refused": Text(vi="Không duyệt", en="Refused"),
    "withdrawn": Text(vi="Rút lại", en="Withdrawn"),
}
SHORTENED = Text(vi="Xác định ngày hết hiệu lực", en="Given its last day")


@dataclass(frozen=True)
class Step:
    """One thing done: by whom, when, about what, with what was written."""

    done: str
    at: datetime
    by: str
    what: str
    lines: list[str]
    why: str
    number: int
    draft: bool


def answering(copy: Copy, lang: str) -> list[tuple[str, str]]:
    """Who proposed and who approved the copy in use, as pairs of name and value."""
    names = called({one for one in (copy.proposed_by, copy.approved_by) if one is not None})
    by, other = ("Proposed by", "Approved by") if lang == "en" else ("Người đề xuất áp dụng", "Người duyệt áp dụng")
    return [(by, names.get(copy.proposed_by, "–")), (other, names.get(copy.approved_by or 0, "–"))]


def steps_of(rulebook_id: str, book: Rulebook, lang: str, *, touching: tuple[str, ...] = ()) -> list[Step]:
    """Everything done to a rulebook, the latest first; with `touching`, only what set a number whose path begins so
    and what was done to the rulebook as a whole."""
    rows = history_of(rulebook_id)
    known = figures(book)
    earlier = {row.replaced_by: row for row in rows if row.replaced_by is not None}
    names = called({row.recorded_by for row in rows if row.recorded_by is not None})
    why = remarks_on([row.seq for row in rows])
    return [
        Step(
            _done(row, earlier).in_(lang),
            row.recorded_at,
            names.get(row.recorded_by or 0, "–"),
            _what(row, lang),
            lines_of(row, known, lang) if isinstance(row, Draft) else [],
            why.get(row.seq, ""),
            row.seq,
            isinstance(row, Draft),
        )
        for row in rows
        if isinstance(row, Copy) or not touching or any(path.startswith(touching) for path in row.changes)
    ]


def _done(row: Copy | Draft, earlier: Mapping[int | None, Copy | Draft]) -> Text:
    before = earlier.get(row.seq)
    again = isinstance(row, Copy) and before is not None and before.state == row.state == "approved"
    return SHORTENED if again else DONE[row.state]


def _what(row: Copy | Draft, lang: str) -> str:
    en = lang == "en"
    if isinstance(row, Draft):
        act = f"{row.act}, {row.article}" if row.article else row.act
        return f"numbers from {row.first:%d/%m/%Y}, by {act}" if en else f"con số từ {row.first:%d/%m/%Y}, theo {act}"
    number = f" ({row.number})" if row.number else ""
    until = row.days.upper
    end = (f" to before {until:%d/%m/%Y}" if en else f" đến trước {until:%d/%m/%Y}") if until else ""
    begun = f"{row.days.lower:%d/%m/%Y}{end}{number}"
    return f"the rulebook as a whole, from {begun}" if en else f"cả bộ quy tắc, từ {begun}"


def lines_of(draft: Draft, known: Mapping[str, Figure], lang: str) -> list[str]:
    """The numbers a draft sets, by their titles."""
    return [f"{title_of(known.get(path), path, lang)}: {shown(value, lang)}" for path, value in draft.changes.items()]


def title_of(figure: Figure | None, path: str, lang: str) -> str:
    """A number by its titles, the outermost first; by its path when it is no longer in the rulebook."""
    return " › ".join(_titles(figure.titles, lang)) if figure else path


def _titles(titles: Iterable[Text], lang: str) -> list[str]:
    return [one.in_(lang) for one in titles]
