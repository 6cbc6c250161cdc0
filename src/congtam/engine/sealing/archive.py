"""A seal as one file, `.seal`: a zip of the manifest, and for each part its rows, their salts and their leaves. At its
end, where zip keeps a remark, stands the digest of every byte before, so that no byte of the file is changed unseen."""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from congtam.engine.findings import Place, Unusable
from congtam.engine.rulebook.model import Text
from congtam.engine.sealing import words
from congtam.engine.sealing.body import FORMATS
from congtam.engine.sealing.encoding import SALT, digest, read, written
from congtam.engine.sealing.naming import told
from congtam.engine.sealing.parts import Part

MANIFEST, LEAF = "manifest.json", 32
REMARK = 2 * hashlib.sha256().digest_size
LARGEST = 4 * 1024**3  # bytes unpacked: more is no seal
_BEGAN = (1980, 1, 1, 0, 0, 0)
_NO_ZIP = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
"""What zipfile raises of bytes that are no zip, or no longer the one they were."""


@dataclass(frozen=True)
class Sealed:
    """A seal as a file holds it: body and envelope as written in the manifest, and the parts. `head`: the digest of the
    envelope as the manifest says it; `whole`: every byte of the file is as it was written."""

    body: Mapping[str, Any]
    envelope: Mapping[str, Any]
    parts: Mapping[str, Part]
    head: str | None = None
    whole: bool = True

    @property
    def envelope_holds(self) -> bool:
        """Whether the envelope is the one its digest was written of."""
        return self.head in (None, digest(dict(self.envelope)))

    def to_bytes(self) -> bytes:
        """The file."""
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            head = self.head or digest(dict(self.envelope))
            _put(archive, MANIFEST, written({"body": self.body, "envelope": self.envelope, "head": head}))
            for name, part in sorted(self.parts.items()):
                _put(archive, f"rows/{name}", b"".join(row + b"\n" for row in part.rows))
                _put(archive, f"salts/{name}", b"".join(part.salts))
                _put(archive, f"leaves/{name}", b"".join(part.leaves))
            archive.comment = b"0" * REMARK
        data = held.getvalue()[:-REMARK]
        return data + _remark(data)


def read_seal(data: bytes) -> Sealed:
    """The seal in a file. Raises `Unusable` for what is no seal, is broken, or is of a format not known here."""
    if not data.startswith(b"PK"):
        raise _refused("no-seal", words.EMPTY if not data else words.NO_SEAL)
    members = _members(data)
    manifest = _manifest(members)
    named = manifest["body"].get("parts")
    if not isinstance(named, dict):
        raise _refused("seal-broken", words.MANIFEST_BROKEN, MANIFEST)
    parts = {name: _part(name, said, members) for name, said in named.items()}
    strange = {name.partition("/")[2] for name in members if name != MANIFEST} - parts.keys()
    if strange:
        raise _refused("seal-broken", words.STRANGE, name=min(strange))
    whole = data[-REMARK:] == _remark(data[:-REMARK])
    return Sealed(manifest["body"], manifest["envelope"], parts, manifest["head"], whole)


def part_of(data: bytes, name: str) -> Part:
    """One part of the seal in a file, without unpacking the others. Raises `Unusable` as `read_seal`, or where there is
    no such part."""
    wanted = {MANIFEST, *(f"{kind}/{name}" for kind in ("rows", "salts", "leaves"))}
    members = _members(data, wanted)
    named = _manifest(members)["body"].get("parts")
    return _part(name, named.get(name) if isinstance(named, dict) else None, members)


def _remark(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _BEGAN), data, zipfile.ZIP_DEFLATED, 6)


def _members(data: bytes, wanted: Collection[str] | None = None) -> dict[str, bytes]:
    """What the zip holds, or so much of it as is wanted."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            those = [one for one in archive.infolist() if wanted is None or one.filename in wanted]
            if sum(one.file_size for one in those) > LARGEST:
                raise _refused("seal-broken", words.TOO_LARGE)
            return {one.filename: _member(archive, one) for one in those}
    except _NO_ZIP:
        raise _refused("seal-broken", words.CUT_OFF) from None


def _member(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> bytes:
    try:
        return archive.read(one)
    except _NO_ZIP:
        raise _refused("seal-broken", words.MEMBER_BROKEN, one.filename, name=one.filename) from None


def _manifest(members: Mapping[str, bytes]) -> dict[str, Any]:
    if MANIFEST not in members:
        raise _refused("no-seal", words.NO_SEAL)
    try:
        manifest = read(members[MANIFEST])
        made_of = isinstance(manifest, dict) and set(manifest) == {"body", "envelope", "head"}
        if not made_of or written(manifest) != members[MANIFEST]:
            raise ValueError
        if not isinstance(manifest["body"], dict) or not isinstance(manifest["envelope"], dict):
            raise TypeError
    except (ValueError, TypeError):
        raise _refused("seal-broken", words.MANIFEST_BROKEN, MANIFEST) from None
    if manifest["body"].get("format") not in FORMATS:
        said = {"format": manifest["body"].get("format"), "known": ", ".join(FORMATS)}
        raise _refused("other-seal-format", words.OTHER_FORMAT, MANIFEST, **said)
    return dict(manifest)


def _part(name: str, said: Any, members: Mapping[str, bytes]) -> Part:
    try:
        rows, salts, leaves = (members[f"{kind}/{name}"] for kind in ("rows", "salts", "leaves"))
        key, erasable = int(said["key"]), bool(said["erasable"])
    except (KeyError, TypeError, ValueError):
        raise _refused("seal-broken", words.PART_MISSING, name=name) from None
    lines = tuple(rows.split(b"\n")[:-1])
    if len(leaves) != LEAF * len(lines) or len(salts) != SALT * len(lines) or (rows and not rows.endswith(b"\n")):
        counts = {"rows": len(lines), "salts": len(salts) // SALT, "leaves": len(leaves) // LEAF}
        raise _refused("seal-broken", words.ROWS_MISSING, f"rows/{name}", name=name, **counts)
    return Part(name, key, lines, _cut(salts, SALT), _cut(leaves, LEAF), erasable)


def _cut(data: bytes, size: int) -> tuple[bytes, ...]:
    return tuple(data[at : at + size] for at in range(0, len(data), size))


def _refused(code: str, why: Text, file: str = "", /, **values: Any) -> Unusable:
    advice = words.NEWER_PROGRAM if why is words.OTHER_FORMAT else words.ANOTHER_COPY
    return Unusable([told(code, why, advice, Place(file), **values)])
