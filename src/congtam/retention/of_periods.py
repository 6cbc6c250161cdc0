"""What is kept of periods of evaluation: the words in seals, what people said and were told, and the papers."""

from collections import defaultdict

from congtam.cycles.models import Claim, Cycle
from congtam.cycles.models import Remark as Told
from congtam.documents.models import KeptPaper
from congtam.engine.periods import Period, local_day
from congtam.engine.rulebook.model import Text
from congtam.objections.models import Answer, Remark, Request, Saying
from congtam.ratings.models import Decision, Rating, Reason, Reported
from congtam.retention.files import erase_files
from congtam.retention.things import Asked, By, Counts, Thing, numbers, told
from congtam.scores.keeping import erase_words
from congtam.scores.models import Seal, SealedScore, SealText
from congtam.scores.seals import standing_seal


def seals(asked: Asked) -> list[Thing]:
    """Seals that still hold what people are called and why marks were given."""
    worded = SealText.objects.filter(person__isnull=False)
    found = Seal.objects.filter(agency=asked.agency, pk__in=worded.values("seal")).order_by("pk")
    if asked.before is not None:
        found = found.filter(made_at__lt=asked.before)
    if asked.keys is not None:
        found = found.filter(pk__in=numbers(asked))
    people = defaultdict(set)
    for seal, person in worded.filter(seal__in=found.values("pk")).values_list("seal", "person"):
        people[seal].add(person)
    return [
        Thing(
            str(one.pk),
            Text(
                vi=f"Bản chốt lần {one.number}, {Period.parse(one.period).title('vi')}",
                en=f"Seal {one.number} of {Period.parse(one.period).title('en')}",
            ),
            local_day(one.made_at),
            one.head,
            frozenset(people[one.pk]),
            one.period,
        )
        for one in found
    ]


def erase_seal(key: str, by: By) -> Counts:
    """Erase the words of a seal."""
    return told({"scores.SealText.row": erase_words(int(key))})


def words(asked: Asked) -> list[Thing]:
    """Sealed periods of which something people said is still there."""
    found = []
    cycles = Cycle.objects.filter(agency=asked.agency).order_by("pk")
    if asked.keys is not None:
        cycles = cycles.filter(pk__in=numbers(asked))
    for cycle in cycles:
        period = Period.parse(cycle.period)
        seal = standing_seal(cycle.agency_id, period)
        if asked.before is not None and (seal is None or seal.made_at >= asked.before):
            continue
        if asked.keys is None and not _is_worded(cycle, seal):
            continue
        said = Text(vi=f"Lời lẽ của {period.title('vi')}", en=f"What was said of {period.title('en')}")
        since = local_day(seal.made_at) if seal else None
        found.append(Thing(str(cycle.pk), said, since, "", _spoken_of(cycle, seal), cycle.period))
    return found


def erase_words_of(key: str, by: By) -> Counts:
    """Erase what was said of a period: remarks to slips, requests and answers, claims with their files, reasons."""
    cycle = Cycle.objects.get(pk=int(key))
    claims, requests = Claim.objects.filter(cycle=cycle), Request.objects.filter(cycle=cycle)
    seal = standing_seal(cycle.agency_id, Period.parse(cycle.period))
    files = {*claims.exclude(evidence=None).values_list("evidence", flat=True)}
    files |= {*requests.exclude(file=None).values_list("file", flat=True)}
    return told(
        {
            "objections.Remark.text": Remark.objects.filter(seq__in=_said(cycle)).delete()[0],
            "cycles.Remark.text": Told.objects.filter(seq__in=claims.values("series")).delete()[0],
            "ratings.Reason.text": Reason.objects.filter(seq__in=_given(cycle, seal)).delete()[0],
            "cycles.Claim.evidence_name": claims.exclude(evidence_name="").update(evidence_name=""),
            "objections.Request.file_name": requests.exclude(file_name="").update(file_name=""),
            "evidence.Stored": erase_files(files, by, Claim, Request),
        }
    )


def papers(asked: Asked) -> list[Thing]:
    """Papers of periods whose file is still there."""
    found = KeptPaper.objects.filter(agency=asked.agency, file__erased=None).order_by("pk")
    if asked.before is not None:
        found = found.filter(at__lt=asked.before)
    if asked.keys is not None:
        found = found.filter(pk__in=numbers(asked))
    graded = {seal: _graded(seal) for seal in {one.seal for one in found if not one.person_id}}
    return [
        Thing(
            str(one.pk),
            Text(
                vi=f"Văn bản {one.code}.{one.form}, bản {one.version}, kỳ {one.period}",
                en=f"Paper {one.code}.{one.form}, version {one.version}, of {one.period}",
            ),
            local_day(one.at),
            one.file_id,
            frozenset({one.person_id}) if one.person_id else graded[one.seal],
            one.period,
        )
        for one in found
    ]


def erase_paper(key: str, by: By) -> Counts:
    """Erase what the file of a paper holds; its code, number and digest stay."""
    paper = KeptPaper.objects.get(pk=int(key))
    return told({"evidence.Stored": erase_files([paper.file_id], by, KeptPaper)})


def _is_worded(cycle: Cycle, seal: Seal | None) -> bool:
    claims = Claim.objects.filter(cycle=cycle)
    return (
        Remark.objects.filter(seq__in=_said(cycle)).exists()
        or Told.objects.filter(seq__in=claims.values("series")).exists()
        or Reason.objects.filter(seq__in=_given(cycle, seal)).exists()
    )


def _said(cycle: Cycle) -> list[int]:
    """The numbers of everything said to slips of a cycle, asked and answered."""
    sayings = Saying.objects.filter(slip__cycle=cycle).values_list("seq", flat=True)
    requests = Request.objects.filter(cycle=cycle).values_list("seq", flat=True)
    answers = Answer.objects.filter(request__cycle=cycle).values_list("seq", flat=True)
    return [*sayings, *requests, *answers]


def _given(cycle: Cycle, seal: Seal | None) -> list[int]:
    """The numbers of marks, figures and decisions of a period on those whom the seal names."""
    people = _graded(seal.pk if seal else None)
    return [
        number
        for kind in (Rating, Reported, Decision)
        for number in kind.objects.filter(period=cycle.period, person__in=people).values_list("seq", flat=True)
    ]


def _spoken_of(cycle: Cycle, seal: Seal | None) -> frozenset[int]:
    """Whom anything said of a period is about: who was graded, asked for a review, claimed something, got a slip."""
    said = Saying.objects.filter(slip__cycle=cycle).values_list("slip__person", flat=True)
    asked = Request.objects.filter(cycle=cycle).values_list("person", flat=True)
    claimed = Claim.objects.filter(cycle=cycle).values_list("person", flat=True)
    return _graded(seal.pk if seal else None).union(said, asked, claimed)


def _graded(seal: int | None) -> frozenset[int]:
    return frozenset(SealedScore.objects.filter(seal=seal).values_list("person", flat=True))
