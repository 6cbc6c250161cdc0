"""Rows set aside are mended and handed in again: each takes the place of the row it came from.

Rows that make a record only together are read again with their whole file: by the worker, unless it is a small one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from congtam.audit.actions import note
from congtam.files.drafting import mended_draft
from congtam.files.mapping import Level
from congtam.files.records import BadRow, Rejected
from congtam.history.actor import Actor
from congtam.intake.accepting import cleaned
from congtam.intake.actions import accept, begin_batch
from congtam.intake.closing import close
from congtam.intake.models import SetAside, Upload
from congtam.intake.reading import go_on_mending
from congtam.intake.rows import place_of, told, unread
from congtam.intake.telling import Outcome, Told, Unread
from congtam.intake.uploads import at_rest, leave_to_worker
from congtam.intake.words import Problem
from congtam.sources.mappings import site_mapping
from congtam.sources.models import Source

AT_ONCE = 2000  # rows of a file that is read while the caller waits
Cells = Mapping[str, Any]


def replay(
    actor: Actor, set_aside_ids: Iterable[int], mended: Mapping[int, Cells] | None = None, reason: str = ""
) -> list[Outcome]:
    """Hand rows set aside in again, with the cells that were mended; the others as they are, for a code they name may
    be known by now. One outcome per source and file. What still cannot be used is set aside anew; the old row closes.
    Where rows of a file make a record only together the file is read again: by the worker, when it has over 2,000 rows.

    Raises `Unusable` when the mapping of a file cannot be read any more, and `Refused` while such a file is read, or a
    batch of it is withdrawn.
    """
    open_ = SetAside.objects.filter(pk__in=list(set_aside_ids), state="open", replayed_in=None)
    rows = open_.select_related("batch__upload__source")
    groups: dict[tuple[int, int | None], list[SetAside]] = defaultdict(list)
    for row in rows.order_by("pk"):
        if mended and row.pk in mended:
            row.cells = dict(mended[row.pk])
        groups[row.batch.source_id, row.batch.upload_id].append(row)
    return [one for own in groups.values() if (one := _replay(actor, own, reason)) is not None]


def _replay(actor: Actor, rows: list[SetAside], reason: str) -> Outcome | None:
    source, upload = rows[0].batch.source, rows[0].batch.upload
    if upload is None:
        return _hand_in(actor, source, None, rows, [_again(row, _pushed(row)) for row in rows], reason)
    mapping = site_mapping(upload.mapping, f"{source.code}.yaml")
    if mapping.item is Level.CASE and mapping.source.is_table:
        return _read_again(actor, upload, rows, reason)
    records: list[Told | Unread] = []
    for row in rows:
        place = place_of(row.place)
        try:
            records.append(_again(row, told(*mended_draft(mapping, place, row.cells))))
        except Rejected as error:
            records.append(_again(row, unread(BadRow(place, error.reason, row.cells))))
    return _hand_in(actor, source, upload, rows, records, reason)


def _again(row: SetAside, record: Told | Unread) -> Told | Unread:
    """A record that is as old as the row it was made of."""
    return record._replace(came_in=row.came_in or row.batch_id)


def _pushed(row: SetAside) -> Told | Unread:
    try:
        return Told.of(row.cells, row.cells.get("version"), row.place)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        why = f"{error.args[0]}: Field required" if isinstance(error, KeyError) else str(error)
        problem = Problem("not-a-record", why=why)
        return Unread(row.place, problem.code, problem.message, problem.advice, row.cells)


def _hand_in(
    actor: Actor,
    source: Source,
    upload: Upload | None,
    rows: list[SetAside],
    records: list[Told | Unread],
    reason: str,
) -> Outcome:
    with transaction.atomic():
        outcome = accept(actor, source, records, kind="mend", upload=upload, reason=reason)
        _close(actor, rows, outcome.batch)
    return outcome


def _read_again(actor: Actor, upload: Upload, rows: list[SetAside], reason: str) -> Outcome | None:
    """Rows that make a record only together: the whole file is read with the repairs in their places, and the records
    they belong to are taken in. They stay open until then. None when others were faster."""
    with transaction.atomic():
        kept = at_rest(upload)
        still = SetAside.objects.filter(pk__in=[row.pk for row in rows], state="open", replayed_in=None)
        left = set(still.values_list("pk", flat=True))
        if not left:
            return None
        mend = begin_batch(actor, kept.source, "mend", kept, reason)
        _keep_cells([row for row in rows if row.pk in left])
        still.update(replayed_in=mend)
        if kept.state == "done" and kept.report["rows_read"] <= AT_ONCE:
            return go_on_mending(actor, kept, mend) or Outcome(mend.pk, ended=False)
        note(actor, "intake.begin_mend", "batch", mend.pk, {"rows": len(left), "reason": mend.reason})
        leave_to_worker(kept)
    return Outcome(mend.pk, ended=False)


def _close(actor: Actor, rows: list[SetAside], batch: int) -> None:
    _keep_cells(rows)
    close(actor, SetAside.objects.filter(pk__in=[row.pk for row in rows]), "replayed", batch)


def _keep_cells(rows: list[SetAside]) -> None:
    """Keep the cells as they were mended: the file is read with them from now on."""
    for row in rows:
        row.cells = cleaned(dict(row.cells))
    SetAside.objects.bulk_update(rows, ["cells"])
