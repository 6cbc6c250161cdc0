"""Files as things that are kept: which rows name one, and erasing what it holds once no other row needs it."""

from collections.abc import Collection
from functools import partial
from typing import Any

from congtam.cycles.models import Claim
from congtam.documents.models import KeptPaper
from congtam.evidence.keeping import erase, unlink
from congtam.evidence.models import ErasedFile, Evidence
from congtam.objections.models import Request
from congtam.registers.models import Paper
from congtam.retention.things import By

NAMED_BY: dict[Any, str] = {Evidence: "file", Paper: "file", KeptPaper: "file", Claim: "evidence", Request: "file"}


def left(digests: Collection[str]) -> set[str]:
    """Of some files, those whose content is still there."""
    return set(digests) - set(ErasedFile.objects.filter(file__in=digests).values_list("file", flat=True))


def named_elsewhere(digest: str, *own: type) -> bool:
    """Whether rows of other kinds than these name a file."""
    return any(kind.objects.filter(**{column: digest}).exists() for kind, column in NAMED_BY.items() if kind not in own)


def erase_files(digests: Collection[str], by: By, *own: type) -> int:
    """Erase what files hold that only rows of these kinds name, the files themselves last; how many went."""
    going = sorted(digest for digest in left(digests) if not named_elsewhere(digest, *own))
    for digest in going:
        erase(digest, by.number, by.now)
        by.last.append(partial(unlink, digest))
    return len(going)
