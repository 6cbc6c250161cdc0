"""What became of conclusions, read from the items they became: done in time, done late, under way, overdue …"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from congtam.desk.models import Question
from congtam.meetings.models import Conclusion
from congtam.work.models import Share, Standing

STATES = (
    "on_record",  # no task
    "done_in_time",
    "done_late",
    "under_way",
    "standing",  # its clock stands: somebody else is waited for
    "unanswered",  # asked of another unit, which has not said that it takes it
    "refused",  # by the other unit
    "overdue",
    "cancelled",
    "excused",
)
OPEN = frozenset({"under_way", "standing", "unanswered", "refused", "overdue"})


@dataclass(frozen=True)
class Outcome:
    """How the item of a conclusion stands at an instant. `due_at`: as it holds now, after `extensions`; `accepted`:
    whoever asked for it accepted it."""

    state: str
    due_at: datetime | None = None
    finished_at: datetime | None = None
    accepted: bool = False
    extensions: int = 0


ON_RECORD = Outcome("on_record")


def outcomes(conclusions: Iterable[Conclusion], now: datetime) -> dict[int, Outcome]:
    """By number of the conclusion. Three queries; one more for each item that counts as another one."""
    told = list(conclusions)
    items = {one.item_id for one in told if one.item_id is not None}
    standings = _standings(items)
    held = set(Share.objects.filter(item__in=items, state="open").values_list("item", flat=True))
    answers = dict(
        Question.objects.filter(item__in=items, kind__in=("coordination", "escalation"))
        .order_by("asked_at", "pk")
        .values_list("item", "state")
    )
    return {
        one.pk: ON_RECORD
        if one.item_id is None
        else _outcome(standings.get(one.item_id), one.item_id in held, answers.get(one.item_id, ""), now)
        for one in told
    }


def _standings(items: Collection[int]) -> dict[int, Standing]:
    """How items stand, each as the one under which it counts."""
    found = {one.item_id: one for one in Standing.objects.filter(item__in=items)}
    for item, standing in list(found.items()):
        seen = {item}
        while standing.same_as_id is not None and standing.same_as_id not in seen:
            seen.add(standing.same_as_id)
            other = Standing.objects.filter(item=standing.same_as_id).first()
            if other is None:
                break
            standing = other
        found[item] = standing
    return found


def _outcome(it: Standing | None, held: bool, answer: str, now: datetime) -> Outcome:
    if it is None:
        return Outcome("unanswered")
    accepted = it.accepted_at is not None
    return Outcome(_state(it, held, answer, now), it.due_at, it.finished_at, accepted, it.extensions)


def _state(it: Standing, held: bool, answer: str, now: datetime) -> str:
    if it.state == "cancelled" or it.excused:
        return "excused" if it.excused else "cancelled"
    if it.state == "finished":
        late = it.due_at is not None and it.finished_at is not None and it.finished_at > it.due_at
        return "done_late" if late else "done_in_time"
    if answer == "refused" and not held:
        return "refused"
    if it.moving:
        return "standing"
    if it.due_at is not None and it.due_at < now:
        return "overdue"
    return "unanswered" if answer and not held else "under_way"
