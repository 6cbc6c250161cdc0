"""Whose certificates are: entered by who keeps the personnel of an agency, taken back when they no longer hold."""

from typing import Any

from asn1crypto import x509
from django.db.models import QuerySet
from pyhanko.keys import load_certs_from_pemder_data

from congtam.access.gate import Right, over_person, over_unit
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.documents.keys import fingerprint
from congtam.documents.models import SignerCertificate
from congtam.history.laying import put, withdraw
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.orgs.queries import agencies_of
from congtam.people.queries import units_of

LARGEST = 1 << 16  # bytes of a certificate's file


def register_certificate(seat: Seat, content: bytes, *, person: int | None = None, agency: int | None = None) -> Any:
    """Enter whose the certificate in a file (PEM or DER) is: a person's, or an agency's own (then without a person).

    Raises `Refused`: the seat keeps no personnel there, the file holds no one certificate, somebody has it already."""
    home = agency if agency is not None else _agency_of(seat, person)
    may = over_person(seat, Right.EDIT_PEOPLE, person) if person else over_unit(seat, Right.EDIT_PEOPLE, home)
    if not may:
        raise Refused(
            "Chỉ người phụ trách tổ chức, nhân sự của cơ quan ghi nhận được chứng thư của cán bộ.",
            "Only who keeps the personnel of the agency may enter certificates of its people.",
        )
    found = _read(content)
    mark = fingerprint(found)
    with in_order():
        if SignerCertificate.standing().filter(fingerprint=mark).exists():
            raise Refused(
                "Chứng thư này đã được ghi nhận. Nếu ghi nhầm người, hãy gỡ rồi ghi lại.",
                "This certificate is entered already. If it is with the wrong person, take it back first.",
            )
        new = SignerCertificate(
            fingerprint=mark,
            person_id=person,
            agency_id=home,
            name=_called(found.subject),
            issuer=_called(found.issuer),
            begins=found.not_valid_before,
            ends=found.not_valid_after,
        )
        put(seat.actor, new)
        told = {"fingerprint": mark, "person": person, "agency": home, "name": new.name}
        note(seat.actor, "documents.register_certificate", "certificate", new.seq, told)
    return new


def withdraw_certificate(seat: Seat, number: int) -> None:
    """Nothing is signed with it any more; what was signed before stays. Raises `Refused` for one that does not stand
    or is of another agency."""
    with in_order():
        row = SignerCertificate.standing().filter(seq=number).first()
        if row is None or not over_unit(seat, Right.EDIT_PEOPLE, row.agency_id):
            raise Refused(
                "Chứng thư này không còn trong danh sách của cơ quan. Hãy tải lại trang để xem danh sách hiện nay.",
                "This certificate no longer stands in the agency's list. Load the page again.",
            )
        withdraw(row)
        note(seat.actor, "documents.withdraw_certificate", "certificate", number, {"fingerprint": row.fingerprint})


def certificates_of(agency: int) -> QuerySet[Any]:
    """Those that stand in an agency, the agency's own first."""
    rows = SignerCertificate.standing().filter(agency=agency).select_related("person__text")
    return rows.order_by("person__text__sort_key", "seq")


def standing_certificate(mark: str) -> Any:
    """Whose the certificate of a fingerprint is; None when nobody's."""
    return SignerCertificate.standing().filter(fingerprint=mark).first()


def _agency_of(seat: Seat, person: int | None) -> int:
    units = units_of(person, seat.day) if person else []
    agencies = agencies_of(units, seat.day) if units else {}
    if not agencies:
        raise Refused(
            "Người này không giữ vị trí nào nên không ghi nhận được chứng thư. Hãy ghi công tác của người này trước.",
            "This person holds no post, so no certificate is entered. Enter their spell of work first.",
        )
    return next(iter(agencies.values()))


def _read(content: bytes) -> x509.Certificate:
    try:
        if len(content) > LARGEST:
            raise ValueError("too large")
        [one] = load_certs_from_pemder_data(content)
        _ = one.subject.native, one.public_key.native  # ASN.1 is parsed when it is asked for
    except (ValueError, TypeError, KeyError):
        raise Refused(
            "Tệp không chứa đúng một chứng thư đọc được. Hãy xuất chứng thư của riêng người ký (.cer, .crt hoặc .pem).",
            "The file does not hold one certificate that can be read. Export the signer's own (.cer, .crt or .pem).",
        ) from None
    return one


def _called(name: Any) -> str:
    return str(name.native.get("common_name") or name.human_friendly)[:200]
