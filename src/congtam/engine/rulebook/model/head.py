"""rulebook.yaml: what a rulebook is, for whom and how long it holds, and what its parts share."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from congtam.engine.rulebook.model.act import Act
from congtam.engine.rulebook.model.parameter import Parameter, Term
from congtam.engine.rulebook.model.values import Block, Certainty, Day, Id, Sourced, Text


class Transition(Block):
    """Another rulebook that may still be used until a day, under a condition people judge."""

    rulebook: str
    until: Day
    when: Text


class End(Block):
    """For one kind of staff the rulebook ends earlier: `on` is the first day it no longer holds for them."""

    staff_kind: str
    on: Day


class Scope(Block):
    """Whom a rulebook is for. What is not stated is open."""

    staff_kind: tuple[str, ...] = ()
    leader: bool | None = None
    agency: tuple[str, ...] = ()
    agency_level: tuple[str, ...] = ()
    province: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()


class Use(Block):
    """Indicators of another rulebook, used here as they stand there."""

    rulebook: str
    indicators: tuple[Id, ...]
    certainty: Certainty
    note: Text


class RulebookHead(Sourced):
    """rulebook.yaml: what it is, when it holds, and what its parts share.

    `extends` names the rulebook it is laid over and the meaning digest its author saw (`overlay`). Of the statuses,
    only `in_force` is ever chosen by day; `off` also needs a trial to be computed. `legal_acts` tells of the acts that
    its legal bases cite; once there is one, each they cite stands there.
    """

    title: Text
    issuer: str
    extends: Annotated[str, Field(pattern=r"^[^@\s]+@[0-9a-f]{12,64}$")] | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    ends: tuple[End, ...] = ()
    scope: Scope = Scope()
    supersedes: tuple[str, ...] = ()
    transition: tuple[Transition, ...] = ()
    status: Literal["in_force", "proposal", "example", "off"] = "in_force"
    notice: Text | None = None
    calendar: str
    clock: Id
    edition: str | None = None
    parameters: dict[Id, Parameter] = Field(default_factory=dict)
    terms: dict[Id, Term] = Field(default_factory=dict)
    uses: tuple[Use, ...] = ()
    legal_acts: dict[str, Act] = Field(default_factory=dict)

    def holds_on(self, day: date, staff_kind: str | None = None) -> bool:
        """Whether the day lies in the validity (half-open), for one kind of staff when it is named."""
        ends = [self.valid_to, *(end.on for end in self.ends if end.staff_kind == staff_kind)]
        begun = self.valid_from is None or self.valid_from <= day
        return begun and all(end is None or day < end for end in ends)
