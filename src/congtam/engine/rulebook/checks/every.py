"""All checks of one rulebook."""

from collections.abc import Callable, Iterable

from congtam.engine.findings import Finding, refuse_if_any
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.checks.catalogues import catalogues_hold_together
from congtam.engine.rulebook.checks.head import parameters_without_overlap, validity_is_a_span
from congtam.engine.rulebook.checks.indicators import counter_indicators_exist, measures_read_what_they_say
from congtam.engine.rulebook.checks.legal_basis import acts_are_told_of, every_number_has_a_basis, unverified_is_said
from congtam.engine.rulebook.checks.rewards import rewards_hold_together
from congtam.engine.rulebook.checks.scorecards import (
    bands_in_order,
    curves_go_somewhere,
    names_are_known,
    points_sum,
    steps_in_order,
    strata_without_loop,
    subjects_fit,
    unique_parts,
)
from congtam.engine.rulebook.checks.together import one_card_by_law, stands_beside_its_base
from congtam.engine.rulebook.load import Library

Check = Callable[[Rulebook], Iterable[Finding]]

CHECKS: tuple[Check, ...] = (
    points_sum,
    every_number_has_a_basis,
    unique_parts,
    bands_in_order,
    names_are_known,
    curves_go_somewhere,
    measures_read_what_they_say,
    strata_without_loop,
    steps_in_order,
    counter_indicators_exist,
    subjects_fit,
    parameters_without_overlap,
    validity_is_a_span,
    unverified_is_said,
    acts_are_told_of,
    catalogues_hold_together,
    rewards_hold_together,
    one_card_by_law,
    stands_beside_its_base,
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
