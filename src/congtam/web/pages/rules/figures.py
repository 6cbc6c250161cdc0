"""Numbers of a rulebook as rows of a form: what each is, what it is now, on what it stands, what somebody writes."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from congtam.engine.explaining.manual import words
from congtam.engine.explaining.rule_changes import basis
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.model import Certainty, Text
from congtam.registry.figures import Figure, figures

PREFIX = "so:"
NO_LETTERS = str.maketrans("", "", "0123456789.:; ")
GROUPS = {
    Certainty.UNVERIFIED: Text(vi="Chưa kiểm chứng, cơ quan phải quyết định", en="Unverified: the agency must decide"),
    Certainty.REPORTED: Text(vi="Theo nguồn tin, chưa đối chiếu văn bản", en="Reported, not checked with the text"),
    Certainty.VERIFIED: Text(vi="Đã đối chiếu văn bản", en="Checked with the text"),
}


@dataclass(frozen=True)
class FigureRow:
    """One number in the form. `written` is what somebody wrote for it; `waiting` the proposal that already sets it."""

    path: str
    name: str
    field: str
    title: str
    now: str
    written: str
    choices: list[tuple[str, str]]
    basis: str
    certainty: str
    owner: str
    waiting: int | None


@dataclass(frozen=True)
class FigureGroup:
    """Numbers of one certainty."""

    code: str
    title: str
    rows: list[FigureRow]


def groups_of(
    book: Rulebook, written: Mapping[str, str], lang: str, waiting: Mapping[str, int] | None = None
) -> list[FigureGroup]:
    """The numbers of a rulebook, the least certain first."""
    known = enumerate(figures(book).values())
    rows = [(one.certainty, _row(number, one, written, lang, waiting or {})) for number, one in known]
    made = [
        FigureGroup(certainty.value, title.in_(lang), [row for sure, row in rows if sure is certainty])
        for certainty, title in GROUPS.items()
    ]
    return [group for group in made if group.rows]


def _row(number: int, one: Figure, written: Mapping[str, str], lang: str, waiting: Mapping[str, int]) -> FigureRow:
    return FigureRow(
        one.path,
        f"{PREFIX}{one.path}",
        f"so-{number}",
        " › ".join(title.in_(lang) for title in one.titles),
        choice_title(one.value, lang) if one.choices else shown(one.value, lang),
        written.get(one.path, ""),
        [(code, choice_title(code, lang)) for code in one.choices],
        basis(one.basis, lang),
        one.certainty.value,
        one.owner or "–",
        waiting.get(one.path),
    )


def choice_title(code: str, lang: str) -> str:
    """What a choice is called."""
    known = words.CODE.get(code) or words.READING.get(code)
    return known.in_(lang) if known else code


def shown(value: str, lang: str) -> str:
    """A number or choice of a draft as people read it."""
    if not value.translate(NO_LETTERS):
        return value.replace(".", ",") if lang == "vi" else value
    return choice_title(value, lang)


def written_in(told: QueryDict) -> dict[str, str]:
    """What somebody wrote for numbers, by path; what was left empty is left out."""
    found = {name.removeprefix(PREFIX): told[name].strip() for name in told if name.startswith(PREFIX)}
    return {path: text for path, text in found.items() if text}


def lang_of(request: HttpRequest) -> str:
    """The language of the page."""
    return "en" if request.LANGUAGE_CODE == "en" else "vi"
