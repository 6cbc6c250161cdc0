"""A seal as one file, `.seal`: a zip of the manifest, and for each part its rows, their salts and their leaves."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from congtam.engine.findings import Place, unusable
from congtam.engine.sealing.body import FORMAT
from congtam.engine.sealing.encoding import SALT, read, written
from congtam.engine.sealing.parts import Part

MANIFEST, LEAF = "manifest.json", 32
LARGEST = 4 * 1024**3  # bytes unpacked: more is no seal
_BEGAN = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Sealed:
    """A seal as a file holds it: body and envelope as written in the manifest, and the parts."""

    body: Mapping[str, Any]
    envelope: Mapping[str, Any]
    parts: Mapping[str, Part]

    def to_bytes(self) -> bytes:
        """The file."""
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            _put(archive, MANIFEST, written({"body": self.body, "envelope": self.envelope}))
            for name, part in sorted(self.parts.items()):
                _put(archive, f"rows/{name}", b"".join(row + b"\n" for row in part.rows))
                _put(archive, f"salts/{name}", b"".join(part.salts))
                _put(archive, f"leaves/{name}", b"".join(part.leaves))
        return held.getvalue()


def read_seal(data: bytes) -> Sealed:
    """The seal in a file. Raises `Unusable` for what is no seal, is broken, or is of a format not known here."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(one.file_size for one in archive.infolist()) > LARGEST:
                raise _broken("it unpacks to more than 4 GiB")
            members = {one.filename: _member(archive, one) for one in archive.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise _broken(str(error)) from None
    manifest = _manifest(members)
    told = manifest["body"].get("parts")
    if not isinstance(told, dict):
        raise _broken("the body names no parts", MANIFEST)
    parts = {name: _part(name, said, members) for name, said in told.items()}
    strange = {name.partition("/")[2] for name in members if name != MANIFEST} - parts.keys()
    if strange:
        raise _broken(f"it holds what its body does not name: {min(strange)}")
    return Sealed(manifest["body"], manifest["envelope"], parts)


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _BEGAN), data, zipfile.ZIP_DEFLATED, 6)


def _member(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> bytes:
    try:
        return archive.read(one)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise _broken(f"its bytes were changed ({error})", one.filename) from None


def _manifest(members: Mapping[str, bytes]) -> dict[str, Any]:
    try:
        text = members[MANIFEST]
        manifest = read(text)
        made_of = isinstance(manifest, dict) and set(manifest) == {"body", "envelope"}
        if not made_of or written(manifest) != text:
            raise ValueError("it is not written as a seal writes it")
        if not isinstance(manifest["body"], dict) or not isinstance(manifest["envelope"], dict):
            raise TypeError("body or envelope is missing")
    except KeyError:
        raise _broken("it has no manifest.json") from None
    except (ValueError, TypeError) as error:
        raise _broken(f"the manifest cannot be read: {error}", MANIFEST) from None
    if manifest["body"].get("format") != FORMAT:
        advice = f"verify it with the version that wrote it; this one knows {FORMAT}"
        raise unusable("other-seal-format", f"the format is {manifest['body'].get('format')!r}", advice)
    return dict(manifest)


def _part(name: str, said: Any, members: Mapping[str, bytes]) -> Part:
    try:
        rows, salts, leaves = (members[f"{kind}/{name}"] for kind in ("rows", "salts", "leaves"))
        key, erasable = int(said["key"]), bool(said["erasable"])
    except (KeyError, TypeError, ValueError):
        raise _broken(f"the part {name} is not whole") from None
    lines = tuple(rows.split(b"\n")[:-1])
    if len(leaves) != LEAF * len(lines) or len(salts) != SALT * len(lines) or (rows and not rows.endswith(b"\n")):
        what = f"{len(lines)} rows, {len(salts) // SALT} salts and {len(leaves) // LEAF} leaves"
        raise _broken(f"the part {name} has {what}: rows were added or cut off", f"rows/{name}")
    return Part(name, key, lines, _cut(salts, SALT), _cut(leaves, LEAF), erasable)


def _cut(data: bytes, size: int) -> tuple[bytes, ...]:
    return tuple(data[at : at + size] for at in range(0, len(data), size))


def _broken(why: str, file: str = "") -> Exception:
    return unusable(
        "seal-broken", f"this is no whole seal: {why}", "take another copy of the seal, from a backup", Place(file)
    )
