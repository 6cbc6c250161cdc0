"""What is kept of work: evidence that was handed in, files that sources handed over, and who looked at whom."""

import shutil

from django.db.models import DateTimeField, Max, Q, QuerySet
from django.db.models.functions import TruncMonth

from congtam.access.models import Look
from congtam.engine.periods import VIETNAM, Period, local_day
from congtam.engine.rulebook.model import Text
from congtam.evidence.models import Evidence, Stored
from congtam.intake.models import Batch, SetAside, Upload
from congtam.intake.uploads import file_of
from congtam.people.models import PostSpan, Spell
from congtam.retention.files import erase_files, named_elsewhere
from congtam.retention.things import Asked, By, Counts, Thing, numbers, told


def evidence(asked: Asked) -> list[Thing]:
    """Files handed in to work of the agency that is over, and that nothing else names."""
    early = Evidence.objects.all() if asked.before is None else Evidence.objects.filter(at__lt=asked.before)
    handed = Stored.objects.filter(erased=None, pk__in=early.values("file"))
    if asked.keys is not None:
        handed = handed.filter(pk__in=asked.keys)
    rows = Evidence.objects.filter(file__in=handed).select_related("item__standing").order_by("file", "pk")
    by_file: dict[str, list[Evidence]] = {}
    for row in rows:
        by_file.setdefault(row.file_id, []).append(row)
    ours = set(Spell.standing().filter(post__in=_posts_of(asked.agency)).values_list("person", flat=True))
    found = []
    for digest, those in by_file.items():
        ends = [row.item.standing.finished_at for row in those if _is_over(row, asked.agency, ours)]
        over = len(ends) == len(those)
        if asked.keys is None and (not over or (asked.before is not None and max(ends) >= asked.before)):
            continue
        if asked.keys is None and named_elsewhere(digest, Evidence):
            continue
        said = Text(vi=f"Minh chứng “{those[0].name}”", en=f"Evidence “{those[0].name}”")
        since = local_day(max(ends)) if over else None
        found.append(Thing(digest, said, since, digest, frozenset(row.by_id for row in those)))
    return found


def _is_over(row: Evidence, agency: int, ours: set[int]) -> bool:
    """Whether the work is over and of the agency; where no unit holds it, of who handed it in."""
    it = getattr(row.item, "standing", None)
    if it is None or it.finished_at is None:
        return False
    return it.agency_id == agency or (it.agency_id is None and row.by_id in ours)


def erase_evidence(key: str, by: By) -> Counts:
    """Erase what a file handed in as evidence holds, with its name and note; that it was handed in, and its digest,
    stay."""
    rows = Evidence.objects.filter(file=key).exclude(name="", note="")
    return told(
        {"evidence.Evidence.name": rows.update(name="", note=""), "evidence.Stored": erase_files([key], by, Evidence)}
    )


def uploads(asked: Asked) -> list[Thing]:
    """Files of sources an office of the agency owns, read or refused, of which no row waits to be mended."""
    found = Upload.objects.filter(source__owner__in=_posts_of(asked.agency), state__in=("done", "refused")).order_by(
        "pk"
    )
    waiting = SetAside.objects.filter(state="open", batch__upload__isnull=False)
    falling = Batch.objects.filter(ended_at=None, of__upload__isnull=False)
    found = found.exclude(pk__in=waiting.values("batch__upload")).exclude(pk__in=falling.values("of__upload"))
    if asked.before is not None:
        found = found.filter(made_at__lt=asked.before)
    if asked.keys is not None:
        found = found.filter(pk__in=numbers(asked))
    return [
        Thing(
            str(one.pk),
            Text(vi=f"Tệp “{one.name}” của nguồn {one.source.code}", en=f"File “{one.name}” of {one.source.code}"),
            local_day(one.made_at),
        )
        for one in found.select_related("source")
    ]


def erase_upload(key: str, by: By) -> Counts:
    """Erase a file that a source handed over; what was read from it stays as records."""
    upload = Upload.objects.select_for_update().get(pk=int(key))
    shutil.rmtree(file_of(upload).parent, ignore_errors=True)
    upload.state = "erased"
    upload.save(update_fields=["state"])
    return {"intake.Upload": 1}


def looks(asked: Asked) -> list[Thing]:
    """Months in which somebody looked at somebody of the agency."""
    at = TruncMonth("at", tzinfo=VIETNAM, output_field=DateTimeField())
    found = Look.objects.filter(_of_agency(asked.agency)).annotate(month=at).values("month").annotate(last=Max("at"))
    things = []
    for row in found.order_by("month"):
        month = Period.parse(f"{row['month'].astimezone(VIETNAM):%Y-%m}")
        key = f"{asked.agency}:{month.label}"
        lasts = asked.before is not None and month.end > asked.before
        if lasts or (asked.keys is not None and key not in asked.keys):
            continue
        said = Text(vi=f"Lượt xem hồ sơ trong {month.title('vi')}", en=f"Looks in {month.title('en')}")
        people = Look.objects.filter(_in_month(asked.agency, month)).values_list("person", flat=True).distinct()
        things.append(Thing(key, said, local_day(row["last"]), "", frozenset(people)))
    return things


def erase_looks(key: str, by: By) -> Counts:
    """Erase who looked at people of an agency in a month."""
    agency, label = key.split(":")
    return told({"access.Look": Look.objects.filter(_in_month(int(agency), Period.parse(label))).delete()[0]})


def _in_month(agency: int, month: Period) -> Q:
    return _of_agency(agency) & Q(at__gte=month.start, at__lt=month.end)


def _of_agency(agency: int) -> Q:
    """Of people who work or worked in the agency."""
    return Q(person__in=Spell.standing().filter(post__in=_posts_of(agency)).values("person"))


def _posts_of(agency: int) -> QuerySet:
    """Posts that are or were in the agency."""
    return PostSpan.standing().filter(unit__spans__agency=agency, unit__spans__replaced_by=None).values("post")


__all__ = ["erase_evidence", "erase_looks", "erase_upload", "evidence", "looks", "uploads"]
