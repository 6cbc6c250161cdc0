"""Which scorecards the site scores, and the site's own choices."""

from datetime import date
from typing import Any

from congtam.audit.actions import note
from congtam.engine.findings import Unusable
from congtam.history.actor import Actor
from congtam.history.laying import lay, put, stretch, withdraw
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.registry.actions.deciding import changed, not_before_next_period
from congtam.registry.findings import refusal
from congtam.registry.models import Card, SiteChoice
from congtam.registry.queries import book


def add_card(actor: Actor, rulebook_id: str, scorecard: str, legal: bool, first: date) -> Card:
    """The site scores a scorecard of an adopted rulebook from a day on; `legal`: it decides for its people. The first
    time it may hold for days gone by, later not.

    Raises `Refused` when the rulebook is not adopted on that day, has no such card, or another legal card already
    decides for the same people.
    """
    with in_order():
        try:
            holding = book(rulebook_id, first)
        except Unusable as refused:
            raise refusal(refused.findings) from None
        if scorecard not in holding.scorecards:
            known = ", ".join(sorted(holding.scorecards))
            raise Refused(f"Bộ quy tắc không có bảng điểm “{scorecard}”; các bảng đang có: {known}.",
                          f"The rulebook has no scorecard “{scorecard}”; there are: {known}.")  # fmt: skip
        over = Card.standing().filter(rulebook=rulebook_id, scorecard=scorecard)
        if over.exists():
            not_before_next_period(first)
        if legal:
            _alone_by_law(rulebook_id, scorecard, first)
        card = Card(rulebook=rulebook_id, scorecard=scorecard, legal=legal, days=stretch(first, None))
        made = lay(actor, card, over)
        note(actor, "registry.add_card", "scorecard", made.seq,
             {"rulebook": rulebook_id, "scorecard": scorecard, "legal": legal, "first": first.isoformat()},
             )  # fmt: skip
    return made


def end_card(actor: Actor, card: Card, until: date) -> None:
    """The site no longer scores a card from `until` on (before its first day: never). Raises `Refused` when that would
    reach into a period that has begun."""
    with in_order():
        not_before_next_period(until)
        if until <= card.days.lower:
            withdraw(card)
        else:
            put(actor, changed(card, days=stretch(card.days.lower, until)), instead_of=card)
        note(actor, "registry.end_card", "scorecard", card.seq, {"until": until.isoformat()})


def set_choice(actor: Actor, name: str, value: Any, first: date, number: str = "") -> SiteChoice:
    """The site decides one thing for itself from a day on; `number` is that of the decision."""
    with in_order():
        same = SiteChoice.standing().filter(name=name, first=first).first()
        choice = SiteChoice(name=name, value=value, first=first, number=number)
        made = put(actor, choice, instead_of=same)
        note(actor, "registry.set_choice", "site_choice", made.seq,
             {"name": name, "value": value, "first": first.isoformat(), "number": number})  # fmt: skip
    return made


def _alone_by_law(rulebook_id: str, scorecard: str, first: date) -> None:
    """Raise `Refused` when another card by law is for the same people and period on some day from `first`."""
    mine = book(rulebook_id, first).scorecards[scorecard].model
    for other in Card.standing().filter(legal=True):
        itself = (other.rulebook, other.scorecard) == (rulebook_id, scorecard)
        if itself or (other.days.upper is not None and other.days.upper <= first):
            continue
        theirs = book(other.rulebook, max(first, other.days.lower)).scorecards[other.scorecard].model
        same = (mine.subject, mine.period) == (theirs.subject, theirs.period)
        if same and (not mine.staff_kind or not theirs.staff_kind or set(mine.staff_kind) & set(theirs.staff_kind)):
            raise Refused(
                f"Bảng “{theirs.title.vi}” đã là kết quả theo luật của cùng những người này; mỗi người chỉ có một "
                "bảng theo luật. Hãy thêm bảng này để tham khảo, hoặc thôi dùng bảng kia trước.",
                f"“{theirs.title.en}” already decides by law for the same people; each has one card by law. Add this "
                "one beside it, or end the other first.",
            )
