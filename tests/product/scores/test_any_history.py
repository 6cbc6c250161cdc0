"""Whatever is told, in whatever order, with whatever time between: live scores are what a full run gives."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cast import Cast
from congtam.engine.periods import local_day
from congtam.history.actor import SYSTEM
from congtam.history.refused import Refused
from congtam.orgs.actions import set_unit
from congtam.people.actions import begin_spell, end_spell, record_absence, set_post
from congtam.people.models import Spell
from congtam.ratings.actions import decide, rate
from congtam.work.models import Event
from making import BEFORE, DECREE, MONTH, Works, adopt_rules, at, differences, settle

pytestmark = pytest.mark.django_db

PEOPLE = ("an", "binh", "chi", "truong-mot", "giam-doc")
people = st.sampled_from(PEOPLE)
hours = st.integers(0, 30 * 24)
TOLD = (
    *("finished", "finished", "paused", "resumed", "requested", "supplied", "extended", "returned", "reopened"),
    *("struck", "over"),  # an incident stops a clock, and is over
    *("fault", "voided", "passed_on", "withdrawn", "excused", "corrected", "rated", "cancelled", "same_as", "accepted"),
)
history = st.lists(
    st.one_of(
        st.tuples(st.just("task"), people, hours, st.one_of(st.none(), st.integers(-48, 400)), st.integers(-30, 20)),
        st.tuples(st.just("told"), st.integers(0, 30), st.sampled_from(TOLD), people, st.integers(-72, 72)),
        st.tuples(st.just("desk"), st.sampled_from(("phong-mot", "phong-hai")), hours, st.integers(-48, 400)),
        st.tuples(st.just("under"), st.sampled_from(("so-a", "phong-mot", "so-b")), st.integers(1, 20)),
        st.tuples(st.just("rate"), people, st.sampled_from(("general", "organising")), st.integers(0, 30)),
        st.tuples(st.just("decide"), st.booleans(), people, st.sampled_from(("good", "complete"))),
        st.tuples(st.just("away"), people, st.integers(1, 25), st.integers(1, 6)),
        st.tuples(st.just("move"), people, st.integers(2, 28), st.booleans()),
        st.tuples(st.just("wait"), st.integers(1, 90)),
    ),
    min_size=3,
    max_size=25,
)


class Story:
    """What is told in one history, and what time it is."""

    def __init__(self, cast: Cast):
        self.cast, self.works, self.now = cast, Works(cast), at(14)
        self.keys: list[str] = []

    def task(self, person: str, received: int, due: int | None, earlier: int) -> None:
        begun = at(1) + timedelta(hours=received) - timedelta(days=20 if earlier > 0 else 0)
        key = f"viec-{len(self.keys)}"
        self.keys.append(key)
        self.works.task(key, person, begun, None if due is None else begun + timedelta(hours=due))

    def told(self, which: int, activity: str, person: str, offset: int) -> None:
        if not self.keys:
            return
        key = self.keys[which % len(self.keys)]
        boss = str(self.cast.people["giam-doc"].pk)
        other = str(self.cast.people["binh"].pk)
        last = Event.objects.filter(item__key=key).order_by("-seq").values_list("seq", flat=True).first()
        further = {
            "extended": {"value": (self.now + timedelta(hours=offset + 80)).isoformat(), "counterpart": boss},
            "fault": {"value": "quality"},
            "voided": {"value": f"delay:{self.item(key)}:{self.cast.people[person].pk}", "counterpart": boss},
            "excused": {"counterpart": boss},
            "passed_on": {"counterpart": other},
            "withdrawn": {"value": str(last)},
            "corrected": {"attributes": '{"coefficient": "2.5"}'},
            "rated": {"value": "4", "counterpart": boss},
            "accepted": {"counterpart": boss},
            "same_as": {"value": str(self.item(self.keys[0]))},
            **{told: {"value": "Bão", "attributes": '{"incident": "1"}'} for told in ("struck", "over")},
        }.get(activity, {})
        activity = {"struck": "paused", "over": "resumed"}.get(activity, activity)
        named = None if activity in ("paused", "resumed", "requested", "supplied", "same_as", "withdrawn") else person
        decided = {"decision": "9/QĐ"} if activity in ("extended", "voided", "excused") else {}
        self.works.tell(key, [(self.now + timedelta(hours=offset), activity, named, {**further, **decided})])

    def desk(self, unit: str, received: int, due: int) -> None:
        """Work that a unit has and nobody in it yet."""
        begun, key = at(1) + timedelta(hours=received), f"viec-{len(self.keys)}"
        self.keys.append(key)
        own = {"unit": self.cast.units[unit].pk, "attributes": '{"kind": "dossier", "coefficient": "1"}'}
        told = {"value": (begun + timedelta(hours=due)).isoformat()}
        self.works.tell(key, [(begun, "registered", None, own), (begun, "due", None, told)])

    def under(self, parent: str, day: int) -> None:
        """The second section stands under another unit from the month's first day, or a day before it, on."""
        above, first = self.cast.units[parent], date(2030, 6, 1) - timedelta(days=day // 10)
        agency = self.cast.units["so-b" if parent == "so-b" else "so-a"]
        set_unit(SYSTEM, "phong-hai", name="Phòng Hai", level="section", parent=above, agency=agency, first=first)

    def item(self, key: str) -> int:
        return Event.objects.filter(item__key=key).values_list("item", flat=True)[0]

    def rate(self, person: str, criterion: str, points: int) -> None:
        by = self.cast.people["nhan-su"]
        for period in (MONTH, BEFORE):
            said = {"criterion": criterion, "period": period.label, "value": points * 1_000_000, "by": by}
            rate(SYSTEM, person=self.cast.people[person], **said)

    def decide(self, on_unit: bool, person: str, outcome: str) -> None:
        whose = {"unit": self.cast.units["phong-mot"]} if on_unit else {"person": self.cast.people[person]}
        matter = "grade" if on_unit else "otherwise"
        said = {"scorecard": f"{DECREE}#civil_servant_month", "period": MONTH.label, "number": "5/QĐ"}
        decide(SYSTEM, matter=matter, outcome=outcome, by=self.cast.people["nhan-su"], **said, **whose)

    def away(self, person: str, day: int, days: int) -> None:
        first = date(2030, 6, day)
        record_absence(
            SYSTEM, person=self.cast.people[person], kind="leave", first=first, until=first + timedelta(days=days)
        )

    def move(self, person: str, day: int, leads: bool) -> None:
        moved, first = self.cast.people[person], date(2030, 6, day)
        spell = Spell.standing().filter(person=moved, days__contains=first).first()
        if spell is None or spell.days.lower >= first:
            return
        code = f"moi-{person}-{day}-{leads}-{spell.seq}"
        post = set_post(
            SYSTEM, code, unit=self.cast.units["phong-hai"], title="Mới", duty_group="staff", leads=leads, first=first
        )
        end_spell(SYSTEM, spell, first, "3/QĐ")
        begin_spell(SYSTEM, code=code, person=moved, post=post, staff_kind="civil_servant", first=first)

    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=history)
def test_live_is_full_after_any_history(ready: Cast, history: list[tuple]) -> None:
    with transaction.atomic():
        story = Story(ready)
        for step in history:
            try:
                with transaction.atomic():
                    getattr(story, step[0])(*step[1:])
            except Refused:
                continue
            if step[0] == "wait":
                settle(story.now)
        settle(story.now)
        assert differences(story.now) == [], local_day(story.now)
        story.wait(400)
        settle(story.now)
        assert differences(story.now) == []
        transaction.set_rollback(True)


@pytest.fixture
def ready(cast: Cast) -> Cast:
    """Everyone has enough work and marks for a grade, so that leaders read grades that move."""
    adopt_rules()
    works = Works(cast)
    for person in PEOPLE:
        for number in range(6):
            works.task(f"{person}-{number}", person, at(3), at(5 + number, 17), at(6, 15))
        for criterion in ("general", "organising", "rallying"):
            said = {"criterion": criterion, "period": MONTH.label, "value": 24_000_000}
            rate(SYSTEM, person=cast.people[person], by=cast.people["nhan-su"], **said)
    return cast
