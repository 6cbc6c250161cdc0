"""Files on their way in: received piece by piece, their mapping reviewed, read by the worker."""

import re
import unicodedata
from collections import deque
from collections.abc import Callable, Collection, Generator, Iterator
from contextlib import closing
from dataclasses import asdict
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from congtam.audit.actions import note
from congtam.engine.findings import Unusable
from congtam.files import propose
from congtam.files.drafting import Drafting
from congtam.files.mapping import Mapping
from congtam.files.report import Progress
from congtam.files.set_aside import Repairs
from congtam.history.actor import Actor
from congtam.history.refused import Refused
from congtam.intake.actions import accept
from congtam.intake.checking import Codes, check
from congtam.intake.closing import close
from congtam.intake.jobs import READ_FILE, leave
from congtam.intake.models import RUNNING, Batch, SetAside, Upload
from congtam.intake.rows import as_told, repairs_of
from congtam.intake.telling import Outcome, Told, Unread
from congtam.intake.words import Problem, refusal
from congtam.sources.mappings import site_mapping
from congtam.sources.models import Source

LARGEST = 4 * 1024**3  # bytes
ENDINGS = (".csv", ".csv.gz", ".xes", ".xes.gz", ".xlsx", ".parquet")
LONGEST_NAME = 120


def begin(actor: Actor, source: Source, name: str, size: int) -> Upload:
    """A file of `size` bytes is about to come. Raises `Refused` when it is no kind of file that can be read, empty or
    too large."""
    kept = safe_name(name)
    if not kept.casefold().endswith(ENDINGS):
        raise Refused(
            f"Tệp “{kept}” không đọc được. Hãy gửi tệp {', '.join(ENDINGS)}.",
            f"The file “{kept}” cannot be read. Send one of: {', '.join(ENDINGS)}.",
        )
    if not 0 < size <= LARGEST:
        raise Refused(
            "Tệp trống hoặc lớn hơn 4 GB. Kiểm tra lại tệp, hoặc chia nhỏ rồi gửi từng phần.",
            "The file is empty, or larger than 4 GB. Check it, or send it in parts.",
        )
    with transaction.atomic():
        upload = Upload.objects.create(source=source, name=kept, size=size, made_by=actor.account)
        note(actor, "intake.begin_upload", "upload", upload.pk, {"name": kept, "size": size})
    return upload


