"""Files of documents: kept as versions, PDFs with what is found about their signatures."""

from collections.abc import Iterable
from datetime import datetime

from congtam.access.seats import Seat
from congtam.evidence.keeping import keep, path_of
from congtam.history.refused import Refused
from congtam.registers.models import Document, Paper
from congtam.registers.signatures import Checked, check
from congtam.registers.trail import person_of
from congtam.registers.trust import roots

File = tuple[str, Iterable[bytes]]  # a name, and the bytes in pieces


def add_paper(seat: Seat, document: Document, purpose: str, file: File, now: datetime) -> tuple[Paper, Checked | None]:
    """Keep a file of a document as its next version, with what was found about its signatures; None of no PDF.

    Raises `Refused` as `evidence.keeping.keep` does, and for a file that is the version before."""
    person = person_of(seat)
    stored, shown = keep(*file)
    last = Paper.objects.filter(document=document, purpose=purpose).order_by("-version").first()
    if last is not None and last.file_id == stored.digest:
        raise Refused(
            "Tệp này giống hệt bản trước. Hãy chọn đúng tệp đã sửa rồi gửi lại.",
            "This file is the same as the version before. Choose the one you changed, and send it again.",
        )
    found = check(path_of(stored.digest), roots(), now) if stored.kind == "pdf" else None
    paper = Paper.objects.create(
        document=document,
        purpose=purpose,
        version=last.version + 1 if last else 1,
        file=stored,
        name=shown,
        by_id=person,
        at=now,
        signatures=found.told if found else [],
    )
    return paper, found
