"""Where work stands, as the columns of a board: derived from the shares and from what waits for an answer."""

from datetime import timedelta

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from congtam.desk.models import Question
from congtam.engine.periods import Period, PeriodKind, local_day
from congtam.work.lists import STOPS, Sight
from congtam.work.models import Share

COLUMNS = ("untaken", "in_hand", "waiting", "delivered", "returned", "done")
LOOKED_BACK = timedelta(days=31)  # no delivery waits longer: three working days, with whatever holidays between


def on_board(shares: QuerySet[Share], sight: Sight) -> QuerySet[Share]:
    """Shares as `lists.found` gives them with their `column`; without one, a share does not stand on a board.

    `waiting`: the clock stands for others, the holder asked not to take it, or another unit was asked for a part of it
    and has not answered. `delivered`: silence has not accepted it yet. `returned`: came back and was not delivered
    again. `done`: finished in the running month.
    """
    month = Period.of(PeriodKind.MONTH, local_day(sight.now)).start
    asked = Question.objects.filter(state="open")
    delivered = Exists(
        asked.filter(kind="acceptance", item=OuterRef("item"), by=OuterRef("official"), until__gt=sight.now)
    )
    unanswered = Exists(asked.filter(kind="refusal", item=OuterRef("item"), by=OuterRef("official"))) | Exists(
        asked.filter(kind__in=("coordination", "escalation"), item__brief__part_of=OuterRef("item"))
    )
    finished = Q(state="finished")
    column = Case(
        When(finished & delivered, then=Value("delivered")),
        When(finished & Q(finished_at__gte=month), then=Value("done")),
        When(~Q(state="open"), then=None),
        When(stop__in=[*STOPS], then=Value("waiting")),
        When(unanswered, then=Value("waiting")),
        When(item__standing__returns__gt=0, then=Value("returned")),
        When(taken_up_at=None, then=Value("untaken")),
        default=Value("in_hand"),
        output_field=CharField(),
    )
    return shares.filter(lasts_until__gte=min(month, sight.now - LOOKED_BACK)).annotate(column=column)


def asked_of(shares: list[tuple[int, int]]) -> dict[tuple[int, int], list[str]]:
    """What waits for an answer about each of these items, asked by their holders: kinds by item and person. One
    query."""
    waiting = Question.objects.filter(
        state="open", kind__in=("more_time", "refusal"), item__in=[item for item, _ in shares]
    )
    found: dict[tuple[int, int], list[str]] = {}
    for item, by, kind in waiting.order_by("asked_at").values_list("item", "by", "kind"):
        found.setdefault((item, by), []).append(kind)
    return found
