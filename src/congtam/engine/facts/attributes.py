"""The attributes of an event, read one by one: a bad one is told and left out, the others count."""

from collections.abc import Callable, Mapping
from typing import Any

from congtam.engine.facts.cells import PARSERS
from congtam.engine.facts.tables import ACTIVITY_ATTRIBUTES, ORIGINS, ROLES, Event, Kind
from congtam.engine.facts.work import WHOLE_WEIGHT
from congtam.engine.findings import did_you_mean

_CODES: dict[str, tuple[str, ...]] = {"role": ROLES, "origin": ORIGINS}
_LEAST_AND_MOST: dict[str, tuple[int, int | None]] = {
    "weight": (0, WHOLE_WEIGHT),
    "coefficient": (0, None),
    "time_limit": (0, None),
}


def read_attributes(event: Event) -> tuple[dict[str, Any], list[str]]:
    """The typed attributes of an event, and a sentence for each that could not be read."""
    allowed = ACTIVITY_ATTRIBUTES.get(event.activity, {})
    values: dict[str, Any] = {}
    mistakes: list[str] = []
    for name, value in sorted(event.attributes.items()):
        if value in (None, ""):
            continue
        try:
            values[name] = _read(name, str(value), allowed)
        except ValueError as error:
            mistakes.append(f"{name} could not be read: {error}")
    return values, mistakes


def _read(name: str, text: str, allowed: Mapping[str, Kind]) -> Any:
    if name not in allowed:
        raise ValueError(f"there is no such attribute here; {did_you_mean(name, allowed)}")
    if name in _CODES and text not in _CODES[name]:
        raise ValueError(f"it is {text!r}; {did_you_mean(text, _CODES[name])}")
    parse: Callable[[str], Any] = PARSERS[allowed[name]]
    value = parse(text)
    least, most = _LEAST_AND_MOST.get(name, (None, None))
    if (least is not None and value < least) or (most is not None and value > most):
        raise ValueError(f"{text} is out of range")
    return value
