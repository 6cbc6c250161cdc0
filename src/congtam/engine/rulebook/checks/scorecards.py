"""Whether scorecards hold together: points that sum, bands in order, names that exist, grades that can be had."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from congtam.engine.findings import Finding, did_you_mean
from congtam.engine.rulebook.bound import BoundScorecard, Rulebook
from congtam.engine.rulebook.checks.found import found
from congtam.engine.rulebook.model import CAP_READINGS, STEPS, parts_with_paths
from congtam.engine.rulebook.strata import loop
from congtam.engine.rulebook.yaml_source import KeyPath


def points_sum(book: Rulebook) -> Iterator[Finding]:
    """Parts add up to what they are parts of."""
    for name, card in book.draft.scorecards.items():
        groups: list[tuple[KeyPath, Decimal, Any]] = [(("parts",), card.points, card.parts)] if card.parts else []
        groups += [(path, part.points, part.parts) for part, path in parts_with_paths(card.parts) if part.parts]
        for path, stated, parts in groups:
            total = sum((part.points for part in parts), Decimal(0))
            if total != stated:
                yield found(
                    book,
                    f"scorecards/{name}.yaml",
                    path,
                    "points-do-not-sum",
                    f"the parts add up to {total}, not to {stated}",
                    "mend the points",
                )


def unique_parts(book: Rulebook) -> Iterator[Finding]:
    """Part ids are unique within a scorecard, across the whole tree."""
    for name, card in book.draft.scorecards.items():
        counts = Counter(part.id for part, _ in parts_with_paths(card.parts))
        for part, path in parts_with_paths(card.parts):
            if counts[part.id] > 1:
                yield found(
                    book,
                    f"scorecards/{name}.yaml",
                    path,
                    "duplicate-part",
                    f"the part id {part.id!r} stands {counts[part.id]} times",
                    "give each part its own",
                )


def bands_in_order(book: Rulebook) -> Iterator[Finding]:
    """Grades run from best to worst and do not overlap; a hole is allowed, for it goes to a person."""
    for name, card in book.draft.scorecards.items():
        bands = () if card.by_conditions else card.grades
        for index, (better, worse) in enumerate(pairwise(bands)):
            floor = better.floor if better.floor is not None else Decimal(0)
            top = worse.below if worse.below is not None else floor
            if top > floor or (worse.floor is not None and worse.floor >= floor):
                yield found(
                    book,
                    f"scorecards/{name}.yaml",
                    ("grades", index + 1),
                    "bands-overlap",
                    f"{worse.id} begins inside {better.id}",
                    "list grades from best to worst",
                )


def names_are_known(book: Rulebook) -> Iterator[Finding]:
    """Indicators, grades, parts and scorecards named in a scorecard exist."""
    for name, card in book.scorecards.items():
        for path, given, known, what in _references(card, book):
            if given not in known:
                yield found(
                    book,
                    f"scorecards/{name}.yaml",
                    path,
                    "unknown-name",
                    f"there is no {what} {given!r}",
                    did_you_mean(given, known),
                )


def _references(card: BoundScorecard, book: Rulebook) -> Iterator[tuple[KeyPath, str, list[str], str]]:
    indicators, grades = list(book.indicators), list(card.grades)
    parts = [part.id for part, _ in parts_with_paths(card.model.parts)]
    choices = [*CAP_READINGS, *(n for n, p in book.head.parameters.items() if set(p.choices) <= set(CAP_READINGS))]
    for i, one in enumerate(card.model.information):
        yield ("information", i), one, indicators, "indicator"
    for i, veto in enumerate(card.model.vetoes):
        yield ("vetoes", i, "propose"), veto.propose, grades, "grade"
        yield ("vetoes", i, "indicator"), veto.indicator, indicators, "indicator"
    for i, rule in enumerate(card.model.population_rules):
        yield ("population_rules", i, "cap"), rule.cap, grades[:-1], "grade that can be capped"
        yield ("population_rules", i, "base"), rule.base, choices, "reading of the base, or parameter that chooses one"
        for j, part in enumerate(rule.tie_break):
            known = parts if parts else [part]
            yield ("population_rules", i, "tie_break", j), part, known, "part"
    if card.model.roll_up:
        yield ("roll_up", "of"), card.model.roll_up.of, list(book.scorecards), "scorecard"


def curves_go_somewhere(book: Rulebook) -> Iterator[Finding]:
    """A curve leads from one rate to another, and a target is reached by more, never by less."""
    for name, card in book.draft.scorecards.items():
        for part, path in parts_with_paths(card.parts):
            file, between = f"scorecards/{name}.yaml", part.curve.between
            indicator = book.indicators.get(part.from_ or "")
            if between and between.zero == between.full:
                what = f"no points and all points both stand at {between.zero}"
                yield found(book, file, (*path, "curve"), "flat-curve", what, "give two different rates")
            if part.curve.target is not None and indicator and indicator.model.direction == "down":
                what = f"less {part.from_} is better, so a target to reach rewards the worse"
                yield found(book, file, (*path, "curve"), "wrong-way", what, "use between: {zero: …, full: …}")
            if part.curve.target is not None and part.curve.target <= 0:
                yield found(
                    book, file, (*path, "curve"), "flat-curve", "the target is not above zero", "mend the target"
                )


def strata_without_loop(book: Rulebook) -> Iterator[Finding]:
    """Grades that read grades never go in a circle."""
    for name, card in book.draft.scorecards.items():
        known = [stratum.id for stratum in card.strata]
        for i, stratum in enumerate(card.strata):
            for other in stratum.reads:
                if other not in known:
                    yield found(
                        book,
                        f"scorecards/{name}.yaml",
                        ("strata", i),
                        "unknown-name",
                        f"there is no stratum {other!r}",
                        did_you_mean(other, known),
                    )
        if circle := loop(card.strata):
            yield found(
                book,
                f"scorecards/{name}.yaml",
                ("strata",),
                "circular-strata",
                f"grades read each other in a circle: {' → '.join(circle)}",
                "break the circle",
            )


def steps_in_order(book: Rulebook) -> Iterator[Finding]:
    """The steps of a timetable stand once each, in their order, and end with a seal somewhere."""
    for name, card in book.draft.scorecards.items():
        file, steps = f"scorecards/{name}.yaml", [one.id for one in card.timetable]
        for index, (before, after) in enumerate(pairwise(steps)):
            if STEPS.index(after) <= STEPS.index(before):
                yield found(
                    book,
                    file,
                    ("timetable", index + 1),
                    "steps-out-of-order",
                    f"{after} stands after {before}",
                    f"keep this order, each at most once: {', '.join(STEPS)}",
                )
        if steps and (steps[0] != "cut_off" or "seal" not in steps):
            yield found(
                book,
                file,
                ("timetable",),
                "steps-incomplete",
                "a timetable begins with cut_off and has a seal",
                "add what is missing",
            )


def subjects_fit(book: Rulebook) -> Iterator[Finding]:
    """A scorecard of officials stands on indicators of officials, one of units on indicators of units."""
    for name, card in book.scorecards.items():
        for part, path in parts_with_paths(card.model.parts):
            indicator = book.indicators.get(part.from_ or "")
            if indicator and card.model.subject not in indicator.model.subjects:
                yield found(
                    book,
                    f"scorecards/{name}.yaml",
                    path,
                    "wrong-subject",
                    f"{part.from_!r} is not measured for a {card.model.subject}",
                    "choose another indicator, or add the subject to it",
                )
