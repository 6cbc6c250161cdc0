"""Whether papers lie on the disk as they were kept: by their digests, byte for byte."""

from collections.abc import Iterator
from hashlib import file_digest

from congtam.documents.models import KeptPaper
from congtam.engine.findings import Finding, Place
from congtam.engine.sealing import words
from congtam.engine.sealing.naming import told
from congtam.evidence.keeping import path_of


def changed_papers(**only: object) -> Iterator[Finding]:
    """The papers that are gone from the disk, or not what was kept; `only` as in a filter (agency, period). None that a
    decision erased."""
    for kept in KeptPaper.objects.filter(**only, file__erased=None).order_by("pk").iterator():
        path = path_of(kept.file_id)
        if not path.is_file():
            state = words.PAPER_LOST
        else:
            with path.open("rb") as file:
                if file_digest(file, "sha256").hexdigest() == kept.file_id:
                    continue
            state = words.PAPER_OTHER
        said = {"code": kept.code, "form": kept.form, "version": kept.version, "digest": kept.file_id[:16]}
        yield told("paper-changed", words.PAPER_CHANGED, words.RESTORE_FILE, Place(), state=state, **said)


def erased_papers(**only: object) -> int:
    """How many papers have no file any more because a decision erased it; `only` as above."""
    return KeptPaper.objects.filter(**only, file__erased__isnull=False).count()
