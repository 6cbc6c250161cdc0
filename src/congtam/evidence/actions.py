"""Handing in a file to an item."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.evidence.keeping import keep
from congtam.evidence.models import Evidence
from congtam.history.refused import Refused


def hand_in(
    seat: Seat, item: int, name: str, pieces: Iterable[bytes], said: str = "", *, now: datetime | None = None
) -> tuple[Evidence, bool]:
    """Hand in a file to an item; whoever asks was let through to the item before. What stands, and whether it was
    written now: the same file twice is one.
    Raises `Refused` for an account without a person, and as `keep` does."""
    if seat.person is None:
        raise Refused(
            "Tài khoản này không gắn với cán bộ nào nên không nộp minh chứng được. "
            "Hãy đăng nhập bằng tài khoản của người làm việc này.",
            "This account belongs to no official, so it cannot hand in evidence. Sign in as who does the work.",
        )
    stored, shown = keep(name, pieces)
    with transaction.atomic():
        made, new = Evidence.objects.get_or_create(
            item_id=item,
            file=stored,
            defaults={"name": shown, "note": said[:200], "by_id": seat.person, "at": now or timezone.now()},
        )
        if new:
            told = {"name": shown, "size": stored.size, "digest": stored.digest}
            note(seat.actor, "evidence.hand_in", "item", item, told)
    return made, new
