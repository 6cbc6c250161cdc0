"""Items of different sources that may be the same work: proposed by number and symbol, decided by a person."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from congtam.audit.actions import note
from congtam.history.actor import Actor
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.work.appending import Line, append, mark
from congtam.work.models import SameWork, Share


def waiting_among(items: Collection[int]) -> list[SameWork]:
    """The proposals about any of the items that nobody has decided on, the oldest first. One query."""
    found = SameWork.objects.filter(Q(one__in=items) | Q(other__in=items), state="proposed")
    return list(found.order_by("pk"))


def holders_of(proposals: Iterable[SameWork]) -> dict[int, frozenset[int]]:
    """Everybody who holds a part of either item, by number of the proposal. One query."""
    told = list(proposals)
    items = {item for one in told for item in (one.one_id, one.other_id)}
    held: dict[int, set[int]] = defaultdict(set)
    for item, person in Share.objects.filter(item__in=items).values_list("item", "official") if items else ():
        held[item].add(person)
    return {one.pk: frozenset(held[one.one_id] | held[one.other_id]) for one in told}


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
