"""Which papers of a period may still be signed, and signing one."""

from django.db.models import Q, QuerySet

from congtam.access.seats import Seat
from congtam.documents.keeping import latest
from congtam.documents.keys import Key
from congtam.documents.models import KeptPaper
from congtam.documents.signing import sign_paper
from congtam.history.refused import Refused
from congtam.scores.models import Seal

LASTING = ("minutes", "bonus")  # kinds of papers that stand though the results are sealed again


def to_be_signed(papers: "QuerySet[KeptPaper]") -> "QuerySet[KeptPaper]":
    """Those of some papers that may still be signed: their file was not erased, and they tell of no seal that another
    one took the place of."""
    return papers.filter(file__erased=None).exclude(_of_a_past_seal())


def sign(seat: Seat, code: str, key: Key, *, for_agency: bool = False) -> KeptPaper:
    """Sign a paper of a period as `sign_paper` does. Raises `Refused` as that does, and for results that were sealed
    again since."""
    kept = latest(code)
    if kept is not None and KeptPaper.objects.filter(_of_a_past_seal(), pk=kept.pk).exists():
        raise Refused(
            "Văn bản này lập theo bản chốt đã được thay bằng bản chốt khác. Chưa ký gì. Hãy lập văn bản mới theo bản "
            "chốt đang công bố rồi ký.",
            "This paper tells of a seal that another one took the place of. Nothing was signed. Make the paper anew "
            "from the seal that holds, and sign that.",
        )
    return sign_paper(seat, code, key, for_agency=for_agency)


def _of_a_past_seal() -> Q:
    past = Seal.objects.exclude(supersedes=None).values("supersedes")
    return Q(seal__in=past) & ~Q(kind__in=LASTING)
