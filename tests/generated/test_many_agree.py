"""Scored at once or one by one: every figure the same, for the shipped monthly cards, random cards and formulas."""

from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from drawn_cards import condition, formula, random_book
from drawn_totals import Draw, said, told
from hypothesis import given, settings
from hypothesis import strategies as st

import congtam
from congtam.engine.expressions.compute import NOT_ARISEN, compute
from congtam.engine.expressions.nodes import EXACT
from congtam.engine.expressions.parse import Scope, parse
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.bind import RELATED
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.load import Library
from congtam.engine.scoring.many.formulas import Formulas, Others
from congtam.engine.scoring.many.ratios import MISSING, THERE, Ratios, constant
from congtam.engine.scoring.subject import Related, Subject

SHIPPED = Path(congtam.__file__).parent / "rulebooks"
CARDS = (
    ("vn/national/decree-335-2025", "civil_servant_month"),
    ("vn/hue/dost-monthly-2025", "official_month"),
    ("vn/hue/dost-monthly-2025", "unit_month"),
    ("vn/national/decree-233-2026", "public_employee_month"),
    ("vn/national/decree-233-2026", "service_unit_year"),
)
GRADES = ("high", "middle", "low")
SEEDS = st.integers(0, 2**32)


def quick(examples: int) -> settings:
    return settings(max_examples=examples, derandomize=True, deadline=None, database=None)


@cache
def shipped(name: str) -> Rulebook:
    return load_rulebook(Library(SHIPPED), name)


def agree(draw: Draw) -> None:
    table, scores = draw.table(), draw.scores()
    for place, score in enumerate(scores):
        assert told(table, place) == said(score, table), (place, score.subject)
        assert bool(table.one_by_one[place]) == bool(draw.scorer.decisions(score.subject.code))


@pytest.mark.parametrize(("book", "card"), CARDS)
@quick(12)
@given(seed=SEEDS)
def test_shipped_cards_give_everyone_the_same_figures(book: str, card: str, seed: int) -> None:
    agree(Draw(shipped(book), card, seed))


@quick(60)
@given(seed=SEEDS)
def test_random_cards_give_everyone_the_same_figures(seed: int) -> None:
    with TemporaryDirectory() as root:
        agree(Draw(random_book(Path(root), seed), "month", seed, size=40))


VALUES = [
    None,
    NOT_ARISEN,
    *(Fraction(text) for text in ("0", "1", "-1", "1/3", "2/10", "9/10", "10000000000000001/3")),
]
NAMES = ("a", "b", "c")
SCOPE = Scope({**dict.fromkeys(NAMES, EXACT), **RELATED}, {"limit": EXACT}, grades=GRADES, exact=True)


@quick(300)
@given(seed=SEEDS, yes_or_no=st.booleans())
def test_every_formula_means_the_same_in_arrays(seed: int, yes_or_no: bool) -> None:
    draw = Random(seed)
    text = (condition if yes_or_no else formula)(draw, NAMES, 3).replace("way == 'partial'", "limit > 0")
    node, parameters = parse(text, SCOPE), {"limit": Fraction(1, 5)}
    rows = [{name: draw.choice(VALUES) for name in NAMES} for _ in range(30)]
    subjects = [Subject("o", draw.choice(["leader", "staff"])) for _ in rows]
    grades = [*GRADES, None]
    related = [
        Related(
            tuple(("x", draw.choice(grades)) for _ in range(draw.randrange(3))),
            draw.choice(grades),
            draw.choice(grades),
        )
        for _ in rows
    ]
    one = compute(node, parameters, GRADES)
    figures = {name: joined([row[name] for row in rows]) for name in NAMES}
    many = Formulas(figures, Others(subjects, related, GRADES)).of(node, parameters)
    top, bottom, state = (np.broadcast_to(column, len(rows)) for column in (many.top, many.bottom, many.state))
    for place, row in enumerate(rows):
        environment = related[place].environment(subjects[place].role == "leader")
        wanted = one({**environment, **row})
        other = None if state[place] == MISSING else NOT_ARISEN
        found = Fraction(int(top[place]), int(bottom[place])) if state[place] == THERE else other
        assert found == wanted, (text, row)


def joined(values: list[Any]) -> Ratios:
    ones = [constant(value) for value in values]
    columns = [(one.top[0], one.bottom[0], one.state[0]) for one in ones]
    top, bottom, state = (np.array(column) for column in zip(*columns, strict=True))
    return Ratios(top, bottom, state)
