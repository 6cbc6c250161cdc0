"""The work as it stands, folded and laid out in rows once for all rulebooks that count time and products alike."""

import json
from typing import Any

from congtam.engine.facts.fold import fold
from congtam.engine.facts.priced import priced
from congtam.engine.facts.tables import Facts
from congtam.engine.facts.work import Work
from congtam.engine.measuring.imagine import imagine
from congtam.engine.measuring.rows import Rows, make_rows
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.clocks import clocks
from congtam.engine.scoring.asked import Asked
from congtam.engine.working_time import Calendar

Folded = tuple[Work, Rows]


class Folds:
    """Folds of the same facts, kept by what can change them: instant, calendar, clocks, catalogues, what-if changes."""

    def __init__(self, told: Facts):
        self.told = told
        self._made: dict[Any, Folded] = {}

    @staticmethod
    def key(rulebook: Rulebook, asked: Asked, calendar: Calendar) -> str:
        """Everything but the records that a fold depends on, as text."""
        told = (asked.as_of.isoformat(), str(asked.known_at), asked.seq, calendar.digest, _rules(rulebook))
        return json.dumps([*told, sorted(asked.without), sorted(asked.if_good)])

    def of(self, rulebook: Rulebook, asked: Asked, calendar: Calendar) -> Folded:
        """The work as a rulebook sees it at `as_of`, and its rows with what-if changes made."""
        key = self.key(rulebook, asked, calendar)
        if key not in self._made:
            self._made[key] = self._fold(rulebook, asked, calendar)
        return self._made[key]

    def _fold(self, rulebook: Rulebook, asked: Asked, calendar: Calendar) -> Folded:
        work, rows = self._as_told(rulebook, asked, calendar)
        return work, imagine(rows, asked.without, asked.if_good)

    def _as_told(self, rulebook: Rulebook, asked: Asked, calendar: Calendar) -> Folded:
        told = self.told
        work = fold(told.events, asked.as_of, asked.seq, clocks=clocks(rulebook, calendar), spells=told.spells)
        work = priced(work, rulebook.catalogues.prices(by_law=rulebook.head.status == "in_force"))
        return work, make_rows(work, asked.as_of)


def _rules(rulebook: Rulebook) -> str:
    """Everything in a rulebook that the fold reads."""
    unread = {"legal_basis", "owner"}
    counted = {name: clock.model.model_dump(mode="json", exclude=unread) for name, clock in rulebook.clocks.items()}
    listed = {name: one.model_dump(mode="json") for name, one in rulebook.catalogues.by_id.items()}
    by_law = bool(listed) and rulebook.head.status == "in_force"
    return json.dumps([rulebook.head.clock, counted, listed, by_law], sort_keys=True)
