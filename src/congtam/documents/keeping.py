"""Papers kept by their digest: what was made and what was signed, each version once and for good."""

from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from congtam.audit.actions import note
from congtam.documents.codes import address_of, new_code
from congtam.documents.models import KeptPaper
from congtam.documents.papers import Paper, kind_of
from congtam.evidence.keeping import keep, opened
from congtam.history.actor import Actor
from congtam.history.refused import Refused

__all__ = ["address_of", "file_of", "keep_paper", "latest", "new_code", "next_version", "papers_of"]


def keep_paper(
    actor: Actor,
    paper: Paper,
    content: bytes,
    form: str,
    *,
    agency: int,
    period: str,
    now: datetime,
    seal: int | None = None,
    person: int | None = None,
) -> KeptPaper:
    """Keep a paper as it was made, under the code in its header. `seal`: of which seal it tells; `person`: whom alone
    it is about. Raises `Refused` when a paper of this code and form is there, or the disk is full."""
    header = paper.header
    first = KeptPaper(
        code=header.code,
        form=form,
        version=1,
        kind=kind_of(paper),
        agency_id=agency,
        period=period,
        seal=seal,
        person_id=person,
        number=header.number,
        dated=header.day,
        made_by=actor.account,
        at=now,
    )
    return _write(actor, first, content)


def next_version(
    actor: Actor, before: KeptPaper, content: bytes, *, signed_by: int, for_agency: bool, signer: str, now: datetime
) -> KeptPaper:
    """The same paper, signed. Raises `Refused` when somebody else wrote a version meanwhile."""
    told = {
        one.attname: getattr(before, one.attname) for one in KeptPaper._meta.concrete_fields if one.name != "id"
    } | {"version": before.version + 1, "signed_by_id": signed_by, "for_agency": for_agency, "signer": signer}
    return _write(actor, KeptPaper(**told | {"made_by": actor.account, "at": now}), content)


def latest(code: str, form: str = "pdf") -> KeptPaper | None:
    """The last version of a paper; None when there is none."""
    return KeptPaper.objects.filter(code=code, form=form).order_by("-version").first()


def papers_of(agency: int, period: str, **only: object) -> "QuerySet[KeptPaper]":
    """The last version of every paper of a period, in the order they were made; `only` as in a filter (kind, seal)."""
    rows = KeptPaper.objects.filter(agency=agency, period=period, **only).order_by("code", "form", "-version")
    last = rows.distinct("code", "form").values("pk")
    return KeptPaper.objects.filter(pk__in=last).select_related("file").order_by("pk")


def file_of(kept: KeptPaper) -> Path:
    """The file on the disk. Raises `Refused` when it is gone or was changed outside of the product."""
    return opened(kept.file)


def _write(actor: Actor, new: KeptPaper, content: bytes) -> KeptPaper:
    new.file, _ = keep(f"{new.code}.{new.form}", [content])
    try:
        with transaction.atomic():
            new.save(force_insert=True)
            told = {"code": new.code, "kind": new.kind, "version": new.version, "digest": new.file_id}
            action = "documents.sign" if new.signer else "documents.keep"
            note(actor, action, "paper", new.pk, told)
    except IntegrityError:
        raise Refused(
            "Văn bản này vừa được người khác lập hoặc ký một bản mới. Chưa ghi gì thêm. Hãy tải lại trang và xem bản "
            "mới nhất.",
            "Somebody else made or signed another version of this paper just now. Nothing was written. Load the page "
            "again and look at the latest.",
        ) from None
    return new
