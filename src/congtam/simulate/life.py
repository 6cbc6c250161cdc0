"""One item while it is being told: who has it, since when, by when, and the small answers that every step needs."""

from datetime import date

from congtam.simulate.plan import Plan, World
from congtam.simulate.trail import Trail, text


class Life:
    """`holder` is who has the item now, `since` when it came to hand, `due` the day on which its time is up."""

    def __init__(self, world: World, plan: Plan, code: str) -> None:
        self.world, self.plan, self.rng = world, plan, world.rng
        self.trail = Trail(code, plan.unit, world.days, world.organisation, world.rng)
        self.holder, self.since, self.due = plan.lead, plan.received, plan.due
        self.item_due = plan.kind == "dossier" or (plan.finish is None and self.rng.random() < 0.5)
        self.item_due |= plan.finish is None and world.planted.touches(plan.lead)
        self.supporter: str | None = None
        self.hands = {plan.lead}

    @property
    def tells_straight(self) -> bool:
        """Whether the item takes no side ways: it is fixed from outside, or its holder's work is to show as it is."""
        return self.plan.finish is not None or self.world.straight(self.holder)

    def in_time(self, finish: float) -> bool:
        return finish < self.due + 1

    def close(self, due: int) -> str:
        """The end of working day `due`, as text."""
        return text(self.world.days.close(due))

    def span(self, first: float, last: float) -> tuple[date, date]:
        return self.world.days.day(first), self.world.days.day(last)

    def unit(self) -> str:
        """The unit of the holder on the day since which they hold the item."""
        spell = self.world.organisation.spell_on(self.holder, self.world.days.day(self.since))
        return spell.unit if spell else self.plan.unit

    def superior(self, at: float) -> str:
        return self.world.organisation.superior(self.holder, self.world.days.day(at))

    def ruling(self, at: float) -> dict[str, str]:
        """Who decides about the holder's work in the agency of that day, and the number of the decision."""
        day, organisation = self.world.days.day(at), self.world.organisation
        spell = organisation.spell_on(self.holder, day)
        agency = spell.agency if spell else self.plan.agency
        head = organisation.head_of(agency, day)
        number = f"{self.world.number('decision'):03d}/QĐ-{agency}"
        return {"counterpart": organisation.above if head in (None, self.holder) else str(head), "decision": number}

    def mark(self, odds: tuple[int, int, int]) -> str:
        """A mark of 3, 4 or 5 by odds, sometimes one lower."""
        return str(self.rng.choices((3, 4, 5), odds)[0] - (self.rng.random() < 0.05))

    def may_receive(self, official: str) -> bool:
        """Whether an official belongs to the organisation and has had no part in the item yet."""
        return official in self.world.organisation.manners and official not in self.hands | {self.supporter}

    def pass_on(self, at: float, colleague: str, taken_up: float) -> None:
        """The item goes to a colleague, who takes it up at the position `taken_up`."""
        given = {} if self.item_due else {"due_at": self.close(max(self.due, int(at) + 2))}
        self.trail.add(at, "passed_on", self.holder, counterpart=colleague, attributes=given)
        self.holder, self.since = colleague, taken_up
        self.hands.add(colleague)
        self.trail.add(taken_up, "taken_up", colleague)
