"""Digital signatures of a PDF, checked by pyHanko without any network: who signed, when, whether the document is as it
was signed, and whether the certificate comes from a root the site trusts.

A signature counts only by its bottom line: intact, valid, trusted, and nothing changed since but what signing itself
allows. That the signed bytes are intact alone says nothing about what was added after them. Lists of revoked
certificates are not fetched: only what the file itself carries is looked at, and every telling of facts says so.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

CHANGES = {
    ModificationLevel.NONE: "none",
    ModificationLevel.LTA_UPDATES: "archive",
    ModificationLevel.FORM_FILLING: "forms",
    ModificationLevel.ANNOTATIONS: "annotations",
    ModificationLevel.OTHER: "other",
}
_TRUST = {
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: "expired",
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: "expired",
    AdESIndeterminate.REVOKED_NO_POE: "revoked",
    AdESIndeterminate.REVOKED_CA_NO_POE: "revoked",
    AdESFailure.REVOKED: "revoked",
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: "unfit",
    AdESFailure.NOT_YET_VALID: "expired",
    AdESIndeterminate.EXPIRED: "expired",
    AdESIndeterminate.NOT_YET_VALID: "expired",
}
BROKEN = frozenset({"unreadable", "locked", "broken", "changed"})  # such a document is refused, and its sender told


@dataclass(frozen=True)
class Facts:
    """What was found about one signature. `signer`, `issuer`: names in the certificate; `signed_at`: by a trusted time
    stamp, else as the signature itself says (ISO 8601), blank when it does not; `changes`: what was added after signing
    (`CHANGES`; `unknown` when the signature does not cover a whole revision); `problem`: blank when it counts, else
    broken, changed, expired, revoked, unfit, foreign, unstamped (its time stamp does not count), or weak."""

    signer: str
    issuer: str
    serial: str
    signed_at: str
    intact: bool
    trusted: bool
    changes: str
    bottom_line: bool
    problem: str


@dataclass(frozen=True)
class Checked:
    """What was found about a file: its signatures in order, and what is wrong (blank: all of them count). Beside the
    problems of a signature: unreadable (no PDF that can be read), locked (by a password), none (no signature)."""

    signatures: tuple[Facts, ...]
    problem: str

    @property
    def told(self) -> list[dict[str, Any]]:
        """The facts as they are kept."""
        return [asdict(one) for one in self.signatures]


def check(path: Path, roots: Sequence[Any], now: datetime) -> Checked:
    """Look at every signature of a PDF on the disk; as `look`."""
    with path.open("rb") as file:
        return look(file, roots, now)


def look(file: IO[bytes], roots: Sequence[Any], now: datetime) -> Checked:
    """Look at every signature of a PDF, as of `now`, trusting only `roots`. Asks nothing over the network."""
    try:
        reader = PdfFileReader(file, strict=False)
        if reader.encrypted:
            return Checked((), "locked")
        signatures = [one for one in reader.embedded_signatures if one.sig_object.get("/Type") != "/DocTimeStamp"]
        found = tuple(_facts(one, roots, now) for one in signatures)
    except Exception:  # a broken file breaks its reader in every way there is
        return Checked((), "unreadable")
    if not found:
        return Checked((), "none")
    problems = [one.problem for one in found if one.problem]
    worst = next((one for one in problems if one in BROKEN), problems[0] if problems else "")
    return Checked(found, worst)


def _facts(signature: Any, roots: Sequence[Any], now: datetime) -> Facts:
    certificate = signature.signer_cert
    names = (_called(certificate.subject), _called(certificate.issuer), f"{certificate.serial_number:x}")
    context = ValidationContext(trust_roots=list(roots), allow_fetching=False, revocation_mode="soft-fail", moment=now)
    try:
        status = validate_pdf_signature(signature, context)
    except Exception:  # what cannot be checked at all does not count
        return Facts(*names, "", False, False, "unknown", False, "broken")
    stamp = status.timestamp_validity
    said = stamp.timestamp if stamp is not None and stamp.trusted else status.signer_reported_dt
    return Facts(
        *names,
        said.isoformat() if said else "",
        status.intact,
        status.trusted,
        _changes(status),
        status.bottom_line,
        _problem(status),
    )


def _problem(status: PdfSignatureStatus) -> str:
    if not status.intact:
        return "changed"
    if not status.valid:
        return "broken"
    if _changes(status) in ("other", "unknown") or not status.docmdp_ok:
        return "changed"
    if not status.trusted:
        return _TRUST.get(status.trust_problem_indic, "foreign")  # type: ignore[arg-type]
    if status.bottom_line:
        return ""
    stamp = status.timestamp_validity
    return "unstamped" if stamp is not None and not (stamp.intact and stamp.valid and stamp.trusted) else "weak"


def _changes(status: PdfSignatureStatus) -> str:
    if status.coverage is None or status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return "unknown"
    return CHANGES.get(status.modification_level, "unknown")  # type: ignore[arg-type]


def _called(name: Any) -> str:
    """The common name of a certificate's subject or issuer, else everything it says."""
    return str(name.native.get("common_name") or name.human_friendly)[:200]