def safe_name(name: str) -> str:
    """The name of a file as it is kept: no folders, no control characters, not hidden, not too long."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(letter for letter in unicodedata.normalize("NFC", last) if unicodedata.category(letter)[0] != "C")
    plain = re.sub(r'[<>:"|?*#/\\]', "_", plain).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    if plain.casefold().endswith(".gz"):
        stem, dot, ending = plain[:-7], plain[-7:-6], plain[-6:]
    return f"{stem[:LONGEST_NAME] or 'tep'}{dot}{ending}"


def file_of(upload: Upload) -> Path:
    """Where the bytes of an upload are."""
    return Path(settings.SITE) / "files" / "uploads" / str(upload.pk) / upload.name


def append_piece(upload: Upload, offset: int, data: bytes) -> Upload:
    """Bytes of the file from `offset` on. A piece that came before changes nothing, so an upload that was cut off goes
    on from `received`. Raises `Refused` for a gap, too many bytes, or a full disk."""
    with transaction.atomic():
        kept = Upload.objects.select_for_update().get(pk=upload.pk)
        if kept.state != "receiving" or offset > kept.received or offset + len(data) > kept.size:
            raise Refused(
                f"Phần này không nối được vào tệp: đã nhận {kept.received} trên {kept.size} byte. Gửi tiếp từ byte đó.",
                f"This piece does not fit: {kept.received} of {kept.size} bytes are here. Go on from there.",
            )
        new = data[kept.received - offset :]
        _write(file_of(kept), kept.received, new)
        kept.received += len(new)
        if kept.received == kept.size:
            kept.state, kept.mapping = "review", kept.source.mapping
        kept.save(update_fields=["received", "state", "mapping"])
    return kept


def _write(path: Path, offset: int, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("r+b" if path.exists() else "w+b") as file:
            file.seek(offset)
            file.write(data)
            file.truncate()
    except OSError as error:
        why = error.strerror or error
        raise Refused(
            f"Máy chủ không ghi được tệp ({why}). Phần đã nhận còn nguyên: báo quản trị hệ thống dọn đĩa rồi gửi tiếp.",
            f"The server cannot write the file ({why}). What came is kept: have room made, then go on.",
        ) from None


def proposed_mapping(upload: Upload) -> str:
    """The mapping as it was reviewed for the source, else one guessed from the file. Raises `Unusable` when it is
    neither a list nor a log."""
    return upload.mapping or upload.source.mapping or propose([file_of(upload)])


def keep_mapping(actor: Actor, upload: Upload, mapping: str) -> Upload:
    """The mapping by which the file is to be read. Raises `Unusable` with every finding when it does not fit, and
    `Refused` while the file is read or a batch of it is withdrawn."""
    Drafting([file_of(upload)], site_mapping(mapping), timezone.now())
    with transaction.atomic():
        kept = _at_rest(upload)
        kept.mapping = mapping
        kept.save(update_fields=["mapping"])
        note(actor, "intake.review_mapping", "upload", kept.pk, {"mapping": mapping})
    return kept


def _at_rest(upload: Upload) -> Upload:
    """The upload, held until the caller's transaction ends. Raises `Refused` while the worker has to read it, or a
    batch of it is withdrawn."""
    kept = Upload.objects.select_for_update().get(pk=upload.pk)
    if kept.state in RUNNING:
        raise Refused(
            "Tệp này đang chờ đọc hoặc đang được đọc. Hãy chờ đọc xong rồi làm lại việc này.",
            "This file is being read, or waits for it. Do this again once it was read.",
        )
    if Batch.objects.filter(of__upload=kept, ended_at=None).exists():
        raise Refused(
            "Một đợt của tệp này đang được rút. Hãy chờ rút xong rồi làm lại việc này.",
            "A batch of this file is being withdrawn. Do this again once that is over.",
        )
    return kept


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


def _drafting(upload: Upload, mapping: str, repairs: Repairs | None = None) -> tuple[Drafting, Mapping]:
    mapped = site_mapping(mapping, f"{upload.source.code}.yaml")
    return Drafting([file_of(upload)], mapped, timezone.now(), repairs), mapped


def _read(
    drafting: Drafting, mapping: Mapping, progress: Callable[[Progress], None] | None = None
) -> Generator[Told | Unread, None, None]:
    """The records of a file; nothing but a scratch folder is written."""
    with TemporaryDirectory(prefix="congtam-rows-") as scratch:
        yield from as_told(drafting.drafts(Path(scratch), progress), mapping)


def enqueue(actor: Actor, upload: Upload) -> Upload:
    """Have the worker read the file by its mapping, for the first time or again. Doing it twice changes nothing.
    What it says otherwise by another mapping is a next version, unless newer data came in since; rows set aside before
    are closed. Raises `Refused` before a mapping was reviewed, and while a batch of it is withdrawn."""
    with transaction.atomic():
        kept = Upload.objects.select_for_update().get(pk=upload.pk)
        if kept.state in RUNNING:
            return kept
        _at_rest(kept)
        if kept.state == "receiving" or not kept.mapping:
            raise Refused(
                "Tệp chưa nhận đủ hoặc chưa có ánh xạ được duyệt. Hãy hoàn tất bước đó rồi đưa vào.",
                "The file is not complete, or its mapping was not reviewed. Finish that step first.",
            )
        kept.state, kept.problem, kept.report = "queued", "", None
        kept.save(update_fields=["state", "problem", "report"])
        note(actor, "intake.enqueue_upload", "upload", kept.pk)
        leave(READ_FILE, kept.source_id, upload_id=kept.pk)
    return kept


def read_upload(actor: Actor, upload: Upload) -> Outcome | None:
    """Take in a file, with the repairs made to it before. One that was cut off goes on where it stopped. None when it
    cannot be read: the upload then says why, and the file is kept."""
    batches = Batch.objects.filter(upload=upload, kind="upload").order_by("pk")
    first, open_ = batches.first(), batches.filter(ended_at=None).last()
    return _take_in(actor, upload, _repairs_kept(upload, open_), lambda rows: _as_old_as(first, rows), batch=open_)


def mend_upload(actor: Actor, upload: Upload, repairs: Repairs, *, reason: str = "") -> Outcome | None:
    """Take in what a file says where rows of it were mended, and nothing else of it. None as of `read_upload`. Raises
    `Refused` while the file is read or a batch of it is withdrawn."""
    _at_rest(upload)
    first = Batch.objects.filter(upload=upload).order_by("pk").first()
    places: set[str] = set()

    def touched(rows: Iterator[Told | Unread]) -> Iterator[Told | Unread]:
        for row in rows:
            own = repairs_of(row.place, row.cells or {})
            if not own.keys().isdisjoint(repairs):
                places.update(place.source for place in own)
                yield row

    all_repairs = _repairs_kept(upload) | repairs
    return _take_in(actor, upload, all_repairs, lambda rows: _as_old_as(first, touched(rows)), reason, places=places)


def _take_in(
    actor: Actor,
    upload: Upload,
    repairs: Repairs,
    chosen: Callable[[Iterator[Told | Unread]], Iterator[Told | Unread]],
    reason: str = "",
    batch: Batch | None = None,
    places: Collection[str] | None = None,
) -> Outcome | None:
    """Take in the chosen rows of a file; of a mend those at `places`, which are known when they were read."""
    kept = Upload.objects.filter(pk=upload.pk)
    kept.update(state="reading")
    kind = "upload" if places is None else "mend"
    try:
        drafting, mapping = _drafting(upload, upload.mapping, repairs)
        so_far: deque[Progress] = deque(maxlen=1)
        with closing(_read(drafting, mapping, so_far.append)) as rows:
            outcome = accept(
                actor,
                upload.source,
                chosen(rows),
                kind=kind,
                upload=upload,
                reason=reason,
                batch=batch,
                after=partial(_tell, kept, so_far),
            )
    except (Unusable, OSError) as error:
        refuse(upload, refusal(error))
        return None
    with transaction.atomic():  # at once: what is cut off before is read again
        _close_earlier(actor, upload, outcome.batch, places)
        kept.update(state="done", problem="", report=drafting.report.as_dict())
    return outcome


def _tell(upload: QuerySet[Upload], so_far: deque[Progress]) -> None:
    """Write down how far the reading is. Not while it reads: that may be in another thread."""
    if so_far:
        upload.update(report=asdict(so_far[0]))


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


def _close_earlier(actor: Actor, upload: Upload, batch: int, places: Collection[str] | None) -> None:
    """Rows that earlier readings of the file set aside (those at `places`, or all): this one read them again, and set
    aside anew what it must."""
    rows = SetAside.objects.filter(batch__upload=upload, batch__lt=batch, state="open")
    close(actor, rows if places is None else rows.filter(place__in=places), "replayed", batch)


def refuse(upload: Upload, why: str) -> None:
    """Say that a file cannot be read to its end, and why; it can be mended and read again."""
    problem = f"Tệp không đọc được đến hết; tệp vẫn được giữ.\n{why}"
    with transaction.atomic():  # what was taken in before it broke off can be withdrawn
        Batch.objects.filter(upload=upload, ended_at=None).update(ended_at=timezone.now())
        Upload.objects.filter(pk=upload.pk).update(state="refused", problem=problem)
