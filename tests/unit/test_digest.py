"""Two digests: words may be mended without changing what a rulebook means, figures may not."""

from dataclasses import replace
from pathlib import Path

import pytest
from tiny import tiny

import congtam
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.digest import meaning_digest, wording_digest
from congtam.engine.rulebook.load import Library

SHIPPED = Path(congtam.__file__).parent / "rulebooks"

WORDS = {
    "a title": ("indicators_kept", "en: Quality", "en: Good work"),
    "a definition": ("indicators_kept", "en: Share kept", "en: What is kept"),
    "how to game": ("indicators_kept", "en: Not recording", "en: Looking away"),
    "a legal basis": ("indicators_kept", "act: Quyết định 1", "act: Quyết định 2"),
    "the title of a term": ("rulebook", "en: done", "en: finished"),
    "what is known of an act": (
        "rulebook",
        "calendar:",
        "legal_acts: {Quyết định 1: {certainty: verified}}\ncalendar:",
    ),
    "the issuer": ("rulebook", "Cơ quan thử", "Cơ quan khác"),
}
MEANING = {
    "points": ("scorecards_month", "points: 30, from", "points: 31, from"),
    "a parameter": ("rulebook", "value: 0.25", "value: 0.26"),
    "an expression": ("rulebook", "is: done and", "is: done or"),
    "a policy": ("indicators_kept", "no_opportunity: zero", "no_opportunity: redistribute"),
    "a clock": ("clocks_given", "working_days", "hours"),
    "a band": ("scorecards_month", "from: 80", "from: 81"),
    "the validity": ("rulebook", "valid_to: 2027-01-01", "valid_to: 2028-01-01"),
}


@pytest.mark.parametrize("change", WORDS.values(), ids=WORDS.keys())
def test_words_leave_the_meaning(tmp_path: Path, change: tuple[str, str, str]) -> None:
    file, old, new = change
    one, other = tiny(tmp_path, "one"), tiny(tmp_path, "other", **{file: (old, new)})
    assert meaning_digest(one) == meaning_digest(other)
    assert wording_digest(one) != wording_digest(other)


@pytest.mark.parametrize("change", MEANING.values(), ids=MEANING.keys())
def test_figures_change_the_meaning(tmp_path: Path, change: tuple[str, str, str]) -> None:
    file, old, new = change
    one, other = tiny(tmp_path, "one"), tiny(tmp_path, "other", **{file: (old, new)})
    assert meaning_digest(one) != meaning_digest(other)
    assert wording_digest(one) != wording_digest(other)


def test_the_same_rules_have_the_same_digests_wherever_they_stand(tmp_path: Path) -> None:
    one, other = tiny(tmp_path, "one"), tiny(tmp_path, "other")
    assert (meaning_digest(one), wording_digest(one)) == (meaning_digest(other), wording_digest(other))


def test_what_raters_are_told_moves_no_figure() -> None:
    told = load_rulebook(Library(SHIPPED), "vn/national/decree-335-2025")
    organising = told.draft.indicators["organising"]
    rating = organising.measure.rating_of
    assert rating is not None and rating.anchors and rating.outcomes
    measure = organising.measure.model_copy(
        update={"rating_of": rating.model_copy(update={"anchors": None, "outcomes": ()})}
    )
    plain = {**told.draft.indicators, "organising": organising.model_copy(update={"measure": measure})}
    silent = replace(told, draft=replace(told.draft, indicators=plain))
    assert meaning_digest(told) == meaning_digest(silent) and wording_digest(told) != wording_digest(silent)
