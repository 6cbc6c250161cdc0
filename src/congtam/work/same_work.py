"""Items of different sources that may be the same work: proposed by number and symbol, decided by a person."""

from collections.abc import Sequence

from django.db import connection
from django.utils import timezone

from congtam.audit.actions import note
from congtam.history.actor import Actor
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.work.appending import Line, append, mark
from congtam.work.models import SameWork


def propose(items: Sequence[int]) -> None:
    """Propose, for each item, the items of other sources with the same number and symbol."""
    if not items:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO work_samework (one_id, other_id, why, state)
            SELECT DISTINCT least(text.item_id, near.item_id), greatest(text.item_id, near.item_id), text.symbol_key,
                'proposed'
            FROM work_itemtext text
            JOIN work_item item ON item.id = text.item_id
            JOIN work_itemtext near ON near.symbol_key = text.symbol_key
            JOIN work_item other ON other.id = near.item_id AND other.source_id <> item.source_id
            WHERE text.item_id = ANY(%s) AND text.symbol_key <> ''
            ON CONFLICT (one_id, other_id) DO NOTHING
            """,
            [list(items)],
        )


def confirm(actor: Actor, proposal: SameWork, counts_in: int) -> None:
    """The two items are the same work, which counts once: in the item `counts_in`, one of the two. Raises `Refused`."""
    pair = {proposal.one_id, proposal.other_id}
    if counts_in not in pair:
        raise Refused(
            "Công việc được chọn không thuộc cặp này. Hãy chọn một trong hai công việc.",
            "The item chosen is not one of the two. Choose one of them.",
        )
    [doubled] = pair - {counts_in}
    with in_order():
        _decide(actor, proposal, "confirmed")
        now = timezone.now()
        append([Line(doubled, now, "same_as", None, None, "", str(counts_in), "", "{}", None, "")], now)
        mark(pair)
        note(actor, "work.same_as", "item", doubled, {"counts_in": counts_in})


def refuse(actor: Actor, proposal: SameWork) -> None:
    """The two are different works; they are not proposed again. Raises `Refused` when it was decided already."""
    with in_order():
        _decide(actor, proposal, "refused")
        note(actor, "work.not_same", "item", proposal.one_id, {"other": proposal.other_id})


def _decide(actor: Actor, proposal: SameWork, state: str) -> None:
    waiting = SameWork.objects.filter(pk=proposal.pk, state="proposed")
    if not waiting.update(state=state, decided_by=actor.account, decided_at=timezone.now()):
        raise Refused(
            "Đề nghị này đã được người khác quyết định. Hãy mở lại trang để xem kết quả.",
            "Somebody else has decided on this already. Open the page again to see how.",
        )
