"""Whatever anybody does at the desk, in whatever order, with whatever time between: what is stored is what the fold
says, and no question waits that has lost its sense."""

from datetime import date, timedelta

import pytest
from desk_scene import Desk, stored_otherwise
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congtam.desk import coordinating, deciding, doing, giving, incidental
from congtam.desk.giving import Order
from congtam.desk.models import Question
from congtam.history.refused import Refused
from congtam.work.models import Share, Standing

pytestmark = pytest.mark.django_db

PEOPLE = ("giam-doc", "truong-mot", "an", "binh", "truong-hai", "chi", "em")
ON_WORK = ("take_up", "report", "deliver", "deliver", "take_back", "pass_on", "move", "refuse", "ask_time", "accept")
DECIDED = ("return_work", "reopen", "cancel", "extend", "escalate", "rate", "grant", "grant", "decline", "unask")
people, which = st.sampled_from(PEOPLE), st.integers(0, 5)
days = st.lists(
    st.one_of(
        st.tuples(st.just("give"), people, people, people, st.integers(-4, 300)),
        st.tuples(st.just("ask_unit"), people, st.sampled_from(("phong-mot", "phong-hai")), st.integers(1, 300)),
        st.tuples(st.sampled_from(("tell", "propose", "count_secret", "set_out")), people, people),
        st.tuples(st.sampled_from(ON_WORK + DECIDED), people, which, people, st.integers(-20, 200)),
        st.tuples(st.sampled_from(ON_WORK + DECIDED), people, which, people, st.integers(-20, 200)),
        st.tuples(st.just("wait"), st.integers(1, 60)),
    ),
    min_size=8,
    max_size=30,
)


class Days(Desk):
    """What anybody may try; what is refused leaves nothing. Items and questions are chosen by how new they are."""

    def item(self, back: int) -> int:
        """One of the newest items."""
        items = list(Standing.objects.order_by("-item").values_list("item", flat=True)[:6])
        return items[back % len(items)] if items else 0

    def question(self, back: int) -> Question:
        """One of those that wait, or the newest."""
        found = Question.objects.filter(state="open").order_by("-pk") or Question.objects.order_by("-pk")
        if not found:
            raise Refused("", "nothing was asked")
        return found[back % len(found)]

    def do(self, name: str, *step: object) -> None:
        """One step, by name."""
        getattr(self, name)(*step)

    def wait(self, hours: int) -> None:  # type: ignore[override]
        self.now += timedelta(hours=hours)

    def give(self, by: str, lead: str, helper: str, hours: int) -> None:  # type: ignore[override]
        helpers = () if helper == lead else (self.person(helper),)
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
        question = self.question(back)
        by = self.code_of(question.to_id) if hours % 4 else by
        deciding.answer(self.seat(by), question, True, decision="8/QĐ" if hours % 3 else "", now=self.now)

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


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=days)
def test_the_desk_is_what_the_fold_says_after_any_days(desk: Desk, steps: list[tuple]) -> None:
    with transaction.atomic():
        story = Days(desk.cast)
        for name, *step in steps:
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
