"""Scorecards drawn at random: a tree of parts over figures of every kind, curves, grades, ceilings and vetoes."""

import json
from pathlib import Path
from random import Random
from typing import Any

from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.load import Library

TEXT = {"vi": "x", "en": "x"}
FIGURES = ("done", "kept", "counted", "median", "marked", "told", "both", "paired")


def indicator(measure: dict[str, Any], draw: Random) -> dict[str, Any]:
    policy = draw.choice(["redistribute", "redistribute", "zero", {"base_rate": 0.75}])
    return {
        "title": TEXT, "definition": TEXT, "group": "process", "direction": draw.choice(["up", "down"]),
        "unit": "rate", "subjects": ["official"], "measure": measure, "no_opportunity": policy,
        "how_to_game": TEXT, "counter_indicator": "done",
    }  # fmt: skip


def measures(draw: Random) -> dict[str, dict[str, Any]]:
    cap = draw.choice([{}, {"cap": 1}, {"cap": 1.2}])
    return {
        "done": {"share_of": "share", "that": "known(finished_at)"},
        "kept": {"ratio_of": {"top": "coefficient * weight", "bottom": "coefficient"}, **cap},
        "counted": {"sum_of": "coefficient", "in_period": "finished"},
        "median": {"quantile_of": {"value": "coefficient", "at": 0.5}},
        "marked": {"rating_of": {"criterion": "general", "out_of": 30}},
        "told": {"reported": "told"},
        "both": {"formula": formula(draw, ("done", "kept", "counted", "marked"), 2)},
        "paired": {"pair": {"when": condition(draw, ("done", "told"), 1), "values": [1, 0.5]}},
    }


def number(draw: Random) -> str:
    return draw.choice(["0", "1", "0.5", "0.2", "0.9", "3", "12.5", "limit"])


def formula(draw: Random, names: tuple[str, ...], depth: int) -> str:
    if depth == 0:
        return draw.choice([*names, *names, number(draw)])
    one, two, three = (formula(draw, names, depth - 1) for _ in range(3))
    test = condition(draw, names, depth - 1)
    return draw.choice(
        [f"({one} + {two})", f"({one} - {two})", f"({one} * {two})", f"({one} / {two})", f"min({one}, {two}, {three})",
         f"max({one}, {two})", f"mean({one}, {two}, {three})", f"first({one}, {two})", f"(-{one})",
         f"({one} if {test} else {two})"]
    )  # fmt: skip


def condition(draw: Random, names: tuple[str, ...], depth: int) -> str:
    if depth == 0:
        return draw.choice(
            ["leader", "all(subordinates.grade >= middle)", "any(subordinates.grade == low)", "(unit.grade >= middle)",
             "(organisation.grade != high)", "(unit.grade == organisation.grade)", f"known({draw.choice(names)})",
             f"({draw.choice(names)} == {number(draw)})", f"({draw.choice(names)} > {number(draw)})",
             f"({draw.choice(names)} <= {draw.choice(names)})", "(way == 'partial')", "True"]
        )  # fmt: skip
    one, two = condition(draw, names, depth - 1), condition(draw, names, depth - 1)
    left, right = formula(draw, names, depth - 1), formula(draw, names, depth - 1)
    op = draw.choice([">", ">=", "<", "<=", "==", "!="])
    return draw.choice(
        [f"({one} and {two})", f"({one} or {two})", f"(not {one})", f"({left} {op} {right})", f"({one} == {two})",
         f"({one} if {two} else {one})", f"known({left})"]
    )  # fmt: skip


def part(draw: Random, name: str, depth: int) -> dict[str, Any]:
    made: dict[str, Any] = {"id": name, "title": TEXT, "points": draw.choice([5, 10, 12.5, 30, 0.000003])}
    if depth and draw.random() < 0.3:
        return {**made, "parts": [part(draw, f"{name}{n}", depth - 1) for n in range(draw.randint(1, 3))]}
    points = made["points"]
    made["curve"] = draw.choice(
        [{}, {}, {"target": 0.8}, {"between": {"zero": 0.2, "full": 0}}, {"between": {"zero": 0.1, "full": 0.9}},
         {"steps": [{"from": 0, "points": points / 2}, {"from": 1, "points": points}, {"from": 0.5, "points": 1}]}]
    )  # fmt: skip
    if draw.random() < 0.6:
        return {**made, "from": draw.choice(FIGURES)}
    staff = {"for": "staff", "is": formula(draw, FIGURES, 2)}
    return {**made, "formula": [staff, *([{"for": "leader", "is": formula(draw, FIGURES, 1)}] * draw.randint(0, 1))]}


def scorecard(draw: Random) -> dict[str, Any]:
    grades: list[dict[str, Any]] = [
        {"id": "high", "title": TEXT, "from": 80},
        {"id": "middle", "title": TEXT, draw.choice(["from", "above"]): 50, "below": draw.choice([75, 80])},
        {"id": "low", "title": TEXT, "below": draw.choice([40, 50])},
    ]
    ceiling = {"id": "unit", "title": TEXT, "for": draw.choice(["staff", "leader", "all"]), "not_above": "unit.grade"}
    veto = {"id": "lost", "title": TEXT, "when": condition(draw, FIGURES, 1), "propose": "low", "indicator": "kept"}
    card = {
        "title": TEXT, "subject": "official", "period": "month", "grades": grades,
        "vetoes": [{**veto, "min_items": 8}], "minimum": {"items": draw.choice([0, 5]), "working_days": 10},
        "ceilings": [ceiling] * draw.randint(0, 1), "rounding": {"compare": draw.choice([0, 2, 6])},
    }  # fmt: skip
    if draw.random() < 0.15:
        told = [{"id": one["id"], "title": TEXT, "when": condition(draw, FIGURES, 1)} for one in grades]
        return {**card, "grades": told, "information": ["kept"]}
    grades[draw.randrange(3)]["when"] = condition(draw, FIGURES, 1)
    return {**card, "points": 100, "parts": [part(draw, f"p{n}", 1) for n in range(draw.randint(1, 4))]}


def random_book(root: Path, seed: int) -> Rulebook:
    draw = Random(seed)
    head = {
        "title": TEXT, "issuer": "x", "calendar": "vn/national/calendar", "clock": "given",
        "parameters": {"limit": {"title": TEXT, "value": 0.2},
                       "way": {"title": TEXT, "choices": ["partial", "zero"], "value": "partial"}},
    }  # fmt: skip
    files = {
        "rulebook": head,
        "clocks/given": {"title": TEXT, "unit": "working_days"},
        "scorecards/month": scorecard(draw),
    }
    files |= {f"indicators/{name}": indicator(measure, draw) for name, measure in measures(draw).items()}
    for name, content in files.items():
        path = root / "drawn" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")
    return load_rulebook(Library(root), "drawn")
