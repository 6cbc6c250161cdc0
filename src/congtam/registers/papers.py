"""Files of documents: kept as versions, PDFs with what is found about their signatures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from congtam.access.seats import Seat
from congtam.documents.signatures import Checked, check
from congtam.documents.trust import roots
from congtam.evidence.keeping import keep, path_of
from congtam.evidence.models import Stored
from congtam.history.refused import Refused
from congtam.registers.models import Document, Paper
from congtam.registers.trail import person_of

File = tuple[str, Iterable[bytes]]  # a name, and the bytes in pieces


@dataclass(frozen=True)
class Taken:
    """A file that is kept already, with what was found about its signatures (None: it is no PDF)."""

    stored: Stored
    name: str
    found: Checked | None

    @property
    def problem(self) -> str:
        """What is wrong with its signatures; a file that is no PDF cannot be read as one."""
        return self.found.problem if self.found else "unreadable"


def take(file: File, now: datetime) -> Taken:
    """Keep a file and look at its signatures: before anything is locked, for it may take a while. Raises `Refused` as
    `evidence.keeping.keep` does."""
    stored, name = keep(*file)
    found = check(path_of(stored.digest), roots(), now) if stored.kind == "pdf" else None
    return Taken(stored, name, found)


def add_paper(seat: Seat, document: Document, purpose: str, taken: Taken, now: datetime) -> Paper:
    """The file becomes the next version of the document's. Raises `Refused` for one that is the version before."""
    person = person_of(seat)
    last = Paper.objects.filter(document=document, purpose=purpose).order_by("-version").first()
    if last is not None and last.file_id == taken.stored.digest:
        raise Refused(
            "Tệp này giống hệt bản trước. Hãy chọn đúng tệp đã sửa rồi gửi lại.",
            "This file is the same as the version before. Choose the one you changed, and send it again.",
        )
    return Paper.objects.create(
        document=document,
        purpose=purpose,
        version=last.version + 1 if last else 1,
        file=taken.stored,
        name=taken.name,
        by_id=person,
        at=now,
        signatures=taken.found.told if taken.found else [],
    )
