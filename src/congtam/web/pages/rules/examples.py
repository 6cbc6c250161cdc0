"""Worked examples of a rulebook as sentences: what somebody did, and what must come out."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from congtam.engine.examples import read_examples
from congtam.engine.explaining.manual.plain import figure
from congtam.engine.findings import Unusable
from congtam.engine.rulebook.bound import BoundScorecard, Rulebook
from congtam.engine.rulebook.model import parts_with_paths
from congtam.engine.stories import Example, Expected


@dataclass(frozen=True)
class ExampleTold:
    """An example: the rule it shows as a sentence, in which card and period, and what must come out."""

    title: str
    card: str
    period: str
    outcomes: list[str]


def examples_of(book: Rulebook, lang: str) -> list[ExampleTold]:
    """The examples that stand beside a rulebook; none when its files hold none that can be read."""
    try:
        told = read_examples(book)
    except Unusable:
        return []
    cards = book.scorecards
    return [_told(one.example, cards[one.example.scorecard], lang) for one in told if one.example.scorecard in cards]


def _told(example: Example, card: BoundScorecard, lang: str) -> ExampleTold:
    outcomes = [
        text
        for code, expected in example.expect.items()
        if (text := _outcome(code, expected, card, lang, alone=len(example.expect) == 1))
    ]
    if example.cap is not None:
        few = example.cap.allowed
        outcomes.append(f"at most {few} may hold it" if lang == "en" else f"nhiều nhất {few} người được giữ mức ấy")
    return ExampleTold(example.title, card.model.title.in_(lang), example.period, outcomes)


def _outcome(code: str, expected: Expected, card: BoundScorecard, lang: str, *, alone: bool) -> str:
    """What must come out for one official or unit."""
    said = list(_said(expected, card, lang))
    if not said:
        return ""
    return ", ".join(said) if alone else f"{code}: {', '.join(said)}"


def _said(expected: Expected, card: BoundScorecard, lang: str) -> Iterator[str]:
    en = lang == "en"
    titles = {part.id: part.title.in_(lang) for part, _ in parts_with_paths(card.model.parts)}
    grades = {grade.id: grade.title.in_(lang) for grade in card.model.grades}
    for part, points in expected.parts.items():
        yield f"“{titles.get(part, part)}” {_points(points, lang)}"
    if expected.total is not None:
        yield f"{'total' if en else 'tổng'} {_points(expected.total, lang)}"
    if expected.grade is not None and expected.grade != "none":
        yield f"{'grade' if en else 'mức'} “{grades.get(expected.grade, expected.grade)}”"
    if expected.grade == "none":
        yield "no grade yet: a person decides" if en else "máy chưa xếp mức, người có thẩm quyền quyết định"


def _points(points: Decimal, lang: str) -> str:
    return f"{figure(points, lang)} {'points' if lang == 'en' else 'điểm'}"
