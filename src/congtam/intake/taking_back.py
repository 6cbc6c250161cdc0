"""A batch is taken back: its records fall, and the highest version left of each key stands and says what it said."""

from collections.abc import Iterable
from datetime import datetime

from congtam.intake.accepting import Known, Telling, items_of_all, known_versions, tell
from congtam.intake.checking import Checked, Codes, check
from congtam.intake.models import Batch, Payload, Record, SetAside
from congtam.intake.telling import Told

STEP = 5000


def take_back(batch: Batch, withdrawal: Batch, now: datetime) -> int:
    """Take back every record of a batch; of how many keys it changed what stands. Inside `in_order()`."""
    keys = list(batch.records.filter(taken_back=None).order_by("key").values_list("key", flat=True).distinct())
    changed = sum(_step(batch, withdrawal, keys[at : at + STEP], now) for at in range(0, len(keys), STEP))
    SetAside.objects.filter(batch=batch, state="open").update(state="dropped", closed_at=now)
    return changed


def _step(batch: Batch, withdrawal: Batch, keys: list[str], now: datetime) -> int:
    before = known_versions(batch.source_id, keys)
    fallen = Record.objects.filter(batch=batch, key__in=keys, taken_back=None)
    gone = set(fallen.values_list("pk", flat=True))
    fallen.update(standing=False, taken_back=withdrawal)
    next_: dict[str, Known | None] = {}
    for key, versions in before.items():
        if any(one.standing and one.id in gone for one in versions):
            kept = (one for one in versions if not one.taken_back and one.id not in gone)
            next_[key] = max(kept, key=lambda one: one.version, default=None)
    left = [one.id for one in next_.values() if one]
    Record.objects.filter(pk__in=left).update(standing=True)
    said = _as_said(left, now)
    tellings = []
    for key, stands in next_.items():
        nothing = Checked(Told(key), key, (), "")
        tellings.append(Telling(said[stands.id] if stands else nothing, stands.id if stands else 0, before[key]))
    tell(tellings, items_of_all(batch.source_id, [one.checked for one in tellings]), now)
    return len(next_)


def _as_said(records: Iterable[int], now: datetime) -> dict[int, Checked]:
    """What records said, read from their texts again."""
    texts = Payload.objects.filter(record__in=list(records)).values_list("record_id", "record__withdrawn", "body")
    told = {number: Told.of(body) for number, _, body in texts}
    codes = Codes()
    codes.learn(told.values())
    return {number: check(one, codes, now) for number, one in told.items()}
