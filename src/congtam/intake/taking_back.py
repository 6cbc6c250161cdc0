"""A batch is taken back: its records fall, and the highest version left of each key stands and says what it said.

That goes step by step, each a transaction with its count: nobody waits for the whole, scores between two steps are what
stands then, and a withdrawal that was cut off goes on where it was.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from django.db.models import F
from django.utils import timezone

from congtam.history.actor import Actor
from congtam.history.sequence import in_order
from congtam.intake.accepting import Known, Telling, items_of_all, known_versions, tell
from congtam.intake.checking import Checked, Codes, check
from congtam.intake.closing import close
from congtam.intake.models import Batch, Payload, Record, SetAside
from congtam.intake.telling import Told

STEP = 2000  # keys of one transaction: a push waits no longer than one takes


def take_back(actor: Actor, withdrawal: Batch) -> None:
    """Take back every record of the batch a withdrawal is of that was not yet; done twice it changes nothing."""
    batch = withdrawal.of
    close(actor, SetAside.objects.filter(batch=batch, state="open"), "dropped")
    left = batch.records.filter(taken_back=None).order_by("key").values_list("key", flat=True).distinct()
    keys = left.iterator(chunk_size=STEP)
    while step := list(islice(keys, STEP)):
        with in_order():
            taken, changed = _step(batch, withdrawal, step, timezone.now())
            Batch.objects.filter(pk=withdrawal.pk).update(taken=F("taken") + taken, updated=F("updated") + changed)


def _step(batch: Batch, withdrawal: Batch, keys: list[str], now: datetime) -> tuple[int, int]:
    """How many records fell, and of how many keys that changed what stands."""
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
        nothing = Checked(Told(key), key, (), b"")
        tellings.append(Telling(said[stands.id] if stands else nothing, stands.id if stands else 0, before[key]))
    tell(tellings, items_of_all(batch.source_id, [one.checked for one in tellings]), now)
    return len(gone), len(next_)


def _as_said(records: Iterable[int], now: datetime) -> dict[int, Checked]:
    """What records said, read from their texts again."""
    texts = Payload.objects.filter(record__in=list(records)).values_list("record_id", "record__withdrawn", "body")
    told = {number: Told.of(body) for number, _, body in texts}
    codes = Codes()
    codes.learn(told.values())
    return {number: check(one, codes, now) for number, one in told.items()}
