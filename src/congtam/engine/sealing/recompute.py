"""The figures of a seal scored anew from nothing but what it holds: points, grades, limits and final grades."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.scoring.agency import AgencyRun, evaluate_agency
from congtam.engine.scoring.asked import Asked
from congtam.engine.scoring.final import Final, final_grades
from congtam.engine.scoring.legal import for_information
from congtam.engine.scoring.subject import Score
from congtam.engine.scoring.tree import PartScore
from congtam.engine.sealing.contents import Contents
from congtam.engine.sealing.parts import Part
from congtam.engine.sealing.ruled import load

RESULTS, LIMITS = "results", "limits"
Finals = Mapping[str, Mapping[str, Final]]  # by card, then by person


def evaluate(contents: Contents) -> AgencyRun:
    """Everyone under every card. Raises `Unusable` where the rules or the question make no sense."""
    books = books_of(contents)
    named = [(books[one.rulebook, one.scorecard], one.scorecard) for one in contents.cards]
    asked = Asked(contents.period, contents.as_of, seq=contents.seq)
    return evaluate_agency(contents.facts, named, asked, lambda book: contents.calendars[book.id])


def books_of(contents: Contents) -> dict[tuple[str, str], Rulebook]:
    """The rulebook of each card, by rulebook and scorecard. Raises `Unusable` where its files make none."""
    books = {name: load(files, name) for name, files in contents.rules.items()}
    return {
        (one.rulebook, one.scorecard): books[one.rulebook]
        if one.legal
        else for_information(books[one.rulebook], one.scorecard)
        for one in contents.cards
    }


def finals_of(run: AgencyRun, agency: str, held: Mapping[str, frozenset[str]]) -> dict[str, dict[str, Final]]:
    """The final grades of an agency's people under the card that is legal for each, by card and person. `held`: who
    held a capped grade in the seal that stood."""
    return {key: made for key in run.runs if (made := _finals(run, key, agency, held.get(key, frozenset())))}


def _finals(run: AgencyRun, key: str, agency: str, held: frozenset[str]) -> dict[str, Final]:
    one = run.legal_run(key)
    own = {code: score for code, score in one.scores.items() if score.subject.agency == agency}
    graded = {code: (score.graded.grade, str(score.graded.by)) for code, score in own.items()}
    decisions = [decision for decision in one.facts.decisions if one.scorer.speaks_of(decision)]
    return final_grades(one.card, graded, one.caps, decisions, sealed=held)


def result_parts(run: AgencyRun, finals: Finals, agency: str, secret: bytes) -> dict[str, Part]:
    """What the evaluation gave, in parts: one row for each person, one for each limit in each group."""
    people = (row for key, of_card in finals.items() for row in _people(run, key, of_card))
    limits = (row for key in finals for row in _limits(run, key, agency))
    made = (Part.of(RESULTS, 1, people, secret), Part.of(LIMITS, 3, limits, secret))
    return {part.name: part for part in made}


def _people(run: AgencyRun, key: str, finals: Mapping[str, Final]) -> Iterator[list[Any]]:
    for code, final in finals.items():
        score = run.runs[key].scores[code]
        own, legal = score.subject, run.people[code]
        yield [
            code,
            {
                "card": key,
                "legal_by": legal.by,
                "role": own.role,
                "unit": own.unit,
                "post": own.post,
                "duty_group": own.duty_group,
                "staff_kind": own.staff_kind,
                "working_days": own.working_days,
                **_points(score),
                "grade_before": score.graded.grade,
                "graded_by": score.graded.by,
                "grade": final.grade,
                "by": final.by,
                "cap": final.cap,
                "parts": [row for part in score.parts for row in _parts(part)],
            },
        ]


def _points(score: Score) -> dict[str, int]:
    return {
        "lowest": score.lowest,
        "highest": score.highest,
        "earned": score.earned,
        "measurable": score.measurable,
        "n_items": score.n_items,
    }


def _parts(part: PartScore) -> Iterator[list[Any]]:
    if not part.parts:
        yield [part.id, part.state, part.maximum, part.points]
    for inner in part.parts:
        yield from _parts(inner)


def _limits(run: AgencyRun, key: str, agency: str) -> Iterator[list[Any]]:
    for cap in run.runs[key].caps:
        if any(run.people[code].subject.agency == agency for code in cap.listed):
            yield [key, cap.rule, list(cap.group), asdict(cap)]
