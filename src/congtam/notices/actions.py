"""What people set about being told: their ways and hours, the address of their calendar, the hooks of the site."""

import secrets
from datetime import datetime, time
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.history.refused import Refused
from congtam.notices.hooks import ENDED, checked
from congtam.notices.models import Digest, Feed, Hook, Sending, Ways


def choose_ways(seat: Seat, *, email: bool, webhook: bool, loud_from: time, loud_until: time) -> None:
    """How somebody wants their digest from now on. Raises `Refused` when the hours do not follow, or for an account
    without a person."""
    if seat.person is None:
        raise Refused(
            "Tài khoản này không gắn với cán bộ nào nên không có bản tin.",
            "This account belongs to no official, so there is no digest for it.",
        )
    if loud_from >= loud_until:
        raise Refused(
            "Giờ bắt đầu nhận phải trước giờ kết thúc. Hãy chọn lại hai giờ.",
            "The hours must begin before they end. Choose them again.",
        )
    chosen = {"email": email, "webhook": webhook, "loud_from": loud_from, "loud_until": loud_until}
    Ways.objects.update_or_create(person_id=seat.person, defaults=chosen)


def see_digests(person: int, now: datetime) -> None:
    """The person opened them: nothing is unread."""
    Digest.objects.filter(person=person, seen_at=None).update(seen_at=now)


def make_feed(seat: Seat, *, now: datetime | None = None) -> str:
    """A new secret address for the calendar of one's own deadlines, in clear text: shown once, kept only as a digest.
    The one before opens nothing from now on."""
    clear, at = secrets.token_urlsafe(32), now or timezone.now()
    with transaction.atomic():
        Feed.objects.filter(account=seat.account, revoked_at=None).update(revoked_at=at)
        Feed.objects.create(account_id=seat.account, digest=feed_digest(clear), made_at=at)
        note(seat.actor, "notices.make_feed", "account", seat.account)
    return clear


def revoke_feed(seat: Seat, *, now: datetime | None = None) -> None:
    """The calendar address opens nothing from now on. Doing it twice changes nothing."""
    with transaction.atomic():
        if Feed.objects.filter(account=seat.account, revoked_at=None).update(revoked_at=now or timezone.now()):
            note(seat.actor, "notices.revoke_feed", "account", seat.account)


def feed_digest(clear: str) -> str:
    """What is kept of the address: it is random and long, so a plain digest gives nothing away."""
    return sha256(clear.encode()).hexdigest()


def add_hook(seat: Seat, url: str) -> Hook:
    """An address outside that gets counts from now on. Raises `Refused` when it is no HTTPS address, or kept
    already."""
    kept = checked(url)
    with transaction.atomic():
        if Hook.objects.filter(url=kept, ended_at=None).exists():
            raise Refused("Địa chỉ này đã có trong danh sách.", "This address is in the list already.")
        hook = Hook.objects.create(url=kept)
        note(seat.actor, "notices.add_hook", "hook", hook.pk, {"url": kept})
    return hook


def end_hook(seat: Seat, hook: Hook, *, now: datetime | None = None) -> None:
    """Nothing is sent there from now on, nor what still waits. Doing it twice changes nothing."""
    at = now or timezone.now()
    with transaction.atomic():
        if Hook.objects.filter(pk=hook.pk, ended_at=None).update(ended_at=at):
            Sending.objects.filter(hook=hook, next_at__isnull=False).update(next_at=None, given_up_at=at, why=ENDED)
            note(seat.actor, "notices.end_hook", "hook", hook.pk)
