"""What the page tells of a paper, and of a file that was dropped."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from congtam.documents.models import KeptPaper
from congtam.documents.signature_words import CHANGES, PROBLEMS
from congtam.documents.signatures import Facts
from congtam.documents.verifying import Found
from congtam.engine.periods import Period
from congtam.engine.rulebook.model import Text
from congtam.orgs.queries import names_of
from congtam.web.pages.verification import words


@dataclass(frozen=True)
class Signed:
    """A signature that was put to a paper here: the name in the certificate, whether it is the agency's, when."""

    signer: str
    for_agency: bool
    at: datetime


@dataclass(frozen=True)
class Told:
    """A paper, without whom it is about and what it says. `digest`: of its last version."""

    kind: Text
    agency: str
    period: Text
    number: str
    dated: date | None
    seal: int | None
    code: str
    made_at: datetime
    signed: list[Signed]
    digest: str


@dataclass(frozen=True)
class Signature:
    """A signature as found in a file."""

    signer: str
    issuer: str
    signed_at: datetime | None
    changes: Text
    counts: bool
    problem: Text | None


@dataclass(frozen=True)
class File:
    """A dropped file: the verdict, and its signatures."""

    verdict: Text
    short: Text
    badge: str
    notes: list[Text]
    signatures: list[Signature]


def of_paper(kept: KeptPaper, now: datetime) -> Told:
    """The paper a version belongs to."""
    versions = list(KeptPaper.objects.filter(code=kept.code, form=kept.form).order_by("version"))
    last, period = versions[-1], Period.parse(kept.period)
    return Told(
        words.KINDS[kept.kind],
        names_of([kept.agency_id], timezone.localdate(now)).get(kept.agency_id, ""),
        Text(vi=period.title("vi"), en=period.title("en")),
        last.number,
        last.dated,
        last.seal,
        last.code,
        versions[0].at,
        [Signed(one.signer, one.for_agency, one.at) for one in versions if one.signer],
        last.file_id,
    )


def of_file(found: Found) -> File:
    """What was found about a file."""
    problem = found.checked.problem
    notes = [PROBLEMS[problem]] if problem in ("unreadable", "locked") and not found.unchanged else []
    if found.state == "same" and found.kept is not None:
        later = KeptPaper.objects.filter(code=found.kept.code, form=found.kept.form, version__gt=found.kept.version)
        notes += [words.LATER] if later.exists() else []
        notes += [words.UNSIGNED] if not found.kept.signer else []
    return File(
        words.VERDICTS[found.state],
        words.SHORT[found.state],
        words.BADGES[found.state],
        notes,
        [_signature(one) for one in found.checked.signatures],
    )


def _signature(one: Facts) -> Signature:
    at = datetime.fromisoformat(one.signed_at) if one.signed_at else None
    return Signature(one.signer, one.issuer, at, CHANGES[one.changes], one.bottom_line, PROBLEMS.get(one.problem))
