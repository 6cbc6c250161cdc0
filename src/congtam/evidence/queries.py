"""Evidence of items."""

from django.db.models import QuerySet

from congtam.evidence.models import Evidence


def evidence_of(item: int) -> QuerySet[Evidence]:
    """What was handed in to an item, in order, with its file."""
    return Evidence.objects.filter(item=item).select_related("file", "by__text").order_by("at", "pk")
