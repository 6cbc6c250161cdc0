"""Files on the disk of the site, each once under its digest. They lie in `files/`, so every backup carries them."""

import hashlib
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from django.conf import settings

from congtam.evidence.kinds import kind_of
from congtam.evidence.models import ErasedFile, Stored
from congtam.evidence.names import ALLOWED, checked_name, promised
from congtam.history.refused import Refused

LARGEST = 50 * 1024**2  # bytes


def keep(name: str, pieces: Iterable[bytes]) -> tuple[Stored, str]:
    """Keep a file that arrives in pieces; what is kept, and the name under which it is shown.

    Raises `Refused`: a name that hides something, more than `LARGEST`, a content that is not what the name says, a
    full disk. Then nothing stays.
    """
    shown = checked_name(name)
    receiving = Path(settings.SITE) / "receiving"  # not in a backup: what lies here was not taken yet
    try:
        receiving.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=receiving, delete=False) as part:
            try:
                digest, size = _write(part, pieces)
                kind = _checked(Path(part.name), shown)
                kept = path_of(digest)
                kept.parent.mkdir(parents=True, exist_ok=True)
                Path(part.name).replace(kept)
            except BaseException:
                Path(part.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        why = error.strerror or error
        raise Refused(
            f"Máy chủ không ghi được tệp ({why}). Chưa có gì được ghi: báo quản trị hệ thống, rồi gửi lại.",
            f"The server cannot write the file ({why}). Nothing was written: tell the administrator, then send again.",
        ) from None
    stored, new = Stored.objects.get_or_create(digest=digest, defaults={"size": size, "kind": kind})
    if not new:
        ErasedFile.objects.filter(file=stored).delete()
    return stored, shown


def path_of(digest: str) -> Path:
    """Where the file of a digest lies."""
    return Path(settings.SITE) / "files" / "evidence" / digest[:2] / digest


def opened(stored: Stored) -> Path:
    """The file on the disk. Raises `Refused` when it was erased, or is gone or was changed outside of the product."""
    path = path_of(stored.digest)
    if erased := ErasedFile.objects.filter(file=stored).first():
        raise Refused(
            f"Nội dung tệp đã xóa theo quyết định số {erased.number}; chỉ còn mã kiểm của tệp.",
            f"What the file held was erased by decision {erased.number}; only its digest is left.",
        )
    if not path.is_file() or path.stat().st_size != stored.size:
        raise Refused(
            "Tệp không còn nguyên trên máy chủ. Hãy báo quản trị hệ thống khôi phục từ bản sao lưu.",
            "The file on the server is gone or changed. Have the administrator restore it from a backup.",
        )
    return path


def erase(digest: str, number: str, now: datetime) -> None:
    """Say that what a file held was erased, by a numbered decision; that it was handed in, and its digest, stay. Done
    again, it changes nothing. The file goes by `unlink`, as the last step of the caller's transaction."""
    ErasedFile.objects.get_or_create(file_id=digest, defaults={"number": number, "at": now})


def unlink(digest: str) -> None:
    """Take a file that was erased off the disk, for good: no transaction brings it back."""
    path_of(digest).unlink(missing_ok=True)


def too_large() -> Refused:
    """What is told of a file over the limit."""
    return Refused(
        f"Tệp lớn hơn {LARGEST >> 20} MB nên không được nhận. Hãy nén ảnh trong tệp, hoặc tách tệp rồi gửi từng phần.",
        f"The file is larger than {LARGEST >> 20} MB, so it was not taken. Make its pictures smaller, or send parts.",
    )


def _write(part: IO[bytes], pieces: Iterable[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST:
            raise too_large()
        digest.update(piece)
        part.write(piece)
    part.flush()
    os.fsync(part.fileno())
    return digest.hexdigest(), size


def _checked(path: Path, name: str) -> str:
    kind = kind_of(path)
    if kind == "macros":
        raise Refused(
            f"Tệp “{name}” chứa macro hoặc chương trình. Hãy lưu lại không kèm macro (hoặc xuất ra PDF) rồi gửi.",
            f"“{name}” holds macros or a program. Save it without them, or as a PDF, and send that.",
        )
    if kind != promised(name):
        raise Refused(
            f"Nội dung tệp “{name}” không đúng với đuôi tệp, hoặc tệp đã hỏng. Hãy mở thử, lưu lại đúng loại "
            f"({ALLOWED}) rồi gửi.",
            f"What “{name}” holds is not what its ending says, or it is broken. Save it again as one of {ALLOWED}.",
        )
    return kind
