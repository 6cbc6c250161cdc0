"""Many officials scanned in columns have exactly the scores that they have row by row."""

import pytest

from cast import Cast
from congtam.history.actor import SYSTEM
from congtam.ratings.actions import rate
from congtam.scores import laid
from congtam.scores.batch import score_people
from congtam.scores.cards import live_cards
from congtam.scores.full import everyone, held, in_batches
from congtam.scores.known import cut
from congtam.scores.models import Live
from making import MONTH, Works, adopt_rules, at, differences, settle

pytestmark = pytest.mark.django_db(transaction=True)
NOW = at(20, 10)


@pytest.fixture
def works(cast: Cast) -> Works:
    adopt_rules()
    works, people = Works(cast), list(cast.people)
    boss = str(cast.people["giam-doc"].pk)
    for number in range(150):
        person, other = people[number % len(people)], people[(number + 4) % len(people)]
        received, due = at(1 + number % 15, 8 + number % 8), at(4 + number % 25, 17)
        item = works.task(f"viec-{number}", person, received, due)
        further: list[tuple] = []
        if number % 3:
            further.append((at(3 + number % 16, 15), "finished", person, {}))
        if number % 5 == 0:
            weight = {"attributes": '{"role": "support", "weight": "0.3"}'}
            further.append((received, "assigned", other, weight))
        if number % 7 == 0:
            further.append(
                (at(18), "fault", person, {"value": "quality", "attributes": '{"charged_to": "2030-06-18"}'})
            )
        if number % 11 == 0:
            said = {"counterpart": boss, "decision": "9/QĐ"}
            further.append((at(19), "voided", None, {"value": f"delay:{item}:{cast.people[person].pk}", **said}))
        if number % 13 == 0:
            further.append((at(18, 8), "excused", person, {"counterpart": boss, "decision": "8/QĐ"}))
        if number % 17 == 0:
            further.append((at(18, 9), "passed_on", person, {"counterpart": str(cast.people[other].pk)}))
        if number % 19 == 0:
            further.append((at(18, 9), "rated", None, {"value": "4", "counterpart": boss}))
        if number % 23 == 0:
            further.append((at(17, 9), "reopened", None, {}))
        if number % 29 == 0:
            further.append((at(17, 9), "cancelled", None, {}))
        if number % 31 == 0:
            further.append((at(16), "paused", None, {"value": "chờ"}))
        works.tell(f"viec-{number}", further)
    for number, (found, day) in enumerate([(at(15, month=5), "2030-06-18"), (at(15), None)]):  # of work done in May
        person, key = people[number], f"viec-cu-{number}"
        works.task(key, person, at(2, month=5), at(20, 17, month=5), at(10, month=5))
        charged = {"attributes": f'{{"charged_to": "{day}"}}'} if day else {}
        works.tell(key, [(found, "fault", person, {"value": "quality", **charged})])
    for person in people[::2]:
        said = {"criterion": "general", "period": MONTH.label, "value": 25_000_000}
        by = cast.people["nhan-su" if person != "nhan-su" else "giam-doc"]
        rate(SYSTEM, person=cast.people[person], by=by, **said)
    return works


def test_scanned_and_read_row_by_row_are_the_same(works: Works) -> None:
    settle(NOW)
    told = cut()
    cards = live_cards(NOW, told.rules)[0]
    persons = [person.pk for person in works.cast.people.values()]
    scanned, read = (score_people(cards, persons, NOW, told, scan=scan) for scan in (True, False))
    assert any(made.score.parts for by_card in scanned.values() for made in by_card.values())
    for code, by_card in read.items():
        for key, one in by_card.items():
            other = scanned[code][key]
            assert laid.row(other.score, other.entry, other.legal) == laid.row(one.score, one.entry, one.legal)


def test_live_scores_of_a_large_batch_are_those_of_the_full_run(works: Works) -> None:
    settle(NOW)
    assert Live.objects.filter(period=MONTH.label).count() == 2 * len(works.cast.people)
    assert differences(NOW) == []


def test_very_many_are_scored_in_batches_as_all_at_once(works: Works) -> None:
    settle(NOW)
    told = cut()
    for cards in live_cards(NOW, told.rules):
        batches, at_once = in_batches(cards, NOW, told), everyone(cards, NOW)
        for key, rows in at_once.items():
            expected = {row["person_id"]: held(row) for row in rows}
            assert {row["person_id"]: held(row) for row in batches[key]} == expected
