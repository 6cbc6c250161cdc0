"""Files on their way in: received piece by piece, their mapping reviewed, left to the worker to be read."""

import re
import unicodedata
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from congtam.audit.actions import note
from congtam.files import propose
from congtam.files.drafting import Drafting
from congtam.history.actor import Actor
from congtam.history.refused import Refused
from congtam.intake.jobs import READ_FILE, leave
from congtam.intake.models import RUNNING, Batch, Upload
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
        kept = at_rest(upload)
        kept.mapping = mapping
        kept.save(update_fields=["mapping"])
        note(actor, "intake.review_mapping", "upload", kept.pk, {"mapping": mapping})
    return kept


def at_rest(upload: Upload) -> Upload:
    """The upload, held until the caller's transaction ends. Raises `Refused` while the worker has to read it, or a
    batch of it is withdrawn, and once its file was erased."""
    kept = Upload.objects.select_for_update().get(pk=upload.pk)
    if kept.state == "erased":
        raise Refused(
            "Tệp này đã xóa theo quyết định, nên không đọc lại được. Hãy gửi tệp mới.",
            "This file was erased by a decision, so it cannot be read again. Send a new one.",
        )
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


def enqueue(actor: Actor, upload: Upload) -> Upload:
    """Have the worker read the file by its mapping, for the first time or again. Doing it twice changes nothing.
    What it says otherwise by another mapping is a next version, unless newer data came in since; rows set aside before
    are closed. Raises `Refused` before a mapping was reviewed, and while a batch of it is withdrawn."""
    with transaction.atomic():
        kept = Upload.objects.select_for_update().get(pk=upload.pk)
        if kept.state in RUNNING:
            return kept
        at_rest(kept)
        if kept.state == "receiving" or not kept.mapping:
            raise Refused(
                "Tệp chưa nhận đủ hoặc chưa có ánh xạ được duyệt. Hãy hoàn tất bước đó rồi đưa vào.",
                "The file is not complete, or its mapping was not reviewed. Finish that step first.",
            )
        note(actor, "intake.enqueue_upload", "upload", kept.pk)
        leave_to_worker(kept)
    return kept


def leave_to_worker(upload: Upload) -> None:
    """Have the worker read a file that is `at_rest`, once the caller's transaction is committed."""
    upload.state, upload.problem, upload.report = "queued", "", None
    upload.save(update_fields=["state", "problem", "report"])
    leave(READ_FILE, upload.source_id, upload_id=upload.pk)
