"""A month, or a part of one, of the simulated office: who sits down when, and what the worker does beside them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from django.db import connection
from django.test.utils import override_settings

from congtam.desk.recurring import give_due
from congtam.desk.silence import accept_by_silence
from congtam.engine.periods import Period
from congtam.exemptions.sweeping import sweep
from congtam.scores import live
from congtam.scores.full import nightly
from congtam.scores.units import live as units
from congtam.simulate.days import Workdays
from congtam.simulate.desk import holding, rare
from congtam.simulate.desk.clock import Clock, at
from congtam.simulate.desk.head import Head
from congtam.simulate.desk.log import Log
from congtam.simulate.desk.office import CLERK, LEADER, PASSWORD, Member, Office, open_office
from congtam.simulate.desk.official import Official
from congtam.simulate.desk.papers import Assigner, Registrar
from congtam.simulate.desk.systems import Window
from congtam.work.folding import fold_at_once
from congtam.work.models import Event, Fault

ROUNDS = 1000
CHEAP = "django.contrib.auth.hashers.MD5PasswordHasher"  # passwords of nobody
SITTINGS = ((8, 5), (14, 0))  # when people begin to sit down
GIVEN_A_WEEK = 1.3  # pieces of work a head gives, for each person under them
DOCUMENTS_A_DAY = 2
DOSSIERS = 0.35  # that somebody receives one on a day
Say = Callable[[str], None]


@dataclass
class Plan:
    """What is simulated: how many people, from which day on to before which, which seed."""

    people: int
    first: date
    until: date
    seed: int = 7

    @property
    def period(self) -> Period:
        """The month that is looked at."""
        return Period.parse(f"{self.first:%Y-%m}")


@dataclass
class Lived:
    """What came of it: the office and its log, the last instant, and where live and full scores differ."""

    plan: Plan
    office: Office
    log: Log
    now: datetime
    working_days: list[date]
    compared: int = 0
    differing: int = 0
    scored: list[str] = field(default_factory=list)


def live_through(plan: Plan, say: Say = lambda _: None) -> Lived:
    """Open the office in an empty site and live through its days."""
    clock = Clock(at(plan.first, 7))
    with clock.ruling(), override_settings(PASSWORD_HASHERS=[CHEAP]):
        return _Days(plan, clock, say).run()


class _Days:
    def __init__(self, plan: Plan, clock: Clock, say: Say):
        self.plan, self.clock, self.say, self.log, self._folded = plan, clock, say, Log(), 0
        self.office = open_office(plan.people, clock, self._fold)
        self.days = Workdays.between(plan.first - timedelta(days=14), plan.until + timedelta(days=60))
        self.worked = [day for day in self.days.days if plan.first <= day < plan.until]
        rng = Random(f"{plan.seed} office")
        members = self.office.members
        self.people = {code: self._at_desk(one, Random(f"{plan.seed} {code}")) for code, one in members.items()}
        self.window = Window(self.office, self.days, clock, self.log, Random(f"{plan.seed} window"))
        leader, clerk = self.office.members[LEADER], self.office.members[CLERK]
        self.assigner, self.registrar = Assigner(leader, self.office, self.log, rng), Registrar(clerk, self.log, rng)
        self.rng = rng

    def run(self) -> Lived:
        """Every working day, then the last night."""
        for number, day in enumerate(self.worked):
            self.clock.reach(at(day, 7, 30))
            self.say(f"{day:%d/%m/%Y}")
            self._day(number, day)
            self._night(day)
        self.clock.reach(at(self.plan.until, 0) - timedelta(minutes=1))
        lived = Lived(self.plan, self.office, self.log, self.clock.now, self.worked)
        self._settle()
        for run in nightly(self.clock.now):
            lived.compared += run.compared
            lived.differing += run.differing
            lived.scored.append(f"{run.rulebook}#{run.scorecard} {run.period}")
        return lived

    def _at_desk(self, member: Member, rng: Random) -> Official:
        if member.heads:
            return Head(member, self.office, self.days, self.log, rng)
        return Official(member, self.days, self.log, rng)

    def _day(self, number: int, day: date) -> None:
        self.window.receive(DOSSIERS)
        for member in self.office.members.values():
            member.browser.sign_in(member.code.lower(), PASSWORD)
        for hour, minute in SITTINGS:
            self.clock.reach(at(day, hour, minute))
            accept_by_silence(self.clock.now)
            give_due(self.clock.now)
            self._pushed()
            if hour < 12:
                self.registrar.enter(DOCUMENTS_A_DAY)
                self.assigner.assign()
                self._give(day)
            for code in self.rng.sample([*self.people], len(self.people)):
                if hour < 12 or self.people[code].looks_again():
                    self.people[code].sit()
        self._rare(number, day)
        self._pushed()

    def _pushed(self) -> None:
        """The window pushes, and the worker takes it in."""
        self.window.push()
        self._settle()

    def _give(self, day: date) -> None:
        """Heads give work, most of it at the beginning of the week."""
        share = {0: 0.4, 1: 0.2, 2: 0.2, 3: 0.1, 4: 0.1}[day.weekday()]
        for code, one in self.people.items():
            if isinstance(one, Head):
                under = len(self.office.under(self.office.members[code]))
                wanted = under * GIVEN_A_WEEK * share
                one.give(int(wanted) + (self.rng.random() < wanted % 1))

    def _rare(self, number: int, day: date) -> None:
        """What happens once: an initiative, a storm told the morning after, a handover, a fault that does not count."""
        whole, leader = len(self.worked), self.office.members[LEADER]
        ordinary = [one for one in self.people.values() if one.begins and not one.me.heads]
        if day.weekday() == 0:
            holding.meet(leader, self.office, self.days, self.log, self.rng)
        if number == 0:
            head = next(one for one in self.office.heads if self.office.under(one))
            holding.make_template(head, self.office.under(head)[0], self.log)
        if number == whole // 4:
            for one in ordinary[:: max(1, len(ordinary) // 4)]:
                one.propose()
        if number == whole // 2:
            rare.storm(leader, self.office, self.log, self.worked[number - 1])
        if number == whole * 2 // 3:
            giver = next(one for one in ordinary if one.mine)
            to = next(one for one in ordinary if one is not giver and one.me.unit == giver.me.unit)
            rare.hand_over(giver.me, to.me, self.log)
            giver.mine.clear()
        if number == whole - 1:
            fault = Fault.objects.filter(kind="delay", voided_by=None).exclude(official=leader.number).first()
            if fault is not None:
                rare.exempt(leader, fault.item_id, self.log, day)
        for one in ordinary:
            if one.asked:
                one.rate_help()

    def _night(self, day: date) -> None:
        """What the worker does at night: silence accepts, incidents find what came late, everything is scored."""
        self.clock.reach(at(day, 22))
        accept_by_silence(self.clock.now)
        sweep(self.clock.now)
        self._settle()

    def _settle(self) -> None:
        for _ in range(ROUNDS):
            if not live.refresh(self.clock.now) and not units.refresh(self.clock.now):
                return
        raise RuntimeError("live scoring does not come to an end")

    def _fold(self) -> None:
        """Inside a test's transaction nothing is committed, so that what was written is folded here."""
        if connection.in_atomic_block:
            new = dict(Event.objects.filter(seq__gt=self._folded).values_list("seq", "item"))
            fold_at_once(new.values(), self.clock.now + timedelta(microseconds=1))
            self._folded = max(new, default=self._folded)
