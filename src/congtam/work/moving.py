"""A head hands open work on to somebody else of the unit: an event like any other, appended and never edited."""

import json

from django.utils import timezone

from congtam.audit.actions import note
from congtam.engine.facts.cells import instant_text
from congtam.history.actor import Actor
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.people.models import Person
from congtam.work.appending import Line, append, mark
from congtam.work.models import Event, Share


def own_due(share: Share) -> bool:
    """Whether a share has a deadline of its own that still lies ahead: it is handed on with the work."""
    due = share.due_at
    return due is not None and due != share.item.standing.due_at and due > timezone.now()


def _moved_since(share: Share) -> bool:
    """Whether it was handed on since it was last folded: pressed twice, it is handed on once."""
    events = Event.objects.filter(item=share.item_id, activity="passed_on", official=share.official_id)
    return events.filter(seq__gt=share.item.standing.seq).exists()


def pass_on(actor: Actor, share: Share, receiver: Person, reason: str = "") -> None:
    """Hand an open share on to `receiver`, who has it from now on with the same deadline. The reason goes into the
    journal, apart from the facts. Raises `Refused` when it is no longer open, or the receiver has a part in it."""
    with in_order():
        now = timezone.now()
        open_ = Share.objects.select_related("item__standing").filter(
            item=share.item_id, official=share.official_id, state="open"
        )
        standing = open_.first()
        if standing is None or _moved_since(standing):
            raise Refused(
                "Việc này vừa được xong hoặc đã chuyển. Hãy mở lại trang để xem ai đang giữ.",
                "This work was finished or passed on just now. Open the page again to see who has it.",
            )
        if Share.objects.filter(item=share.item_id, official=receiver.pk, state="open").exists():
            raise Refused(
                "Người nhận đang cùng làm việc này rồi. Hãy chọn người khác.",
                "The receiver has a part in this work already. Choose somebody else.",
            )
        told = {"from": standing.official_id, "to": receiver.pk, **({"reason": reason} if reason else {})}
        entry = note(actor, "work.pass_on", "item", share.item_id, told)
        given = {"due_at": instant_text(standing.due_at)} if own_due(standing) and standing.due_at else {}
        place = f"journal {entry.pk}"
        line = Line(
            share.item_id, now, "passed_on", standing.official_id, None, str(receiver.pk), "", "", json.dumps(given),
            None, place,
        )  # fmt: skip
        append([line], now)
        mark([share.item_id])
