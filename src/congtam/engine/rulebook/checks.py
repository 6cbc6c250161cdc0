"""Every check of a rulebook that holds together, each a function that returns findings; all of them are run.

The loader has already refused what is not a rulebook, and the binder what has no meaning. What is left here is what
would compute and still be wrong: points that do not sum, numbers nobody answers for, limits on unknown grades.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import partial
from itertools import combinations, pairwise
from typing import Any

from congtam.engine.findings import Finding, Severity, did_you_mean, refuse_if_any
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.bound import BoundScorecard, Rulebook
from congtam.engine.rulebook.catalogue import catalogue_findings, clashes
from congtam.engine.rulebook.load import CHANGES, Library
from congtam.engine.rulebook.located import within
from congtam.engine.rulebook.model import CAP_READINGS, Certainty, Scope, parts_with_paths
from congtam.engine.rulebook.strata import loop
from congtam.engine.rulebook.yaml_source import KeyPath

Check = Callable[[Rulebook], Iterable[Finding]]

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_FIGURE_IN_TEXT = re.compile(r"(?<![\w.])\d+(\.\d+)?")
_EXPRESSIONS = frozenset(
    {"is", "when", "that", "among", "weigh_by", "top", "bottom", "sum_of", "mean_of", "formula", "value"}
)
_NOT_FIGURES = frozenset(
    {
        "legal_basis",
        "title",
        "definition",
        "how_to_game",
        "notice",
        "note",
        "valid_from",
        "valid_to",
        "supersedes",
        "transition",
        "owner",
        "issuer",
        "edition",
        "from_day",
    }
)


def check(rulebook: Rulebook) -> list[Finding]:
    """All findings of all checks, in order of place."""
    findings = [finding for one in CHECKS for finding in one(rulebook)]
    return sorted(findings, key=lambda f: (f.place.file, f.place.line or 0, f.code))


def load_checked(library: Library, id_or_path: str) -> Rulebook:
    """A rulebook fit to be used. Raises `Unusable` with everything that loader, binder and checks find."""
    book = load_rulebook(library, id_or_path)
    refuse_if_any(check(book))
    return book


def points_sum(book: Rulebook) -> Iterator[Finding]:
    """Parts add up to what they are parts of."""
    for name, card in book.draft.scorecards.items():
        groups: list[tuple[KeyPath, Decimal, Any]] = [(("parts",), card.points, card.parts)] if card.parts else []
        groups += [(path, part.points, part.parts) for part, path in parts_with_paths(card.parts) if part.parts]
        for path, stated, parts in groups:
            total = sum((part.points for part in parts), Decimal(0))
            if total != stated:
                yield _at(
                    book,
                    f"scorecards/{name}.yaml",
                    path,
                    "points-do-not-sum",
                    f"the parts add up to {total}, not to {stated}",
                    "mend the points",
                )


def every_number_has_a_basis(book: Rulebook) -> Iterator[Finding]:
    """A figure that inherits no legal basis from block, file or rulebook is refused."""
    if book.head.legal_basis is not None:
        return
    for file, document in book.draft.documents.items():
        for path in _figures(document.data, (), False):
            yield _at(
                book,
                file,
                path,
                "number-without-basis",
                f"{'.'.join(str(step) for step in path)} is a figure without a legal basis",
                "state legal_basis here, on the block above, or on the file",
            )


def _figures(value: Any, path: KeyPath, answered: bool) -> Iterator[KeyPath]:
    """Paths of figures, written alone or inside an expression, that no block above answers for."""
    if answered:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in _NOT_FIGURES:
                yield from _figures(inner, (*path, key), "legal_basis" in value)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _figures(inner, (*path, index), False)
    elif _is_figure(value, str(path[-1]) if path else ""):
        yield path


def _is_figure(value: Any, key: str) -> bool:
    if isinstance(value, bool) or value is None:
        return False
    text = str(value)
    return bool(_NUMBER.fullmatch(text)) or (key in _EXPRESSIONS and bool(_FIGURE_IN_TEXT.search(text)))


def unique_parts(book: Rulebook) -> Iterator[Finding]:
    """Part ids are unique within a scorecard, across the whole tree."""
    for name, card in book.draft.scorecards.items():
        counts = Counter(part.id for part, _ in parts_with_paths(card.parts))
        for part, path in parts_with_paths(card.parts):
            if counts[part.id] > 1:
                yield _at(
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
                yield _at(
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
                yield _at(
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
                yield _at(book, file, (*path, "curve"), "flat-curve", what, "give two different rates")
            if part.curve.target is not None and indicator and indicator.model.direction == "down":
                what = f"less {part.from_} is better, so a target to reach rewards the worse"
                yield _at(book, file, (*path, "curve"), "wrong-way", what, "use between: {zero: …, full: …}")
            if part.curve.target is not None and part.curve.target <= 0:
                yield _at(book, file, (*path, "curve"), "flat-curve", "the target is not above zero", "mend the target")


def measures_read_what_they_say(book: Rulebook) -> Iterator[Finding]:
    """Keys that a kind of measure does not read would change nothing, and are refused."""
    for name, model in book.draft.indicators.items():
        measure = model.measure
        silent = [key for key in measure.model_fields_set - READ_BY[measure.kind] if key != measure.kind]
        for key in sorted(silent):
            yield _at(
                book,
                f"indicators/{name}.yaml",
                ("measure", key),
                "unread-key",
                f"{measure.kind} does not read {key!r}",
                "remove it",
            )


_OF_ROWS = frozenset({"in_period", "carry_over", "charged_later", "among"})
READ_BY: dict[str, frozenset[str]] = {
    "share_of": _OF_ROWS | {"that", "weigh_by", "cap"},
    "count_of": _OF_ROWS | {"that", "weigh_by", "cap"},
    "sum_of": _OF_ROWS | {"table", "cap"},
    "mean_of": _OF_ROWS | {"table", "cap"},
    "quantile_of": _OF_ROWS | {"table", "cap"},
    "ratio_of": _OF_ROWS | {"table", "cap"},
    **dict.fromkeys(("rating_of", "reported", "survey", "formula", "pair"), frozenset[str]()),
}


def strata_without_loop(book: Rulebook) -> Iterator[Finding]:
    """Grades that read grades never go in a circle."""
    for name, card in book.draft.scorecards.items():
        known = [stratum.id for stratum in card.strata]
        for i, stratum in enumerate(card.strata):
            for other in stratum.reads:
                if other not in known:
                    yield _at(
                        book,
                        f"scorecards/{name}.yaml",
                        ("strata", i),
                        "unknown-name",
                        f"there is no stratum {other!r}",
                        did_you_mean(other, known),
                    )
        if circle := loop(card.strata):
            yield _at(
                book,
                f"scorecards/{name}.yaml",
                ("strata",),
                "circular-strata",
                f"grades read each other in a circle: {' → '.join(circle)}",
                "break the circle",
            )


def counter_indicators_exist(book: Rulebook) -> Iterator[Finding]:
    """What shows that an indicator is being gamed is itself an indicator here."""
    for name, model in book.draft.indicators.items():
        if model.counter_indicator not in book.indicators or model.counter_indicator == name:
            yield _at(
                book,
                f"indicators/{name}.yaml",
                ("counter_indicator",),
                "unknown-name",
                f"there is no other indicator {model.counter_indicator!r}",
                did_you_mean(model.counter_indicator, set(book.indicators) - {name}),
            )


def subjects_fit(book: Rulebook) -> Iterator[Finding]:
    """A scorecard of officials stands on indicators of officials, one of units on indicators of units."""
    for name, card in book.scorecards.items():
        for part, path in parts_with_paths(card.model.parts):
            indicator = book.indicators.get(part.from_ or "")
            if indicator and card.model.subject not in indicator.model.subjects:
                yield _at(
                    book,
                    f"scorecards/{name}.yaml",
                    path,
                    "wrong-subject",
                    f"{part.from_!r} is not measured for a {card.model.subject}",
                    "choose another indicator, or add the subject to it",
                )


def parameters_without_overlap(book: Rulebook) -> Iterator[Finding]:
    """Two values of a parameter never begin on the same day for the same people."""
    for name, parameter in book.head.parameters.items():
        counts = Counter((value.from_, tuple(sorted(value.for_.items()))) for value in parameter.values)
        for (begun, people), count in counts.items():
            if count > 1:
                whom = ", ".join(f"{key} {value}" for key, value in people) or "all"
                yield _at(
                    book,
                    "rulebook.yaml",
                    ("parameters", name),
                    "overlapping-values",
                    f"{name} has {count} values from {begun or 'the beginning'} for {whom}",
                    "keep one",
                )
        if parameter.choices:
            for value in parameter.values:
                if value.value not in parameter.choices:
                    yield _at(
                        book,
                        "rulebook.yaml",
                        ("parameters", name),
                        "bad-value",
                        f"{value.value!r} is not one of the choices",
                        did_you_mean(str(value.value), parameter.choices),
                    )


def validity_is_a_span(book: Rulebook) -> Iterator[Finding]:
    """A rulebook ends after it begins, and its default clock exists."""
    head = book.head
    if head.valid_from and head.valid_to and head.valid_to <= head.valid_from:
        yield _at(book, "rulebook.yaml", ("valid_to",), "bad-validity", "it ends before it begins", "mend the dates")
    for index, end in enumerate(head.ends):
        file, path = "rulebook.yaml", ("ends", index)
        if end.staff_kind not in head.scope.staff_kind:
            what = f"it ends for {end.staff_kind!r}, for whom it never was"
            yield _at(book, file, path, "bad-validity", what, did_you_mean(end.staff_kind, head.scope.staff_kind))
        if (head.valid_from and end.on <= head.valid_from) or (head.valid_to and end.on > head.valid_to):
            what = f"for {end.staff_kind} it ends on {end.on}, outside its validity"
            yield _at(book, file, path, "bad-validity", what, "mend the day")
    if head.clock not in book.clocks:
        yield _at(
            book,
            "rulebook.yaml",
            ("clock",),
            "unknown-name",
            f"there is no clock {head.clock!r}",
            did_you_mean(head.clock, book.clocks),
        )


def unverified_is_said(book: Rulebook) -> Iterator[Finding]:
    """What is unverified is shown with every output; this tells the author which indicators that will be."""
    for name, model in book.draft.indicators.items():
        basis = model.legal_basis
        if basis and basis.certainty is Certainty.UNVERIFIED and basis.note is None:
            yield _at(
                book,
                f"indicators/{name}.yaml",
                ("legal_basis",),
                "unverified-without-note",
                "an unverified figure needs a note on what is not known",
                "add legal_basis.note",
            )


def catalogues_hold_together(book: Rulebook) -> Iterator[Finding]:
    """Rows of one product never overlap, in one catalogue or across them."""
    for name, catalogue in book.draft.catalogues.items():
        file = f"catalogues/{name}.yaml"
        yield from catalogue_findings(catalogue, partial(book.draft.place, file))
    for one, other in clashes(book.draft.catalogues):
        index = book.draft.catalogues[other.catalogue].products.index(other.product)
        yield _at(
            book,
            f"catalogues/{other.catalogue}.yaml",
            ("products", index),
            "overlapping-products",
            f"{other.product.code} from {other.product.from_} stands in {one.catalogue} for the same days",
            "keep one of them",
        )


def stands_beside_its_base(book: Rulebook) -> Iterator[Finding]:
    """An overlay that is law says that it takes the place of the nearest base that is law, for whom it is."""
    below = book.base
    while below is not None and below.head.status != "in_force":
        below = below.base
    if below is not None and check_together([book, below]):
        yield _at(
            book,
            "rulebook.yaml",
            ("extends",),
            "overlapping-validity",
            f"{book.id} and {below.id}, over which it is laid, both grade the same people by law on the same days",
            f"say supersedes: [{below.id}], or that nobody has chosen it yet (status: proposal)",
        )


CHECKS: tuple[Check, ...] = (
    points_sum,
    every_number_has_a_basis,
    unique_parts,
    bands_in_order,
    names_are_known,
    curves_go_somewhere,
    measures_read_what_they_say,
    strata_without_loop,
    counter_indicators_exist,
    subjects_fit,
    parameters_without_overlap,
    validity_is_a_span,
    unverified_is_said,
    catalogues_hold_together,
    stands_beside_its_base,
)


def check_together(books: Iterable[Rulebook]) -> list[Finding]:
    """Rulebooks that would grade the same people on the same days by law, without one superseding the other."""
    findings = []
    for one, other in combinations(sorted(books, key=lambda book: book.id), 2):
        related = {*one.head.supersedes, *(t.rulebook for t in one.head.transition)}
        back = {*other.head.supersedes, *(t.rulebook for t in other.head.transition)}
        if other.id in related or one.id in back or not _same_days(one, other):
            continue
        if {one.head.status, other.head.status} & {"off", "proposal", "example"}:
            continue
        if _legal(one) & _legal(other) and _meet(one.head.scope, other.head.scope):
            findings.append(
                _at(
                    other,
                    "rulebook.yaml",
                    ("valid_from",),
                    "overlapping-validity",
                    f"{other.id} and {one.id} both grade the same people on the same days",
                    "end one, narrow a scope, or say which supersedes",
                )
            )
    return findings


def _legal(book: Rulebook) -> set[tuple[str, str]]:
    return {(card.subject, card.period) for card in book.draft.scorecards.values() if card.legal}


def _same_days(one: Rulebook, other: Rulebook) -> bool:
    def before(a: Rulebook, b: Rulebook) -> bool:
        return bool(a.head.valid_to and b.head.valid_from and a.head.valid_to <= b.head.valid_from)

    return not before(one, other) and not before(other, one)


def _meet(one: Scope, other: Scope) -> bool:
    for name in ("staff_kind", "agency", "agency_level", "province"):
        mine, theirs = set(getattr(one, name)), set(getattr(other, name))
        if mine and theirs and not mine & theirs:
            return False
    return True


def _at(book: Rulebook, file: str, path: KeyPath, code: str, message: str, advice: str) -> Finding:
    place = book.draft.place(file, path)
    if book.base is not None and within(place, "own") == place:
        advice += f"; the text is that of the base, so mend a line of {CHANGES}"
    return Finding(code, message, advice, place, Severity.ERROR)
