"""A decision that is kept, and who may sign it."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from cast import Cast
from congtam.documents.certificates import register_certificate
from congtam.documents.codes import address_of, new_code
from congtam.documents.keeping import keep_paper
from congtam.documents.keys import Pkcs12
from congtam.documents.models import KeptPaper
from congtam.documents.papers import ResultDecision
from congtam.documents.render import pdf
from congtam.history.actor import SYSTEM
from paper_samples import DECISION
from signing import Authority, authority, key_file

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
TODAY = NOW.date()
PASSWORD = "mật khẩu khóa"
LEADER = authority()  # Trần Văn Đức, under the trusted root
KEY = Pkcs12(key_file(LEADER), PASSWORD)


@cache
def made(code: str) -> tuple[ResultDecision, bytes]:
    """The decision under that code, and its PDF."""
    paper = replace(DECISION, header=replace(DECISION.header, code=code, address=address_of(code)))
    return paper, pdf(paper)


def keep_decision(cast: Cast, now: datetime, code: str = "") -> KeptPaper:
    """The decision of Sở A on October 2026, of seal 7, as it was made."""
    paper, content = made(code or new_code())
    return keep_paper(SYSTEM, paper, content, "pdf", agency=cast.units["so-a"].pk, period="2026-10", seal=7, now=now)


def enter(seat, cast: Cast, by: Authority, whose: str) -> None:
    """The certificate is that person's, or the agency's own (`so-a`)."""
    content = by.signer.signing_cert.dump()
    if whose in cast.units:
        register_certificate(seat("nhan-su"), content, agency=cast.units[whose].pk)
    else:
        register_certificate(seat("nhan-su"), content, person=cast.people[whose].pk)
