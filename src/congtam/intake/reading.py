"""What a file says: shown as it would be taken in, taken in, and taken in again where rows of it were mended."""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import asdict
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import current_thread
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from congtam.engine.findings import Unusable
from congtam.files.drafting import Drafting
from congtam.files.mapping import Mapping
from congtam.files.report import Progress
from congtam.files.set_aside import Repairs
from congtam.history.actor import Actor
from congtam.intake.actions import accept
from congtam.intake.checking import Codes, check
from congtam.intake.closing import close
from congtam.intake.models import Batch, SetAside, Upload
from congtam.intake.rows import as_told, repairs_of
from congtam.intake.telling import Outcome, Told, Unread
from congtam.intake.uploads import file_of
from congtam.intake.words import Problem, refusal
from congtam.sources.mappings import site_mapping


class Preview(NamedTuple):
    """One row as it would be taken in: `problem` and `advice` say why it would be set aside, empty when it is used."""

    place: str
    key: str
    told: Told | None
    problem: str = ""
    advice: str = ""


def preview(upload: Upload, mapping: str, rows: int = 20) -> list[Preview]:
    """The first rows, as they would be taken in by a mapping. Raises `Unusable`."""
    now, codes = timezone.now(), Codes()
    with closing(_read(*_drafting(upload, mapping))) as read:
        found = list(islice(read, rows))
    codes.learn(one for one in found if isinstance(one, Told))
    seen = []
    for one in found:
        if not isinstance(one, Told):
            seen.append(Preview(one.place, "", None, one.message, one.advice))
            continue
        try:
            check(one, codes, now)
            seen.append(Preview(one.place, one.key, one))
        except Problem as problem:
            seen.append(Preview(one.place, one.key, one, problem.message, problem.advice))
    return seen


def read_upload(actor: Actor, upload: Upload) -> Outcome | None:
    """Take in a file, with the repairs made to it before. One that was cut off goes on where it stopped. None when it
    cannot be read: the upload then says why, and the file is kept."""
    batches = Batch.objects.filter(upload=upload, kind="upload").order_by("pk")
    first, open_ = batches.first(), batches.filter(ended_at=None).last()
    return _take_in(actor, upload, _repairs_kept(upload, open_), partial(_as_old_as, first), Q, open_)


def mend_under_way(upload: Upload) -> Batch | None:
    """The mend of rows of a file that was begun and is not over."""
    return Batch.objects.filter(upload=upload, kind="mend", ended_at=None).order_by("pk").last()


def go_on_mending(actor: Actor, upload: Upload, mend: Batch) -> Outcome | None:
    """Bring a mend to its end, from where it was cut off: the whole file is read, and taken in of it what it says where
    the rows that wait for the mend belong, as they were mended. None as of `read_upload`."""
    repairs: Repairs = {}
    for row in SetAside.objects.filter(replayed_in=mend, state="open").order_by("pk"):
        repairs |= repairs_of(row.place, row.cells)
    first = Batch.objects.filter(upload=upload).order_by("pk").first()
    places: set[str] = set()  # known when they were read

    def chosen(rows: Iterator[Told | Unread]) -> Iterator[Told | Unread]:
        return _as_old_as(first, _touched(rows, repairs, places))

    def again() -> Q:
        return Q(place__in=places) | Q(replayed_in=mend)

    return _take_in(actor, upload, _repairs_kept(upload, mend) | repairs, chosen, again, mend)


def refuse(upload: Upload, why: str) -> None:
    """Say that a file cannot be read to its end, and why; it can be mended and read again. What was taken in before it
    broke off can be withdrawn, and rows that waited for a mend are open again, as they were mended."""
    problem = f"Tệp không đọc được đến hết; tệp vẫn được giữ.\n{why}"
    with transaction.atomic():
        SetAside.objects.filter(batch__upload=upload, state="open").update(replayed_in=None)
        Batch.objects.filter(upload=upload, ended_at=None).update(ended_at=timezone.now())
        Upload.objects.filter(pk=upload.pk).update(state="refused", problem=problem)


def _drafting(upload: Upload, mapping: str, repairs: Repairs | None = None) -> tuple[Drafting, Mapping]:
    mapped = site_mapping(mapping, f"{upload.source.code}.yaml")
    return Drafting([file_of(upload)], mapped, timezone.now(), repairs), mapped


def _read(
    drafting: Drafting, mapping: Mapping, progress: Callable[[Progress], None] | None = None
) -> Generator[Told | Unread, None, None]:
    """The records of a file; nothing but a scratch folder is written."""
    with TemporaryDirectory(prefix="congtam-rows-") as scratch:
        yield from as_told(drafting.drafts(Path(scratch), progress), mapping)


def _take_in(
    actor: Actor,
    upload: Upload,
    repairs: Repairs,
    chosen: Callable[[Iterator[Told | Unread]], Iterator[Told | Unread]],
    again: Callable[[], Q],
    batch: Batch | None,
) -> Outcome | None:
    """Take in the chosen rows of a file. Of the rows that earlier readings set aside, those that it read `again` (asked
    at its end) are closed: what must be was set aside anew."""
    kept = Upload.objects.filter(pk=upload.pk)
    kept.update(state="reading")
    how_far = _HowFar(kept)
    try:
        drafting, mapping = _drafting(upload, upload.mapping, repairs)

        def ended(number: int) -> None:
            earlier = SetAside.objects.filter(again(), batch__upload=upload, batch__lt=number, state="open")
            close(actor, earlier, "replayed", number)
            kept.update(state="done", problem="", report=drafting.report.as_dict())

        with closing(_read(drafting, mapping, how_far.hear)) as rows:
            return accept(
                actor,
                upload.source,
                chosen(rows),
                kind="upload",
                upload=upload,
                batch=batch,
                after=how_far.write,
                at_end=ended,
            )
    except (Unusable, OSError) as error:
        refuse(upload, refusal(error))
        return None


class _HowFar:
    """How far a reading is: heard wherever the file is read, written down by the thread that speaks with the database
    alone."""

    def __init__(self, upload: QuerySet[Upload]):
        self._upload, self._writer = upload, current_thread()
        self._last: Progress | None = None

    def hear(self, progress: Progress) -> None:
        self._last = progress
        if current_thread() is self._writer:
            self.write()

    def write(self) -> None:
        if self._last:
            self._upload.update(report=asdict(self._last))


def _touched(rows: Iterator[Told | Unread], repairs: Repairs, places: set[str]) -> Iterator[Told | Unread]:
    """What is made of rows that were mended; `places` gains all the rows it is made of."""
    for row in rows:
        own = repairs_of(row.place, row.cells or {})
        if not own.keys().isdisjoint(repairs):
            places.update(place.source for place in own)
            yield row


def _as_old_as(first: Batch | None, rows: Iterator[Told | Unread]) -> Iterator[Told | Unread]:
    """What is read again is as old as its first reading."""
    return rows if first is None else (row._replace(came_in=first.pk) for row in rows)


def _repairs_kept(upload: Upload, before: Batch | None = None) -> Repairs:
    """How rows of a file were mended, unless the mend was withdrawn; for a reading that goes on: before it began."""
    mended = SetAside.objects.filter(
        batch__upload=upload, state="replayed", replayed_in__kind="mend", replayed_in__withdrawals=None
    )
    if before is not None:
        mended = mended.filter(replayed_in__lt=before)
    repairs: Repairs = {}
    for row in mended.order_by("pk"):
        repairs |= repairs_of(row.place, row.cells)
    return repairs
