"""Rows set aside are mended and handed in again: each takes the place of the row it came from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from congtam.files.drafting import mended_draft
from congtam.files.mapping import Level
from congtam.files.records import BadRow, Rejected
from congtam.files.set_aside import Repairs
from congtam.history.actor import Actor
from congtam.intake.accepting import cleaned
from congtam.intake.actions import accept
from congtam.intake.closing import close
from congtam.intake.models import SetAside, Upload
from congtam.intake.rows import place_of, repairs_of, told, unread
from congtam.intake.telling import Outcome, Told, Unread
from congtam.intake.uploads import mend_upload
from congtam.intake.words import Problem
from congtam.sources.mappings import site_mapping
from congtam.sources.models import Source

Cells = Mapping[str, Any]


def replay(
    actor: Actor, set_aside_ids: Iterable[int], mended: Mapping[int, Cells] | None = None, reason: str = ""
) -> list[Outcome]:
    """Hand rows set aside in again, with the cells that were mended; the others as they are, for a code they name may
    be known by now. One outcome per source and file. What still cannot be used is set aside anew; the old row closes.

    Raises `Unusable` when the mapping of a file cannot be read any more, and `Refused` as of `mend_upload`.
    """
    rows = SetAside.objects.filter(pk__in=list(set_aside_ids), state="open").select_related("batch__upload__source")
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
    """Rows that make an item only together: the whole file is read with the repairs in their places, and the items
    they belong to are taken in."""
    repairs: Repairs = {}
    for row in rows:
        repairs |= repairs_of(row.place, row.cells)
    with transaction.atomic():
        outcome = mend_upload(actor, upload, repairs, reason=reason)
        if outcome is not None:
            _close(actor, rows, outcome.batch)
    return outcome


def _close(actor: Actor, rows: list[SetAside], batch: int) -> None:
    """Close rows, and keep their cells as they were mended: the file is read with them from now on."""
    for row in rows:
        row.cells = cleaned(dict(row.cells))
    SetAside.objects.bulk_update(rows, ["cells"])
    close(actor, SetAside.objects.filter(pk__in=[row.pk for row in rows]), "replayed", batch)
