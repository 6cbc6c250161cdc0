"""The work an achievement stands on, by the words people have for it."""

from collections.abc import Iterable

from django.db.models import Q

from congtam.history.refused import Refused
from congtam.work.models import Item, Share

MOST = 5  # so many are named when more than one may be meant


def work_meant(said: str, people: Iterable[int]) -> int:
    """The one piece of work of these people whose title holds the words, or whose code they are. Raises `Refused`
    where there is none, or more than one."""
    text = said.strip()
    shared = Share.objects.filter(official__in=list(people)).values("item")
    own = Item.objects.filter(pk__in=shared).select_related("text").order_by("-pk")
    found = list(own.filter(key__iexact=text)[:2]) or list(own.filter(_named(text))[: MOST + 1])
    if len(found) == 1:
        return found[0].pk
    if not found:
        raise Refused(
            f"Những người được đề xuất không có việc nào tên hoặc mã “{text}”. Xem tên việc ở trang Công việc.",
            f"None of these people has work called “{text}”. Look it up on the page Work.",
        )
    named = "; ".join(f"{_title(one)} ({one.key})" for one in found[:MOST])
    raise Refused(
        f"Có nhiều việc khớp với “{text}”: {named}. Hãy ghi mã của một việc.",
        f"More than one may be meant by “{text}”: {named}. Write the code of one.",
    )


def title_of(item: int) -> str:
    """What a piece of work is called; its code where it has no title, or where that was erased."""
    return _title(Item.objects.select_related("text").get(pk=item))


def _named(text: str) -> Q:
    return Q(text__title__icontains=text) | Q(text__symbol__iexact=text)


def _title(one: Item) -> str:
    text = getattr(one, "text", None)
    return (text.title if text else "") or one.key
