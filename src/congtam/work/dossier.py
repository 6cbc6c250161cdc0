"""Where a dossier is, for its applicant: asked by its code and the last digits of the phone it was handed in with."""

import hmac
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from congtam.engine.periods import local_day
from congtam.people.queries import posts_held
from congtam.work.appending import symbol_key
from congtam.work.lists import Filters, Row, Sight, found, rows
from congtam.work.lookup import DIGITS, lookup_digest
from congtam.work.models import ItemText, Share

MOST_ALIKE = 20  # dossiers of one code, over all sources


@dataclass(frozen=True)
class Whereabouts:
    """Where a dossier stands: `state` finished, cancelled, waiting_applicant, waiting_other, in_hand or arrived (nobody
    has it yet), and since when. On whose desk: the unit by number, the post in words, the official by number. Nothing
    is told of the applicant, so neither its title."""

    code: str
    procedure: str
    state: str
    since: datetime
    received_at: datetime
    promised_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    extensions: int
    unit: int | None
    post: str
    official: int | None


def whereabouts(code: str, digits: str, sight: Sight) -> Whereabouts | None:
    """The dossier of a code, if the digits are those of its applicant's phone; None otherwise, whichever is wrong."""
    text = _proven(code.strip(), digits)
    if text is None:
        return None
    standing = text.item.standing
    shares = found(_holders(text.item_id), Filters(sort="received", down=True), sight).filter(item=text.item_id)
    held = [row for row in rows(shares) if row.state not in ("finished", "finished_late", "passed_on")]
    lead = next((row for row in held if row.role == "lead"), held[0] if held else None)
    state, since = _stands(text, lead)
    return Whereabouts(
        code=text.symbol or text.item.key,
        procedure=standing.procedure or "",
        state=state,
        since=since,
        received_at=standing.received_at,
        promised_at=standing.promised_at,
        due_at=standing.due_at,
        finished_at=standing.finished_at,
        extensions=standing.extensions,
        unit=lead.unit if lead else standing.unit_id,
        post=_post(lead, sight.now) if lead else "",
        official=lead.official if lead else None,
    )


def _proven(code: str, digits: str) -> ItemText | None:
    """The text of the dossier; the work done is the same whether there is one or not."""
    named = Q(item__key=code) | Q(symbol_key=symbol_key(code), symbol_key__gt="")
    alike = ItemText.objects.filter(named, lookup_digest__isnull=False, item__standing__isnull=False)
    candidates = list(alike.select_related("item__standing").order_by("-item")[:MOST_ALIKE])
    nobody = [(b"", b"")] * (MOST_ALIKE - len(candidates))
    proofs = [(bytes(one.lookup_salt), bytes(one.lookup_digest)) for one in candidates] + nobody
    right = [hmac.compare_digest(lookup_digest(salt, digits), kept) for salt, kept in proofs]
    good = len(digits) == DIGITS and digits.isascii() and digits.isdigit()
    return next((one for one, holds in zip(candidates, right, strict=False) if holds and good), None)


def _holders(item: int) -> frozenset[int]:
    return frozenset(Share.objects.filter(item=item).values_list("official", flat=True))


def _stands(text: ItemText, lead: Row | None) -> tuple[str, datetime]:
    standing = text.item.standing
    if standing.finished_at is not None:
        return "finished", standing.finished_at
    if standing.state == "cancelled":
        return "cancelled", standing.received_at
    if lead is None:
        return "arrived", standing.received_at
    return ("in_hand", lead.received_at) if not lead.waiting else (f"waiting_{lead.waiting}", lead.since)


def _post(row: Row, now: datetime) -> str:
    """The title of the post in the unit that has it, as the official holds it today."""
    posts = list(posts_held(row.official, local_day(now)))
    here = [post.title for post in posts if post.unit_id == row.unit] or [post.title for post in posts]
    return here[0] if here else ""
