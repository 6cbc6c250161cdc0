"""What every action on a document does: hold it, look at its state, tell what happened."""

from datetime import datetime
from typing import Any

from congtam.access.gate import Right, over_unit
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.history.refused import Refused
from congtam.people.names import search_key, tidy
from congtam.registers.models import Document, Step


def held(document: int, *states: str) -> Document:
    """The document, held until the transaction ends. Raises `Refused` when it is in none of these states."""
    found = Document.objects.select_for_update().get(pk=document)
    if found.state not in states:
        raise Refused(
            "Văn bản đã sang bước khác, có thể do người khác vừa làm. Hãy mở lại trang để xem văn bản đang ở đâu.",
            "The document has moved on, perhaps by somebody else just now. Open the page again to see where it is.",
        )
    return found


def tell(
    seat: Seat,
    document: Document,
    step: str,
    now: datetime,
    *,
    to: int | None = None,
    text: str = "",
    moves: bool = True,
    **told: Any,
) -> None:
    """Write down what happened, move the document to the state of that name (unless `moves` is false), save it, and
    tell the journal (`registers.<step>`)."""
    if moves:
        document.state = step
    document.search_key = found_by(document)
    document.save()
    Step.objects.create(document=document, step=step, by_id=seat.person, to_id=to, at=now, text=text)
    note(seat.actor, f"registers.{step}", "document", document.pk, {**_numbered(document), **told})


def must_keep(seat: Seat, agency: int) -> None:
    """Raises `Refused` unless the seat keeps the registers of the agency."""
    if not over_unit(seat.writing, Right.KEEP_REGISTERS, agency):
        raise Refused(
            "Chỉ văn thư của cơ quan làm được việc này. Hãy chuyển cho văn thư.",
            "Only the registrar of the agency may do this. Ask them to.",
        )
    person_of(seat)


def person_of(seat: Seat) -> int:
    """The person who acts. Raises `Refused` for an account without one."""
    if seat.person is None:
        raise Refused(
            "Tài khoản này không gắn với cán bộ nào. Hãy đăng nhập bằng tài khoản của người giữ vị trí.",
            "This account belongs to no official. Sign in as who holds the post.",
        )
    return seat.person


def found_by(document: Document) -> str:
    """The words by which a document is found; none of a secret one."""
    if document.secrecy:
        return ""
    words = (
        document.kind, document.symbol, document.issuer, document.abstract, document.signer, document.recipients,
    )  # fmt: skip
    return search_key(" ".join(words))


def not_secret(document: Document) -> None:
    """Raises `Refused` for a secret document, of which only the number stands here."""
    if document.secrecy:
        raise Refused(
            "Văn bản mật chỉ được ghi số ở đây. Hãy xử lý theo quy định bảo vệ bí mật nhà nước, ngoài hệ thống này.",
            "Of a secret document only the number stands here. Handle it by the rules on secrets, outside the system.",
        )


def _numbered(document: Document) -> dict[str, Any]:
    return {} if document.number is None else {"number": f"{document.number:02d}/{document.year}"}


def abstract_of(text: str) -> str:
    """A trích yếu in one line. Raises `Refused` for none."""
    if said := tidy(text):
        return said
    raise Refused(
        "Chưa ghi trích yếu. Hãy ghi nội dung văn bản trong một câu.",
        "There is no abstract. Say in one sentence what the document is about.",
    )
