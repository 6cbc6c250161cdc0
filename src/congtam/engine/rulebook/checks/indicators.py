"""Whether indicators say only what is read, and name what would show that they are being gamed."""

from collections.abc import Iterator

from congtam.engine.findings import Finding, did_you_mean
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.checks.found import found

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


def measures_read_what_they_say(book: Rulebook) -> Iterator[Finding]:
    """Keys that a kind of measure does not read would change nothing, and are refused."""
    for name, model in book.draft.indicators.items():
        measure = model.measure
        silent = [key for key in measure.model_fields_set - READ_BY[measure.kind] if key != measure.kind]
        for key in sorted(silent):
            yield found(
                book,
                f"indicators/{name}.yaml",
                ("measure", key),
                "unread-key",
                f"{measure.kind} does not read {key!r}",
                "remove it",
            )


def counter_indicators_exist(book: Rulebook) -> Iterator[Finding]:
    """What shows that an indicator is being gamed is itself an indicator here."""
    for name, model in book.draft.indicators.items():
        if model.counter_indicator not in book.indicators or model.counter_indicator == name:
            yield found(
                book,
                f"indicators/{name}.yaml",
                ("counter_indicator",),
                "unknown-name",
                f"there is no other indicator {model.counter_indicator!r}",
                did_you_mean(model.counter_indicator, set(book.indicators) - {name}),
            )
