"""Signing a kept paper: by a person who may, with their own certificate; then by the agency with its own.

Everything is looked at before the key is used, and the result is checked as any file from outside would be, before it
is kept: a signature that would not count is no signature.
"""

from datetime import datetime
from io import BytesIO

from django.conf import settings
from django.utils import timezone
from pyhanko.sign import Signer

from congtam.access.gate import Right, over_unit
from congtam.access.seats import Seat
from congtam.documents.certificates import standing_certificate
from congtam.documents.keeping import file_of, latest, next_version
from congtam.documents.keys import Key, fingerprint, opened
from congtam.documents.models import KeptPaper
from congtam.documents.signature_words import PROBLEMS
from congtam.documents.signatures import look
from congtam.documents.stamping import is_empty, signed
from congtam.documents.timestamps import stamper_at
from congtam.documents.trust import roots
from congtam.documents.typesetting import AGENCY, PERSON
from congtam.history.refused import Refused
from congtam.orgs.queries import names_of

BLUE, RED = "#1f3a93", "#c0271a"
MAY = {"bonus": Right.APPROVE_FUND}  # for whom a paper is to be signed by; all others: who may seal


def sign_paper(
    seat: Seat,
    code: str,
    key: Key,
    *,
    for_agency: bool = False,
    now: datetime | None = None,
) -> KeptPaper:
    """Sign the last version of a paper and keep the signed one as the next.

    A person signs with a certificate entered as theirs; then the registrar signs `for_agency`, with the agency's own.
    The site's service (`CONGTAM_TSA`), where it has one, stamps the time. Raises `Refused`, and nothing is written: the
    seat may not sign for the agency, there is no such paper, it is signed already or not yet by the person, the
    key is wrong, expired or somebody else's, no time stamp could be had, or the signature would not count.
    """
    at = now or timezone.now()
    kept = _paper(seat, code, for_agency)
    pdf = file_of(kept).read_bytes()
    _waits(pdf, for_agency)
    signer = opened(key, at)
    _theirs(seat, kept, signer, for_agency)
    name = names_of([kept.agency_id], seat.day).get(kept.agency_id, "") if for_agency else signer.subject_name or ""
    shown = (f"Ký bởi: {name}",) if not for_agency else (f"Cơ quan: {name}",)
    result = signed(
        pdf,
        signer,
        AGENCY if for_agency else PERSON,
        shown,
        RED if for_agency else BLUE,
        stamper_at(settings.TSA),
        at,
    )
    _counts(result, at)
    assert seat.person is not None
    called = str(signer.subject_name)[:200]
    return next_version(seat.actor, kept, result, signed_by=seat.person, for_agency=for_agency, signer=called, now=at)


def _paper(seat: Seat, code: str, for_agency: bool) -> KeptPaper:
    kept = latest(code)
    right = Right.KEEP_REGISTERS if for_agency else MAY.get(kept.kind if kept else "", Right.SEAL)
    if kept is None or not over_unit(seat.writing, right, kept.agency_id):
        who = "Văn thư của cơ quan" if for_agency else "Lãnh đạo có thẩm quyền của cơ quan"
        raise Refused(
            f"Vị trí của bạn không có thẩm quyền ký văn bản này, hoặc không có văn bản mang mã này. {who} mới ký được.",
            "Your post may not sign this paper, or there is none of this code. "
            + ("The agency's registrar does." if for_agency else "A leader of the agency does."),
        )
    if seat.person is None:
        raise Refused(
            "Tài khoản này không gắn với cán bộ nào. Hãy đăng nhập bằng tài khoản của người giữ vị trí.",
            "This account belongs to no official. Sign in as who holds the post.",
        )
    return kept


def _waits(pdf: bytes, for_agency: bool) -> None:
    if for_agency and is_empty(pdf, PERSON):
        raise Refused(
            "Người có thẩm quyền chưa ký văn bản này. Hãy để người đó ký trước, rồi mới ký số của cơ quan.",
            "Who is competent has not signed this paper yet. The agency signs after them.",
        )
    if not is_empty(pdf, AGENCY if for_agency else PERSON):
        raise Refused(
            "Văn bản này đã được ký. Không ký lần thứ hai; nếu nội dung sai, hãy lập văn bản mới thay thế.",
            "This paper is signed already, and not a second time. If it is wrong, make another in its place.",
        )


def _theirs(seat: Seat, kept: KeptPaper, signer: Signer, for_agency: bool) -> None:
    row = standing_certificate(fingerprint(signer.signing_cert))
    if row is None:
        raise Refused(
            "Chứng thư này chưa được ghi nhận là của ai. Chưa ký gì. Hãy đề nghị người phụ trách tổ chức, nhân sự ghi "
            "nhận chứng thư ở trang “Chứng thư ký số”.",
            "This certificate is not entered as anybody's. Nothing was signed. Ask who keeps the personnel.",
        )
    wrong = (
        (row.person_id is not None or row.agency_id != kept.agency_id) if for_agency else row.person_id != seat.person
    )
    if wrong:
        raise Refused(
            "Chứng thư này được ghi nhận của người hoặc cơ quan khác. Chưa ký gì. Hãy dùng chứng thư của chính "
            + ("cơ quan." if for_agency else "mình."),
            "This certificate is somebody else's. Nothing was signed. Use "
            + ("the agency's own." if for_agency else "your own."),
        )


def _counts(pdf: bytes, now: datetime) -> None:
    """A signature is looked at as any from outside: by its bottom line, from a root the site trusts."""
    found = look(BytesIO(pdf), roots(), now)
    if found.problem:
        problem = PROBLEMS[found.problem]
        raise Refused(f"Chữ ký này sẽ không được công nhận, nên chưa ghi gì. {problem.vi}", f"Not kept. {problem.en}")
