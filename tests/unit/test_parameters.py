"""Parameters: dated, for whom, as vectors and choices, and changed for a trial."""

from datetime import date
from typing import Any

import pytest

from congtam.engine.findings import Unusable
from congtam.engine.rulebook.model import Parameter
from congtam.engine.rulebook.parameters import check_names, resolve

TITLE = {"vi": "Mức", "en": "Figure"}
GIVEN = {
    "cut": Parameter.model_validate({"title": TITLE, "values": [
        {"value": "0.25"},
        {"value": "0.5", "from": "2026-07-01"},
        {"value": "0.1", "for": {"role": "leader"}},
        {"value": "0.2", "from": "2026-07-01", "for": {"role": "leader"}},
        {"value": "0.3", "for": {"role": "leader", "staff_kind": "public_employee"}},
    ]}),
    "later": Parameter.model_validate({"title": TITLE, "values": [{"value": "1", "from": "2026-07-01"}]}),
    "way": Parameter.model_validate({"title": TITLE, "choices": ["partial", "zero"], "value": "partial"}),
    "weights": Parameter.model_validate({"title": TITLE, "value": {"speed": "0.4", "care": "0.6"}}),
}  # fmt: skip


def values(day: str = "2026-03-01", overrides: dict[str, str] | None = None, **who: str) -> dict[str, Any]:
    return resolve(GIVEN, date.fromisoformat(day), who, overrides)


@pytest.mark.parametrize(
    ("day", "who", "expected"),
    [
        ("2026-03-01", {}, 250_000),
        ("2026-06-30", {}, 250_000),
        ("2026-07-01", {}, 500_000),
        ("2026-03-01", {"role": "staff"}, 250_000),
        ("2026-03-01", {"role": "leader"}, 100_000),
        ("2026-07-01", {"role": "leader"}, 200_000),
        ("2026-07-01", {"role": "leader", "staff_kind": "public_employee"}, 300_000),
    ],
)
def test_the_most_specific_value_begun_by_the_day_counts(day: str, who: dict[str, str], expected: int) -> None:
    assert values(day, **who)["cut"] == expected


def test_a_parameter_without_a_value_on_the_day_is_missing() -> None:
    assert "later" not in values("2026-06-30")
    assert values("2026-07-01")["later"] == 1_000_000


def test_vectors_have_a_name_per_entry_and_choices_stay_text() -> None:
    found = values()
    assert (found["weights.speed"], found["weights.care"], found["way"]) == (400_000, 600_000, "partial")


def test_a_trial_changes_figures_and_choices() -> None:
    found = values(overrides={"cut": "0.75", "way": "zero"}, role="leader")
    assert (found["cut"], found["way"]) == (750_000, "zero")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("cut", "much", "is not a number"),
        ("cut", "NaN", "is not a number"),
        ("cut", "inf", "is not a number"),
        ("cut", "0.1234567", "at most 6"),
        ("cut", "-1", "from 0 up"),
        ("cut", "25", "0.2 for 20 %"),
        ("way", "none", "known: partial, zero"),
        ("weights", "1", "one figure per entry"),
    ],
)
def test_a_trial_is_refused(name: str, text: str, words: str) -> None:
    with pytest.raises(Unusable, match="bad-parameter") as refusal:
        values(overrides={name: text})
    assert words in str(refusal.value)


def test_a_trial_names_parameters_that_exist() -> None:
    check_names(GIVEN, {"cut": "1"})
    with pytest.raises(Unusable, match="did you mean 'weights'"):
        check_names(GIVEN, {"weight": "1"})
