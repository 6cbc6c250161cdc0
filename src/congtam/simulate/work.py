"""The life of invented items, told as events: received, passed on, paused, finished, accepted, rated, at fault …"""

from dataclasses import replace
from datetime import date

from congtam.engine.facts.tables import Event
from congtam.simulate.people import FAILING, LATE, SUPERIOR_OF_HEAD
from congtam.simulate.plan import Plan, World
from congtam.simulate.trail import Trail, text

STUBBORN = (LATE, FAILING)  # nothing of theirs is excused, so that what is planted shows


def live(world: World, plan: Plan, code: str) -> list[Event]:
    """The events of one item, in the order in which they happen."""
    return _Life(world, plan, code).events()


def twin(world: World, plan: Plan, code: str, other: str) -> list[Event]:
    """The same document seen in a second system: registered, assigned, recognised as the same work."""
    life = _Life(world, replace(plan, received=plan.received + 0.01), code)
    life.register(source="truc-lien-thong")
    life.trail.add(plan.received + 0.05, "same_as", value=other)
    return life.trail.events


class _Life:
    """One item while it is being told. `holder` is who has it now, `since` when it came to hand."""

    def __init__(self, world: World, plan: Plan, code: str) -> None:
        self.world, self.plan, self.rng = world, plan, world.rng
        self.trail = Trail(code, plan.unit, world.days, world.department, world.rng)
        self.item_due = plan.kind == "dossier" or (plan.finish is None and self.rng.random() < 0.5)
        self.holder, self.since, self.due = plan.lead, plan.received, plan.due

    def events(self) -> list[Event]:
        self.register(source="mot-cua" if self.plan.origin == "citizen" else "dieu-hanh")
        if self.plan.finish is None and self.rng.random() < 0.01:
            self.trail.add(self.since + 0.3, "cancelled", counterpart=self._superior(self.since))
            return self.trail.events
        self._take_up()
        finish = self._on_the_way()
        if not self.world.manner(self.holder).helps:
            finish = min(finish, self.due + 0.96)
        self._end(finish)
        return self.trail.events

    # -- arriving

    def register(self, source: str) -> None:
        plan, start = self.plan, self.plan.received
        about = {
            "kind": plan.kind,
            "origin": plan.origin,
            "coefficient": plan.coefficient,
            "agency": plan.agency,
            "unit": plan.unit,
            "source": source,
        }
        if plan.origin == "citizen":
            about["channel"] = "online" if self.rng.random() < 0.9 else "counter"
        if plan.kind == "dossier":
            about["procedure"] = f"TTHC-{plan.unit}-{self.rng.randint(1, 6)}"
        self.trail.add(start, "registered", attributes=about)
        if plan.origin == "citizen":
            self.trail.add(start + 0.005, "promised", value=self._close(plan.due))
        if self.item_due:
            self.trail.add(start + 0.005, "due", value=self._close(plan.due))
        self._assign()
        if self.rng.random() < 0.006:
            right = {"coefficient": "1" if plan.coefficient != "1" else "1.25"}
            self.trail.add(start + 0.2, "corrected", attributes=right)

    def _assign(self) -> None:
        self.supporter = self._supporter()
        given = {"role": "lead"} | ({"weight": "0.7"} if self.supporter else {})
        if not self.item_due:
            given["due_at"] = self._close(self.plan.due)
        boss = self._superior(self.since)
        self.trail.add(self.since + 0.01, "assigned", self.holder, counterpart=boss, attributes=given)

    def _supporter(self) -> str | None:
        wanted = self.plan.kind in ("task", "report", "operation") and self.plan.due - self.since >= 3
        if not wanted or self.plan.finish is not None or self.rng.random() > 0.3:
            return None
        return self.world.colleague(self.holder, self.since, same_unit=self.rng.random() < 0.3)

    def _take_up(self) -> None:
        if self.rng.random() < 0.92:
            prompt = self.world.manner(self.holder).late < 0.1
            wait = self.rng.uniform(0.02, 0.3 if prompt else 1.6)
            latest = (self.since + self.due + 1) / 2
            self.trail.add(min(self.since + wait, latest), "taken_up", self.holder)

    # -- on the way

    def _on_the_way(self) -> float:
        """What happens before the end; the position of the finish."""
        if self.plan.finish is not None:
            return self.plan.finish
        if self.supporter:
            self._support(self.supporter)
        elif not self._wait():
            self._pass_around()
        finish = self.world.finish(self.holder, self.since, self.due)
        finish = self._hand_over(finish) or self._extend(finish)
        if self.rng.random() < 0.1:
            self.trail.add((self.since + min(finish, self.due)) / 2, "step", self.holder, value="trình ký")
        return finish

    def _support(self, supporter: str) -> None:
        """A colleague answers by an own, earlier deadline; the lead then rates the cooperation."""
        start, due = self.since + 0.03, self.due - 1
        given = {"role": "support", "weight": "0.3", "due_at": self._close(due)}
        self.trail.add(start, "assigned", supporter, counterpart=self.holder, attributes=given)
        finish = self.world.finish(supporter, start, due)
        if finish > due + 6 or self.world.department.leaves(supporter, *self._span(start, finish)):
            finish = self.world.in_time(supporter, start, due)
        self.trail.add(finish, "finished", supporter)
        if self.rng.random() < 0.75:
            mark = self._mark((1, 3, 6) if finish < due + 1 else (6, 3, 1))
            self.trail.add(finish + 0.3, "rated", supporter, counterpart=self.holder, value=mark)

    def _wait(self) -> bool:
        """A supplement is asked of the applicant, or the clock is paused; its rule moves the deadline."""
        chance = 0.14 if self.plan.kind == "dossier" else 0.03
        may = self.item_due and self.due - self.since >= 3 and self.world.manner(self.holder).helps
        if not may or self.rng.random() > chance:
            return False
        start, length = self.since + 0.9, self.rng.randint(2, 5)
        stop, go = ("requested", "supplied") if self.plan.kind == "dossier" else ("paused", "resumed")
        value = "bổ sung thành phần hồ sơ" if stop == "requested" else "chờ ý kiến cơ quan phối hợp"
        self.trail.add(start, stop, self.holder, value=value)
        self.trail.add(start + length, go, self.holder)
        self.since, self.due = start + length, self.due + length - 1
        return True

    def _pass_around(self) -> None:
        """Some work goes through two hands, some of that through three."""
        for chance in (0.06, 0.3):
            room = self.due - self.since
            if room < 3 or self.rng.random() > chance or not self.world.manner(self.holder).helps:
                return
            days = self.world.free(self.holder, int(self.since) + 1, int(self.since + room / 2))
            colleague = self.world.colleague(self.holder, days[0]) if days else None
            if not colleague or colleague == self.plan.lead:
                return
            self._pass_on(days[0] + self.rng.uniform(0.1, 0.8), colleague)

    def _pass_on(self, at: float, colleague: str) -> None:
        given = {} if self.item_due else {"due_at": self._close(max(self.due, int(at) + 2))}
        self.trail.add(at, "passed_on", self.holder, counterpart=colleague, attributes=given)
        self.holder, self.since = colleague, at
        self.trail.add(at + 0.05, "taken_up", colleague)

    def _hand_over(self, finish: float) -> float | None:
        """Who leaves for long before the finish hands over on their last day; the new finish, if so."""
        leaving = self.world.department.leaves(self.holder, *self._span(self.since, finish))
        if leaving is None:
            return None
        days = self.world.free(self.holder, int(self.since), self.world.days.index(leaving) - 1)
        at = max((days or [int(self.since)])[-1] + 0.9, self.since + 0.05)
        colleague = self.world.colleague(self.holder, at) or self._superior(at)
        self._pass_on(at, colleague)
        return self.world.in_time(colleague, at + 0.1, max(self.due, int(at) + 2))

    def _extend(self, finish: float) -> float:
        """Some deadlines are moved in time by an authority; some are asked to move when they have passed."""
        if not self.item_due or not self.world.manner(self.holder).helps:
            return finish
        if finish > self.due + 1:
            self._extend_late(finish)
        elif self.rng.random() < 0.04 and self.due - self.since > 2:
            at, new_due = self.due - 0.5, self.due + self.rng.randint(2, 4)
            self.trail.add(at, "extended", value=self._close(new_due), **self._ruling(at))
            finish, self.due = self.world.in_time(self.holder, float(self.due), new_due), new_due
        return finish

    def _extend_late(self, finish: float) -> None:
        at, value = self.due + 1.1, self._close(int(finish))
        if self.holder not in STUBBORN and self.world.first("extended late with authority"):
            self.trail.add(at, "extended", value=value, **self._ruling(at))
        elif self.rng.random() < 0.12:
            self.trail.add(at, "extended", value=value)

    # -- the end and after

    def _end(self, finish: float) -> None:
        kind, late = self.plan.kind, finish >= self.due + 1
        if not late and finish - self.since > 3 and self.world.first("withdrawn"):
            self.trail.add(finish - 1.5, "finished", self.holder)
            self.trail.add(finish - 0.6, "withdrawn", self.holder)
        self.trail.add(finish, "finished", self.holder)
        if late and self.holder not in STUBBORN and self.plan.finish is None and self.rng.random() < 0.07:
            self.trail.add(finish + 0.5, "excused", self.holder, **self._ruling(finish))
        finish = self._quality(finish) if self.plan.finish is None else finish
        if kind in ("document", "report", "dossier") and self.rng.random() < 0.96:
            self.trail.add(finish + 0.02, "signed", self.holder)
        if self.plan.origin == "citizen":
            self._answer_citizen(finish)
        else:
            self._accept(finish)

    def _quality(self, finish: float) -> float:
        """A failed assessment is a fault; the product may come back and be finished again in time."""
        if not self.world.falls_on(self.holder, "fault", self.world.manner(self.holder).fault):
            return finish
        fault, found = f"L{self.world.label}-{self.world.number('fault'):04d}", finish + 0.35
        self.trail.add(found, "fault", self.holder, value="quality", attributes={"fault": fault})
        if finish + 2 < self.due:
            self.trail.add(found + 0.05, "returned", self.holder, counterpart=self._superior(found))
            finish = self.world.in_time(self.holder, found + 0.1, self.due)
            self.trail.add(finish, "finished", self.holder)
        if self.world.falls_on("", "voided", 0.1):
            self.trail.add(finish + 2, "voided", self.holder, value=fault, **self._ruling(finish))
        return finish

    def _accept(self, finish: float) -> None:
        if self.rng.random() < 0.88:
            at = finish + self.rng.uniform(0.1, 1.2)
            self.trail.add(at, "accepted", self.holder, counterpart=self._superior(at))
        if self.plan.kind == "initiative" and self.rng.random() < 0.45:
            at = finish + self.rng.uniform(2, 4)
            self.trail.add(at, "recognised", self.holder, **self._ruling(at))

    def _answer_citizen(self, finish: float) -> None:
        """The result is sent; the citizen may rate it, or say that it is not solved."""
        sent, citizen = finish + 0.03, f"ND{self.world.label}-{self.world.number('citizen'):04d}"
        self.trail.add(sent, "finished")
        if self.plan.kind == "exchange" and self.rng.random() < 0.2 and finish + 1.5 < self.due + 1:
            self.trail.add(sent + 0.3, "reopened", counterpart=citizen)
            again = self.world.in_time(self.holder, sent + 0.4, self.due)
            self.trail.add(again, "finished", self.holder)
            sent = again
        if self.rng.random() < 0.4:
            mark = self._mark((1, 4, 9) if finish < self.due + 1 else (5, 3, 2))
            self.trail.add(sent + self.rng.uniform(0.1, 2), "rated", counterpart=citizen, value=mark)

    # -- small answers

    def _close(self, due: int) -> str:
        return text(self.world.days.close(due))

    def _span(self, first: float, last: float) -> tuple[date, date]:
        return self.world.days.day(first), self.world.days.day(last)

    def _superior(self, at: float) -> str:
        return self.world.department.superior(self.holder, self.world.days.day(at))

    def _ruling(self, at: float) -> dict[str, str]:
        """Who decides about the holder's work in the agency of that day, and the number of the decision."""
        day = self.world.days.day(at)
        spell = self.world.department.spell_on(self.holder, day)
        agency = spell.agency if spell else self.plan.agency
        head = self.world.department.head_of(agency, day)
        number = f"{self.world.number('decision'):03d}/QĐ-{agency}"
        return {"counterpart": SUPERIOR_OF_HEAD if head == self.holder else head, "decision": number}

    def _mark(self, odds: tuple[int, int, int]) -> str:
        return str(self.rng.choices((3, 4, 5), odds)[0] - (self.rng.random() < 0.05))
