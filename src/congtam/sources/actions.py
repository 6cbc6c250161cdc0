"""What is done with sources: kept, given tokens, made authoritative for a datum, told their own counts."""

import secrets
from datetime import date, datetime, time
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from congtam.audit.actions import note
from congtam.history.actor import Actor
from congtam.history.laying import lay, put, stretch
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.orgs.models import Unit
from congtam.people.models import Post
from congtam.sources.mappings import site_mapping
from congtam.sources.models import Authority, Datum, OwnCount, Source, Token

MARK = "ct_"  # so that a token is recognised where somebody left it


def add_source(
    actor: Actor, code: str, name: str, *, owner: Post | None = None, due_time: time | None = None, first: date
) -> Source:
    """A system or person that hands over data from a day on. Raises `Refused` when the code is taken."""
    with transaction.atomic():
        if Source.objects.filter(code=code).exists():
            raise Refused(
                f"Mã nguồn “{code}” đã có. Chọn một mã khác.",
                f"There is a source “{code}” already. Choose another code.",
            )
        source = Source.objects.create(code=code, name=name, owner=owner, due_time=due_time, first=first)
        told = {"code": code, "name": name, "due_time": str(due_time or ""), "first": str(first)}
        note(actor, "sources.add_source", "source", source.pk, told)
    return source


def change_source(
    actor: Actor,
    source: Source,
    *,
    name: str,
    owner: Post | None = None,
    due_time: time | None = None,
    until: date | None = None,
) -> None:
    """What a source is called, who answers for it, until when of a day its data are promised, from when it is no longer
    used. Raises `Refused` when that lies before its first day."""
    if until is not None and until <= source.first:
        raise Refused(
            f"Ngày thôi dùng phải sau ngày bắt đầu {source.first:%d/%m/%Y}. Hãy sửa ngày.",
            f"It can only end after its first day, {source.first}. Correct the day.",
        )
    with transaction.atomic():
        Source.objects.filter(pk=source.pk).update(name=name, owner=owner, due_time=due_time, until=until)
        told = {
            "name": name,
            "owner": owner.pk if owner else None,
            "due_time": str(due_time or ""),
            "until": str(until),
        }
        note(actor, "sources.change_source", "source", source.pk, told)


def make_token(actor: Actor, source: Source, label: str, expires_at: datetime | None = None) -> str:
    """What a source signs its pushes with, in clear text: shown once, kept only as a digest."""
    clear = MARK + secrets.token_urlsafe(32)
    with transaction.atomic():
        told = {"label": label, "expires_at": expires_at, "made_by": actor.account}
        token = Token.objects.create(source=source, digest=token_digest(clear), **told)
        note(actor, "sources.make_token", "source", source.pk, {"token": token.pk, "label": label})
    return clear


def token_digest(clear: str) -> str:
    """What is kept of a token: it is random and long, so a plain digest gives nothing away."""
    return sha256(clear.encode()).hexdigest()


def revoke_token(actor: Actor, token: Token) -> None:
    """The token opens nothing from now on. Doing it twice changes nothing."""
    with transaction.atomic():
        if Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
            note(actor, "sources.revoke_token", "source", token.source_id, {"token": token.pk})


def keep_mapping(actor: Actor, source: Source, mapping: str) -> None:
    """The reviewed mapping of a source's files. Raises `Unusable` with every finding when it cannot be read."""
    site_mapping(mapping, f"{source.code}.yaml")
    with transaction.atomic():
        Source.objects.filter(pk=source.pk).update(mapping=mapping)
        note(actor, "sources.keep_mapping", "source", source.pk, {"mapping": mapping})
    source.mapping = mapping


def add_datum(actor: Actor, code: str, name: str, *, work_kind: str = "") -> Datum:
    """A kind of data that must have one source; `work_kind` is the kind of its items, empty for any. An
    existing one is renamed, and what it speaks of is folded again where the kind changes."""
    with transaction.atomic():
        datum, _ = Datum.objects.update_or_create(code=code, defaults={"name": name, "work_kind": work_kind})
        note(actor, "sources.add_datum", "datum", datum.pk, {"code": code, "name": name, "work_kind": work_kind})
    return datum


def set_authority(
    actor: Actor,
    datum: Datum,
    unit: Unit,
    source: Source,
    *,
    first: date,
    until: date | None = None,
    number: str = "",
) -> Authority:
    """The one authoritative source of a datum in a unit's tree from a day on, by a decision; the one before it ends the
    day before. Other sources are kept to be compared, and feed no score."""
    with in_order():
        new = Authority(datum=datum, unit=unit, source=source, days=stretch(first, until), number=number)
        row = lay(actor, new, Authority.standing().filter(datum=datum, unit=unit))
        told = {"unit": unit.pk, "source": source.pk, "first": str(first), "until": str(until), "number": number}
        note(actor, "sources.set_authority", "datum", datum.pk, told)
    return row


def record_own_count(actor: Actor, source: Source, day: date, count: int) -> OwnCount:
    """How many records a source says it received or made on a day; said again, the later figure counts."""
    if count < 0:
        raise Refused("Số đếm không thể âm. Hãy ghi số từ 0 trở lên.", "A count is 0 or more. Write it again.")
    with in_order():
        before = OwnCount.standing().filter(source=source, day=day).first()
        if before is not None and before.count == count:
            return before
        row = put(actor, OwnCount(source=source, day=day, count=count), instead_of=before)
        note(actor, "sources.own_count", "source", source.pk, {"day": str(day), "count": count})
    return row
