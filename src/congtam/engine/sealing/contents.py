"""What one seal holds before results: an agency, a period, the facts known, the rules and calendars in force."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from congtam.engine.facts.tables import Facts
from congtam.engine.periods import Period
from congtam.engine.sealing.encoding import instant
from congtam.engine.sealing.months import months_of, months_part
from congtam.engine.sealing.parts import Part
from congtam.engine.sealing.ruled import Files, calendars_of, calendars_part, files_of, rule_parts
from congtam.engine.sealing.tabled import fact_parts, facts_of
from congtam.engine.working_time import Calendar

CARDS, HELD, TEXTS = "cards", "held", "texts"


class Scored(NamedTuple):
    """A scorecard that was scored; `legal`: it may decide for people, else it stands beside for information."""

    rulebook: str
    scorecard: str
    legal: bool


@dataclass(frozen=True)
class Contents:
    """Everything an evaluation of one agency stands on. `rules` and `calendars` by rulebook; `held`: who held a capped
    grade in the seal before this one, by card; `texts`: what numbers are called, as kind, number, text."""

    agency: str
    period: Period
    seq: int
    as_of: datetime
    facts: Facts
    cards: tuple[Scored, ...]
    rules: Mapping[str, Files]
    calendars: Mapping[str, Calendar]
    held: Mapping[str, frozenset[str]] = field(default_factory=dict)
    texts: tuple[tuple[str, str, str], ...] = ()

    def head(self) -> dict[str, Any]:
        """What was asked, as the body tells it."""
        return {"agency": self.agency, "period": self.period.label, "seq": self.seq, "as_of": instant(self.as_of)}

    def parts(self, secret: bytes) -> dict[str, Part]:
        """All of it in parts."""
        held = ([card, who] for card, people in self.held.items() for who in people)
        made: Iterable[Part] = (
            *fact_parts(self.facts, secret),
            *rule_parts(self.rules, secret),
            calendars_part(self.calendars, secret),
            Part.of(CARDS, 2, self.cards, secret),
            Part.of(HELD, 2, held, secret),
            Part.of(TEXTS, 2, self.texts, secret, erasable=True),
            *((months_part(self.facts.sealed, secret),) if self.facts.sealed else ()),
        )
        return {part.name: part for part in made}

    @classmethod
    def of(cls, head: Mapping[str, Any], parts: Mapping[str, Part]) -> "Contents":
        """What a body and its parts tell. Raises `KeyError`, `TypeError`, `ValueError` or `Unusable` where they tell
        nothing that can be read."""
        held: dict[str, set[str]] = {}
        for card, who in parts[HELD].values():
            held.setdefault(card, set()).add(who)
        return cls(
            head["agency"],
            Period.parse(head["period"]),
            head["seq"],
            datetime.fromisoformat(head["as_of"]),
            replace(facts_of(parts), sealed=months_of(parts)),
            tuple(Scored(*row) for row in parts[CARDS].values()),
            files_of(parts["rules"]),
            calendars_of(parts["calendars"]),
            {card: frozenset(people) for card, people in held.items()},
            tuple((kind, number, text) for kind, number, text in parts[TEXTS].values()),
        )
