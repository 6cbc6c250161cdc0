"""Keeping a site: a backup in one file that can prove itself, restoring it, and moving to another database.

The file is a tar of `database.dump` (PostgreSQL's own format), `files/…` of the site's folder, and `manifest.json` with
the digest of every table and file.
"""

import hashlib
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from congtam import __version__
from congtam.serving.preparing import check_version
from congtam.serving.tables import (
    Content,
    NotCarried,
    contents,
    differing,
    dump,
    frozen,
    restore,
    tables_of,
)

FORMAT = 1
DUMP, MANIFEST, FILES = "database.dump", "manifest.json", "files"
OF_THE_SITE = ("files", "trust", "demo", "secret_key")  # in its folder; the rest is made again at each start

News = Callable[[str], None]


class CannotKeep(RuntimeError):  # noqa: N818
    """A backup, restore or move that cannot be; the message says why and what to do."""


def backup(url: str, folder: Path, to: Path, now: datetime, news: News) -> dict[str, Content]:
    """Write everything into one file, which appears under its name only when it was read back; what each table holds.

    The site may go on running. Raises `CannotKeep` when the file exists or what lies on the disk differs, `NotCarried`,
    and `OSError` on a full disk.
    """
    if to.exists():
        raise CannotKeep(f"{to} đã có. Hãy chọn tên khác; bản sao lưu không bao giờ bị ghi đè.")
    with TemporaryDirectory(dir=to.parent, prefix=f".{to.name}.") as made:
        dumped = Path(made) / DUMP
        news("Xuất cơ sở dữ liệu…")
        with frozen(url) as connection:
            dump(url, connection, dumped)
            news("Tính mã kiểm của từng bảng…")
            held = contents(connection)
        part = Path(made) / "whole"
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT, 0o600))  # it holds everything, so nobody else reads it
        with tarfile.open(part, "w", dereference=True) as tar:
            tar.add(dumped, DUMP)
            for name, path in site_files(folder):
                tar.add(path, f"{FILES}/{name}")
        news("Đọc lại bản sao lưu…")
        digests = _read_back(part)
        if digests.pop(DUMP) != (dump_digest := _digest(dumped)):
            raise CannotKeep("Bản sao lưu trên đĩa không khớp mã kiểm. Hãy kiểm tra đĩa, rồi sao lưu lại vào nơi khác.")
        told = {
            "format": FORMAT,
            "congtam": __version__,
            "made_at": now.isoformat(),
            "postgresql": check_version(url),
            "dump": dump_digest,
            "tables": {name: asdict(content) for name, content in held.items()},
            "files": {name.removeprefix(f"{FILES}/"): digest for name, digest in digests.items()},
        }
        manifest = Path(made) / MANIFEST
        manifest.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
        with tarfile.open(part, "a") as tar:
            tar.add(manifest, MANIFEST)
        part.rename(to)
    return held


def write_down(backed_up: Path) -> None:
    """Note in the audit that a backup was made and read back, with its size and digest; Django must be set up. The
    backup itself cannot hold this entry."""
    from congtam.audit.actions import note
    from congtam.history.actor import Actor

    told = {"name": backed_up.name, "size": backed_up.stat().st_size, "digest": _digest(backed_up)}
    note(Actor(name="backup"), "system.backup", "backup", None, told)


def bring_back(backed_up: Path, url: str, folder: Path, news: News, *, replace: bool = False) -> dict[str, Content]:
    """Fill a database and the site's folder from a backup, and prove that they hold the same; what each table holds.

    Raises `CannotKeep` when the file is damaged, the database is not empty (and `replace` was not said), or what
    arrived differs; `NotCarried` when PostgreSQL refused, and then the database is as before.
    """
    check_version(url)
    with TemporaryDirectory(dir=backed_up.parent, prefix=".restore.") as made:
        manifest = _unpack(backed_up, Path(made))
        if tables_of(url) and not replace:
            raise CannotKeep(
                "Cơ sở dữ liệu đích không trống. Hãy chọn một cơ sở dữ liệu trống, hoặc thêm --replace để xóa hết "
                "những gì đang có (nên sao lưu trước)."
            )
        news("Nạp cơ sở dữ liệu…")
        restore(Path(made) / DUMP, url, replace=replace)
        news("So mã kiểm của từng bảng…")
        held = {name: Content(**told) for name, told in manifest["tables"].items()}
        _same(held, url)
        for name in manifest["files"]:
            _put_back(Path(made) / FILES / name, folder / name)
    return held


def move(url: str, target: str, news: News) -> dict[str, Content]:
    """Carry everything from one database to an empty one, and prove that both hold the same.

    Raises `CannotKeep`, `NotCarried` or `Unfit`; the first database is only read."""
    check_version(target)
    if tables_of(target):
        raise CannotKeep("Cơ sở dữ liệu đích không trống. Hãy tạo một cơ sở dữ liệu mới cho Công Tâm.")
    with TemporaryDirectory(prefix="congtam-move-") as made, frozen(url) as connection:
        dumped = Path(made) / DUMP
        news("Xuất cơ sở dữ liệu…")
        dump(url, connection, dumped)
        news("Nạp vào cơ sở dữ liệu mới…")
        restore(dumped, target)
        news("So mã kiểm của từng bảng…")
        held = contents(connection)
    _same(held, target)
    return held


def _same(held: dict[str, Content], url: str) -> None:
    with frozen(url) as connection:
        if other := differing(held, contents(connection)):
            raise CannotKeep(f"Dữ liệu nạp vào khác bản gốc ở các bảng: {', '.join(other)}. Không dùng bản này.")


def site_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files of a site that a backup carries, by the names they have in it: uploads, evidence, trusted roots."""
    for name in OF_THE_SITE:
        found = folder / name
        for path in sorted(found.rglob("*")) if found.is_dir() else [found]:
            if path.is_file():
                yield path.relative_to(folder).as_posix(), path


def _read_back(backed_up: Path) -> dict[str, str]:
    """The digest of each file as it stands in the archive, whatever was written to it on the site meanwhile."""
    found: dict[str, str] = {}
    with tarfile.open(backed_up) as tar:
        for member in tar:
            file = cast(BufferedReader, tar.extractfile(member))
            found[member.name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unpack(backed_up: Path, into: Path) -> dict[str, Any]:
    """The manifest of a backup that is whole. Raises `CannotKeep`."""
    try:
        with tarfile.open(backed_up) as tar:
            tar.extractall(into, filter="data")
        manifest: dict[str, Any] = json.loads((into / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, tarfile.TarError, ValueError) as error:
        raise CannotKeep(f"{backed_up} không phải là bản sao lưu của Công Tâm, hoặc đã hỏng: {error}") from None
    if manifest["format"] != FORMAT:
        raise CannotKeep(f"Bản sao lưu có định dạng {manifest['format']}; hãy dùng bản Công Tâm mới hơn để khôi phục.")
    digests = {DUMP: manifest["dump"], **{f"{FILES}/{name}": told for name, told in manifest["files"].items()}}
    damaged = [name for name, told in digests.items() if not (into / name).is_file() or _digest(into / name) != told]
    if damaged:
        raise CannotKeep(f"Bản sao lưu đã hỏng: {', '.join(damaged[:5])} không khớp mã kiểm. Hãy dùng một bản khác.")
    return manifest


def _put_back(path: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(to, os.O_WRONLY | os.O_CREAT, 0o600))
    to.write_bytes(path.read_bytes())


__all__ = ["CannotKeep", "NotCarried", "backup", "bring_back", "move"]
