"""How far the record goes: the highest number that is visible, of everything scores read, and of parts of it."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from django.db import models

from congtam.calendars.models import Day
from congtam.history.dated import Fact
from congtam.history.planned import planned
from congtam.orgs.models import UnitSpan
from congtam.people.models import Absence, PostSpan, Spell
from congtam.ratings.models import Decision, Rating, Reported
from congtam.registry.models import Card, Copy, Draft, SiteChoice
from congtam.work.models import Event

STRUCTURE: tuple[type[Fact], ...] = (Spell, PostSpan, UnitSpan, Absence)
RULES: tuple[type[Fact], ...] = (Copy, Card, Draft, SiteChoice, Day)
SAID: tuple[type[Fact], ...] = (Rating, Reported, Decision)


class Cut(NamedTuple):
    """The last number visible: of all facts scores read, of who works where, of rules and calendars.

    A number that is visible says that all smaller ones are (see `history.sequence`): everything up to `seq` is known.
    """

    seq: int
    structure: int
    rules: int


def cut() -> Cut:
    """How far the record goes now; one statement, so that the three fit together."""
    with planned() as cursor:
        cursor.execute(_statement())
        structure, rules, said, events = cursor.fetchone()
    return Cut(max(structure, rules, said, events), structure, rules)


def rules_known() -> int:
    """The last number visible of rules and calendars alone: those tables are small, where `cut` reads through all who
    work somewhere. For pages that show scores as they stand."""
    with planned() as cursor:
        cursor.execute(_of_rules())
        return int(cursor.fetchone()[0])


@cache
def _of_rules() -> str:
    return f"SELECT coalesce({_last(RULES)}, 0)"


@cache
def _statement() -> str:
    groups = [_last(STRUCTURE), _last(RULES), _last(SAID), f"(SELECT max(seq) FROM {Event._meta.db_table})"]
    return f"SELECT {', '.join(f'coalesce({one}, 0)' for one in groups)}"


def _last(kinds: Iterable[type[models.Model]]) -> str:
    """The highest number of some tables of facts, as SQL: of what was added and of what was closed."""
    tables = [kind._meta.db_table for kind in kinds]
    parts = [f"(SELECT max({column}) FROM {table})" for table in tables for column in ("seq", "replaced_by")]
    return f"greatest({', '.join(parts)})"
