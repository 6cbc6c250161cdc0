"""What a head does besides: gives work out."""

from random import Random

from congtam.engine.periods import local_day
from congtam.simulate.days import Workdays
from congtam.simulate.desk import phrases
from congtam.simulate.desk.browser import Value
from congtam.simulate.desk.log import Log
from congtam.simulate.desk.office import LEADER, Member, Office
from congtam.simulate.desk.official import Official
from congtam.simulate.titles import title

TO_TWO = 0.2  # how often a head gives one thing to two people


class Head(Official):
    """A head of a section, or the leader of the agency."""

    def __init__(self, member: Member, office: Office, days: Workdays, log: Log, rng: Random):
        super().__init__(member, days, log, rng)
        self.office, self.begins = office, False

    def give(self, pieces: int) -> None:
        """So many pieces of work to people of one's own; now and then one form for two of them. Who leads the agency
        writes to all heads about the same thing more often than to one."""
        people = self.office.under(self.me)
        left = pieces if people else 0
        while left > 0:
            some = self.rng.sample(people, min(len(people), left, self._together()))
            self._give(some, people)
            left -= len(some)

    def _together(self) -> int:
        """To how many people the next piece of work goes."""
        if self.me.code == LEADER:
            return self.rng.choice((1, 2, 4, 8))
        return 2 if self.rng.random() < TO_TWO else 1

    def _give(self, leads: list[Member], people: list[Member]) -> None:
        page = self.log.look("give", self.me.browser, "/giao-viec/?kieu=don-vi")
        form = next((one for one in page.forms if one.named("leads")), None) if page else None
        due = self.days.calendar.add_working_days(local_day(self.now), self.rng.randint(2, 7))
        others = [one for one in people if one not in leads]
        told: dict[str, Value] = {
            "title": title(self.rng, "task", leads[0].unit),
            "product": self.rng.choice(phrases.PRODUCTS),
            "due": f"{due:%d/%m/%Y}",
            "authority": self.rng.choice(phrases.AUTHORITIES),
            "leads": [str(one.number) for one in leads],
        }
        if others and len(leads) == 1 and self.rng.random() < 0.3:
            told["support"] = [str(self.rng.choice(others).number)]
        self.log.do("give", self.me.browser, form, told, called="giao-viec")
