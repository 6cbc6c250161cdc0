"""Rows set aside are closed: replayed, or dropped."""

from django.db import transaction
from django.db.models import F, Func, QuerySet, Value
from django.utils import timezone

from congtam.history.actor import Actor
from congtam.intake.models import Batch, SetAside


def close(actor: Actor, rows: QuerySet[SetAside], state: str, replayed_in: int | None = None) -> None:
    """Close rows. Cells are working material: those of a pushed record lose the applicant's phone, of which nothing but
    a digest is ever kept; those of a file keep what the file itself says."""
    without_phone = Func(F("cells"), Value("phone"), arg_joiner=" - ", template="(%(expressions)s)")
    closed = {"state": state, "replayed_in": replayed_in, "closed_by": actor.account, "closed_at": timezone.now()}
    with transaction.atomic():
        rows.filter(batch__in=Batch.objects.filter(upload=None)).update(cells=without_phone)
        rows.update(**closed)
