"""Whatever anybody does at the desk, in whatever order, with whatever time between: what is stored is what the fold
says, and no question waits that has lost its sense."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from desk_scene import Desk, stored_otherwise
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congtam.desk import coordinating, deciding, doing, giving, incidental
from congtam.desk.giving import Order
from congtam.desk.models import Question
from congtam.desk.parties import giver_of
from congtam.history.refused import Refused
from congtam.work.models import Share, Standing

pytestmark = pytest.mark.django_db

PEOPLE = ("giam-doc", "truong-mot", "an", "binh", "truong-hai", "chi", "em")
GIVERS = {"an": "truong-mot", "binh": "truong-mot", "chi": "truong-hai", "truong-mot": "giam-doc"}
BESIDE = {"an": "binh", "binh": "an", "truong-mot": "an", "chi": "truong-hai", "truong-hai": "chi"}
ON_WORK = ("take_up", "report", "deliver", "take_back", "pass_on", "move", "refuse", "ask_time", "accept")
DECIDED = ("return_work", "reopen", "cancel", "extend", "escalate", "rate", "grant", "decline", "unask")
AROSE = ("tell", "propose", "count_secret", "set_out")
OFTEN = ("give", "give", "deliver", "deliver", "ask_time", "refuse", "grant", "ask_unit", "pass_on", "accept", "wait")
STEPS = 40
DELIVERED = Q(item__questions__kind="acceptance", item__questions__state="open")
FITS = {
    **dict.fromkeys(("accept", "return_work", "take_back"), DELIVERED),
    "reopen": Q(state="finished") & ~DELIVERED,
    "rate": Q(state="finished", item__shares__role="support"),
    "escalate": Q(kind="coordination", item__shares=None),
}


def some_days(chance: Random) -> Iterator[tuple[Any, ...]]:
    """Steps of a story, each with its name and whatever it may need, sensible or not."""
    for number in range(STEPS):
        name = "give" if number < 2 else chance.choice(ON_WORK + DECIDED + AROSE + OFTEN)
        who, other = chance.choice(PEOPLE), chance.choice(PEOPLE)
        if name == "give":
            yield name, who, chance.choice((*GIVERS, *PEOPLE)), other, chance.randint(-9, 90)
        elif name == "ask_unit":
            yield name, who, chance.choice(("phong-mot", "phong-hai")), chance.randint(-1, 90)
        elif name == "wait":
            yield name, chance.randint(1, 30)
        elif name in AROSE:
            yield name, who, other
        else:
            yield name, who, chance.randint(0, 5), other, chance.randint(-9, 150)


class Days(Desk):
    """What anybody may try; what is refused leaves nothing. Items and questions are chosen by how new they are; `fits`
    narrows the items."""

    fits = Q()

    def item(self, back: int) -> int:
        """One of the newest items that somebody gave or asked for."""
        told = Standing.objects.filter(kind__in=("task", "coordination")).order_by("-item")
        fit = told.filter(self.fits) or told
        return fit[back % len(fit)].item_id if fit else 0

    def question(self, back: int) -> Question:
        """One of those that wait, or the newest."""
        found = Question.objects.filter(state="open").order_by("-pk") or Question.objects.order_by("-pk")
        if not found:
            raise Refused("", "nothing was asked")
        return found[back % len(found)]

    def do(self, name: str, *step: Any) -> None:
        """One step, by name; mostly about work to which it can be done, by whoever may."""
        self.fits = FITS.get(name, Q(state="open")) if name in ON_WORK + DECIDED and step[-1] % 8 else Q()
        if name == "give" and step[-1] % 8:
            step = (GIVERS.get(step[1], step[0]), *step[1:])
        if name in ON_WORK + DECIDED and step[-1] % 8:
            who = self.fit(name, step[1]) or step[0]
            step = (who, step[1], BESIDE.get(who, step[2]), step[3])
        getattr(self, name)(*step)

    def fit(self, name: str, back: int) -> str | None:
        """Somebody who may do it: a holder, who gave it, who was asked, who asked."""
        if name in ("grant", "decline"):
            return self.code_of(self.question(back).to_id)
        if name == "unask":
            return self.code_of(self.question(back).by_id)
        item, state = self.item(back), "finished" if name == "take_back" else "open"
        if name in ON_WORK and name not in ("accept", "move"):
            held = Share.objects.filter(item=item, state=state).values_list("official", flat=True).first()
            return self.code_of(held) if held else None
        giver = giver_of(item) if item else None
        return self.code_of(giver) if giver else None

    def wait(self, hours: int) -> None:  # type: ignore[override]
        self.now += timedelta(hours=hours)

    def give(self, by: str, lead: str, helper: str, hours: int) -> None:  # type: ignore[override]
        helpers = (self.person(helper),) if GIVERS.get(helper) == by and helper != lead else ()
        order = Order("Việc", self.person(lead), helpers, self.now + timedelta(hours=hours))
        giving.give(self.seat(by), order, now=self.now)

    def set_out(self, by: str, helper: str) -> None:
        order = Order("Việc", 0, due=self.now + timedelta(days=4))
        giving.set_out(self.seat(by), order, now=self.now)

    def ask_unit(self, by: str, unit: str, hours: int) -> None:
        order = Order("Đề nghị", 0, due=self.now + timedelta(hours=hours))
        coordinating.ask_unit(self.seat(by), order, self.cast.units[unit].pk, now=self.now)

    def tell(self, by: str, other: str) -> None:
        incidental.tell(self.seat(by), "duty", "Trực", self.person(other), now=self.now)

    def propose(self, by: str, other: str) -> None:
        incidental.propose(self.seat(by), "Sáng kiến", "Nội dung", self.person(other), now=self.now)

    def count_secret(self, by: str, other: str) -> None:
        incidental.count_secret(self.seat(by), 2, 1, date(2030, 5, 1), self.person(other), now=self.now)

    def take_up(self, by: str, back: int, other: str, hours: int) -> None:
        doing.take_up(self.seat(by), self.item(back), now=self.now)

    def report(self, by: str, back: int, other: str, hours: int) -> None:
        doing.report(self.seat(by), self.item(back), "Đang làm", now=self.now)

    def deliver(self, by: str, back: int, other: str, hours: int) -> None:
        doing.deliver(self.seat(by), self.item(back), now=self.now)

    def take_back(self, by: str, back: int, other: str, hours: int) -> None:
        doing.take_back(self.seat(by), self.item(back), now=self.now)

    def pass_on(self, by: str, back: int, other: str, hours: int) -> None:
        doing.pass_on(self.seat(by), self.item(back), self.person(other), now=self.now)

    def move(self, by: str, back: int, other: str, hours: int) -> None:
        item = self.item(back)
        open_ = Share.objects.filter(item=item, state="open").values_list("official", flat=True).first()
        doing.pass_on(self.seat(by), item, self.person(other), "Điều chuyển", open_, now=self.now)

    def refuse(self, by: str, back: int, other: str, hours: int) -> None:
        doing.refuse_work(self.seat(by), self.item(back), "Bận", now=self.now)

    def ask_time(self, by: str, back: int, other: str, hours: int) -> None:
        wanted = self.now + timedelta(hours=hours)
        doing.ask_time(self.seat(by), self.item(back), wanted, "Bão", "outside", now=self.now)

    def unask(self, by: str, back: int, other: str, hours: int) -> None:
        doing.unask(self.seat(by), self.question(back), now=self.now)

    def accept(self, by: str, back: int, other: str, hours: int) -> None:
        mark = hours % 7 or None
        deciding.accept(self.seat(by), self.item(back), mark, now=self.now)

    def return_work(self, by: str, back: int, other: str, hours: int) -> None:
        due = self.now + timedelta(hours=hours) if hours % 2 else None
        deciding.return_work(self.seat(by), self.item(back), "Thiếu", due, now=self.now)

    def reopen(self, by: str, back: int, other: str, hours: int) -> None:
        deciding.reopen(self.seat(by), self.item(back), "Sai", now=self.now)

    def cancel(self, by: str, back: int, other: str, hours: int) -> None:
        deciding.cancel(self.seat(by), self.item(back), "Thôi", now=self.now)

    def extend(self, by: str, back: int, other: str, hours: int) -> None:
        decision = "7/QĐ" if hours % 3 else ""
        until = self.now + timedelta(hours=hours)
        deciding.extend(self.seat(by), self.item(back), until, "Bão", decision, now=self.now)

    def escalate(self, by: str, back: int, other: str, hours: int) -> None:
        coordinating.escalate(self.seat(by), self.item(back), "Chậm", now=self.now)

    def rate(self, by: str, back: int, other: str, hours: int) -> None:
        coordinating.rate(self.seat(by), self.item(back), hours % 6, self.person(other), now=self.now)

    def grant(self, by: str, back: int, other: str, hours: int) -> None:
        decision = "8/QĐ" if hours % 3 else ""
        deciding.answer(self.seat(by), self.question(back), True, decision=decision, now=self.now)

    def decline(self, by: str, back: int, other: str, hours: int) -> None:
        deciding.answer(self.seat(by), self.question(back), False, "Không", now=self.now)

    def code_of(self, person: int) -> str:
        """The code of a person of the cast."""
        return next(code for code, one in self.cast.people.items() if one.pk == person)


def orphans() -> list[tuple[str, str]]:
    """Questions that wait although nobody can need their answer."""
    found = []
    for question in Question.objects.filter(state="open"):
        standing = Standing.objects.filter(item=question.item_id).first()
        own = Share.objects.filter(item=question.item_id, official=question.by_id).order_by("turn").last()
        state = standing.state if standing else "untold"
        fits = {
            "acceptance": state == "finished" and own is not None and own.state == "finished",
            "more_time": state == "open" and own is not None and own.state == "open",
            "refusal": state == "open" and own is not None and own.state == "open",
            "coordination": state == "open",
            "escalation": state == "open",
        }.get(question.kind, state == "untold")
        if not fits:
            found.append((question.kind, state))
    return found


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_the_desk_is_what_the_fold_says_after_any_days(desk: Desk, seed: int) -> None:
    with transaction.atomic():
        story = Days(desk.cast)
        for name, *step in some_days(Random(seed)):
            try:
                with transaction.atomic():
                    story.do(name, *step)
            except Refused:
                continue
            story.settle()
            assert orphans() == [], name
        deciding.accept_by_silence(story.now)
        story.settle()
        assert stored_otherwise(story.now) == []
        assert orphans() == []
        assert not Question.objects.filter(state="open", until__lte=story.now).exists()
        transaction.set_rollback(True)
