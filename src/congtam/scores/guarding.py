"""What is counted beside scores, row by row where it fails together: a bad row does not stop the others."""

from collections.abc import Callable, Sequence

import structlog
from django.db import InterfaceError, OperationalError, transaction

from congtam.scores.models import Live

log = structlog.get_logger(__name__)
AWAY = (OperationalError, InterfaceError)  # the database itself, not what it was told


def keep_counting(field: str, rows: Sequence[Live], count: Callable[[Sequence[Live]], None]) -> None:
    """Count a column of live scores. A row that cannot be counted gets an empty one, so that it is not tried again
    before it is made anew. Raises what `AWAY` names."""
    try:
        with transaction.atomic():
            count(rows)
    except AWAY:
        raise
    except Exception as problem:
        if len(rows) > 1:
            for row in rows:
                keep_counting(field, [row], count)
            return
        log.error("not_counted", person=rows[0].person_id, card=rows[0].card, period=rows[0].period, exc_info=problem)
        Live.objects.filter(pk=rows[0].pk, made_at=rows[0].made_at).update(**{field: {}})
