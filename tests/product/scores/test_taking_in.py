"""What is told reaches every score it touches: beside a change of rules, and in the month before."""

from datetime import date

import pytest

from cast import Cast
from congtam.history.actor import SYSTEM
from congtam.people.actions import set_post
from congtam.people.models import Spell
from congtam.scores import full, live
from congtam.scores.losses import fill, losses_of
from congtam.scores.models import Difference, Live, Mark, Progress, Run
from congtam.sources.actions import add_datum, add_source, set_authority
from congtam.work.folding import fold_all_again
from congtam.work.models import Share, ToFold
from making import BEFORE, MONTH, Works, adopt_rules, at, differences, settle

pytestmark = pytest.mark.django_db
NOW = at(14)


@pytest.fixture
def works(cast: Cast) -> Works:
    adopt_rules(hue=False)
    return Works(cast)


def _of_may(works: Works, key: str, person: str) -> int:
    """A task of May in the first section that was late."""
    begun, done, boss = at(3, month=5), at(20, month=5), str(works.cast.people["truong-mot"].pk)
    own = {"unit": works.cast.units["phong-mot"].pk, "attributes": '{"kind": "task", "coefficient": "1"}'}
    return works.tell(
        key,
        [
            (begun, "registered", None, own),
            (begun, "assigned", person, {}),
            (begun, "due", None, {"value": at(15, 17, month=5).isoformat()}),
            (done, "finished", person, {}),
            (done, "accepted", person, {"counterpart": boss}),
        ],
    )


def test_a_move_is_seen_though_rules_change_at_the_same_look(works: Works) -> None:
    works.task("viec", "an", at(3), at(25))
    settle(NOW)
    spell = Spell.standing().get(person=works.cast.people["an"])
    set_post(
        SYSTEM,
        spell.post.code,
        unit=works.cast.units["phong-hai"],
        title="Chuyên viên",
        duty_group="staff",
        first=date(2030, 6, 1),
    )
    Progress.objects.update(rules="as they were before")
    settle(NOW)
    assert Share.objects.get().unit == works.cast.units["phong-hai"]
    assert differences(NOW) == []


def test_another_authoritative_source_moves_the_month_before_too(works: Works) -> None:
    for person in ("an", "binh"):
        _of_may(works, person, person)
    settle(NOW)
    assert _live(works, "an").n_items == 1
    other = add_source(SYSTEM, "khac", "Nguồn khác", first=date(2025, 3, 1))
    datum = add_datum(SYSTEM, "moi-loai", "Mọi loại việc")
    set_authority(SYSTEM, datum, works.cast.units["phong-mot"], other, first=date(2030, 5, 1))
    settle(NOW)
    assert _live(works, "an").n_items == 0
    assert differences(NOW) == []


def test_work_said_to_be_the_same_moves_the_month_before_of_both(works: Works) -> None:
    one, _ = _of_may(works, "mot", "an"), _of_may(works, "hai", "binh")
    works.task("ba", "an", at(3, month=5), at(15, month=5), at(14, month=5))
    settle(NOW)
    before = _live(works, "an").parts
    works.tell("hai", [(at(13), "same_as", None, {"value": str(one)})])
    settle(NOW)
    assert _live(works, "an").parts != before
    assert differences(NOW) == []


def test_what_cost_points_in_a_month_that_is_over_is_read_as_it_was_then(works: Works) -> None:
    _of_may(works, "viec", "an")
    settle(at(2))
    then = losses_of(_live(works, "an"))
    assert then["n"] == 1
    works.tell("viec", [(at(3), "reopened", "an", {})])
    settle(NOW)
    live.mark([works.cast.people["an"].pk], earlier=True)
    settle(NOW)
    Live.objects.update(losses=None)
    assert losses_of(_live(works, "an")) == then


def test_the_night_holds_nobody_who_is_still_on_the_way(works: Works) -> None:
    works.task("viec", "an", at(3), at(25))
    settle(NOW)
    Live.objects.update(lowest=-1)  # nobody is what a full run says
    people = works.cast.people
    live.mark([people["chi"].pk])
    Live.objects.filter(person=people["dung"]).update(as_of=at(15))
    fold_all_again()
    full._compare(_run(), [], NOW)
    differing = set(Difference.objects.values_list("person__code", flat=True))
    assert not differing & {"an", "truong-mot", "giam-doc", "chi", "dung"}
    assert {"binh", "truong-hai"} <= differing


def test_nothing_is_complete_while_work_waits_to_be_folded(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(NOW)
    works.task("viec", "an", at(3), at(25))
    assert ToFold.objects.exists() and not Mark.objects.exists()
    monkeypatch.setattr(live, "_fold", lambda now, told: None)  # another worker is at it
    live.refresh(at(15))
    live.refresh(at(15))
    assert Progress.objects.get().complete_at == NOW


def test_one_who_cannot_be_looked_into_does_not_hold_up_the_others(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    from congtam.scores import forecasts, losses

    works.task("viec", "an", at(3), at(25))
    while live.refresh(NOW):
        pass
    broken = works.cast.people["an"].pk

    def refusing(score: object) -> object:
        def refuse(cards, persons, *rest, **more):
            if broken in persons:
                raise ValueError("no such rule")
            return score(cards, persons, *rest, **more)  # type: ignore[operator]

        return refuse

    for module in (forecasts, losses):
        monkeypatch.setattr(module, "score_people", refusing(module.score_people))
    for _ in range(40):
        left = forecasts.fill(NOW) + fill(NOW, limit=4)
    assert left == 0
    rows = Live.objects.filter(period=MONTH.label)
    assert list(rows.filter(losses={}).values_list("person", flat=True)) == [broken]
    assert not rows.filter(forecast__isnull=True, legal=True).exists()


def _live(works: Works, person: str) -> Live:
    return Live.objects.get(person=works.cast.people[person], period=BEFORE.label)


def _run() -> Run:
    row = Live.objects.filter(period=MONTH.label)[0]
    return Run.objects.create(
        kind="nightly",
        rulebook=row.rulebook,
        scorecard=row.scorecard,
        period=row.period,
        seq=row.seq,
        as_of=NOW,
        meaning="",
        wording="",
        calendar="",
        engine="",
    )
