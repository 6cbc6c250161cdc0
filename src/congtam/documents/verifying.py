"""Whether a file that comes back is ours, and as we kept it: by its bytes, then by what changed since, never by looks.

A file is ours when its bytes are a version that was kept, or begin with one that was signed and only signatures came
after. Whatever else carries our code, or begins like ours, was changed.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Literal

from pyhanko.pdf_utils.reader import PdfFileReader

from congtam.documents.codes import typed
from congtam.documents.keeping import latest
from congtam.documents.models import KeptPaper
from congtam.documents.signatures import BROKEN, Checked, look
from congtam.documents.trust import roots

END = b"%%EOF"
MOST_ENDS = 50  # a PDF with more updates than that is none of ours

State = Literal["same", "added", "changed", "foreign"]


@dataclass(frozen=True)
class Found:
    """What was found about a file. `state`: same (byte for byte as kept), added (as kept, with more signatures),
    changed (it says that it is ours, or once was), foreign (not ours); `kept`: the paper it is, or says it is;
    `checked`: its signatures, each with its bottom line."""

    state: State
    kept: KeptPaper | None
    checked: Checked

    @property
    def unchanged(self) -> bool:
        """Whether what it says is what we kept."""
        return self.state in ("same", "added")


def examine(content: bytes, now: datetime) -> Found:
    """Look at a file, as of `now`. Asks nothing over the network, and keeps nothing."""
    checked = look(BytesIO(content), roots(), now)
    whole, earlier = _digests(content)
    if same := _kept(whole):
        return Found("same", same, checked)
    for digest in reversed(earlier):
        if begun := _kept(digest):
            more = bool(begun.signer) and checked.problem not in BROKEN | {"none"}
            return Found("added" if more else "changed", begun, checked)
    claimed = _claimed(content)
    return Found("changed" if claimed else "foreign", claimed, checked)


def told_by(code: str) -> KeptPaper | None:
    """The paper of a code as somebody typed it, in its last version: what leaves for signing, else the workbook."""
    wanted = typed(code)
    return next((kept for form in ("pdf", "docx", "xlsx") if wanted and (kept := latest(wanted, form))), None)


def _kept(digest: str) -> KeptPaper | None:
    return KeptPaper.objects.filter(file=digest).order_by("-version").first()


def _digests(content: bytes) -> tuple[str, list[str]]:
    """The digest of the whole, and of what there was at the end of each update before."""
    running, at, earlier = hashlib.sha256(), 0, []
    for end in _ends(content):
        running.update(content[at:end])
        at = end
        earlier.append(running.copy().hexdigest())
    running.update(content[at:])
    return running.hexdigest(), earlier


def _ends(content: bytes) -> Iterator[int]:
    """Where an update may end: after its last mark, with or without the end of the line."""
    at = 0
    for _ in range(MOST_ENDS):
        at = content.find(END, at)
        if at < 0:
            return
        at += len(END)
        yield at
        for line in (b"\r\n", b"\n", b"\r"):
            if content.startswith(line, at):
                at += len(line)
                yield at
                break


def _claimed(content: bytes) -> KeptPaper | None:
    """The paper whose code stands in the file's own keywords."""
    try:
        info = PdfFileReader(BytesIO(content), strict=False).trailer["/Info"]
        words = str(info["/Keywords"]).split(",")
    except Exception:  # a broken file breaks its reader in every way there is
        return None
    return next((kept for word in words if (kept := told_by(word))), None)
