"""Looking into differences between live scores and nightly runs."""

from django.db import transaction

from congtam.audit.actions import note
from congtam.history.actor import Actor
from congtam.scores.models import Difference


def see_differences(actor: Actor, run: int) -> int:
    """Somebody looked into the differences a run found; how many were open. Doing it twice changes nothing."""
    with transaction.atomic():
        open_ = Difference.objects.filter(run=run, seen_by__isnull=True)
        count = open_.update(seen_by=actor.account)
        if count:
            note(actor, "system.seen_difference", "run", run, {"count": count})
    return count
