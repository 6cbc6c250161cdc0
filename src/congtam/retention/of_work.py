"""What is kept of work: evidence that was handed in, files that sources handed over, and who looked at whom."""

import shutil
from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import DateTimeField, Exists, Max, OuterRef, QuerySet
from django.db.models.functions import TruncDate, TruncMonth

from congtam.access.models import Look
from congtam.engine.periods import VIETNAM, Period, local_day
from congtam.engine.rulebook.model import Text
from congtam.evidence.models import Evidence, Stored
from congtam.intake.models import Batch, SetAside, Upload
from congtam.intake.uploads import file_of
from congtam.orgs.models import UnitSpan
from congtam.people.models import PostSpan, Spell
from congtam.retention.files import erase_files, named_elsewhere
from congtam.retention.things import Asked, By, Counts, Thing, numbers, told


def evidence(asked: Asked) -> list[Thing]:
    """Files handed in to work of the agency that is over, and that nothing else names; by key, one still in use too,
    without a last day."""
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
        over = len(ends) == len(those) and not named_elsewhere(digest, Evidence)
        if asked.keys is None and (not over or (asked.before is not None and max(ends) >= asked.before)):
            continue
        said = Text(vi=f"Minh chứng “{those[0].name}”", en=f"Evidence “{those[0].name}”")
        since = local_day(max(ends)) if over else None
        found.append(Thing(digest, said, since, digest, frozenset(row.by_id for row in those)))
    return found


def evidence_hindrances(things: Collection[Thing], now: datetime) -> dict[str, Text]:
    """Which files may not be erased now: something else still needs them."""
    why = Text(
        vi="tệp còn dùng cho việc chưa kết thúc, việc của cơ quan khác hoặc hồ sơ khác",
        en="other papers, or work that is not over or of another agency, still use the file",
    )
    return {one.key: why for one in things if one.since is None}


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
    """Files of sources an office of the agency owns, read or refused, of which no row waits to be mended; any by
    key."""
    found = Upload.objects.order_by("pk")
    if asked.keys is None:
        at_rest = _at_rest().exclude(state="erased")
        found = found.filter(pk__in=at_rest.values("pk"), source__owner__in=_posts_of(asked.agency))
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


def upload_hindrances(things: Collection[Thing], now: datetime) -> dict[str, Text]:
    """Which files of sources may not be erased now: they are still needed to be read."""
    why = Text(
        vi="tệp đang được đọc, hoặc còn dòng chờ sửa; hãy xử lý xong trước",
        en="the file is being read, or rows of it wait to be mended; deal with them first",
    )
    rest = set(_at_rest().filter(pk__in=[int(one.key) for one in things]).values_list("pk", flat=True))
    return {one.key: why for one in things if int(one.key) not in rest}


def _at_rest() -> "QuerySet[Upload]":
    """Files nobody has to read again: no row waits to be mended, nothing is being taken back."""
    waiting = SetAside.objects.filter(state="open", batch__upload__isnull=False)
    falling = Batch.objects.filter(ended_at=None, of__upload__isnull=False)
    rest = Upload.objects.filter(state__in=("done", "refused", "erased"))
    return rest.exclude(pk__in=waiting.values("batch__upload")).exclude(pk__in=falling.values("of__upload"))


def erase_upload(key: str, by: By) -> Counts:
    """Erase a file that a source handed over; what was read from it stays as records."""
    upload = Upload.objects.select_for_update().get(pk=int(key))
    by.last.append(partial(shutil.rmtree, file_of(upload).parent, ignore_errors=True))
    upload.state = "erased"
    upload.save(update_fields=["state"])
    return {"intake.Upload": 1}


def looks(asked: Asked) -> list[Thing]:
    """Months in which somebody looked at somebody who then worked in the agency."""
    at = TruncMonth("at", tzinfo=VIETNAM, output_field=DateTimeField())
    found = (
        _looks_in(asked.agency)
        .annotate(month=at)
        .values("month")
        .annotate(last=Max("at"), people=ArrayAgg("person", distinct=True))
    )
    things = []
    for row in found.order_by("month"):
        month = Period.parse(f"{row['month'].astimezone(VIETNAM):%Y-%m}")
        key = f"{asked.agency}:{month.label}"
        lasts = asked.before is not None and month.end > asked.before
        if lasts or (asked.keys is not None and key not in asked.keys):
            continue
        said = Text(vi=f"Lượt xem hồ sơ trong {month.title('vi')}", en=f"Looks in {month.title('en')}")
        things.append(Thing(key, said, local_day(row["last"]), "", frozenset(row["people"]), month.label))
    return things


def erase_looks(key: str, by: By) -> Counts:
    """Erase who looked at people of an agency in a month."""
    agency, label = key.split(":")
    return told({"access.Look": _in_month(int(agency), Period.parse(label)).delete()[0]})


def _in_month(agency: int, month: Period) -> "QuerySet[Look]":
    return _looks_in(agency).filter(at__gte=month.start, at__lt=month.end)


def _looks_in(agency: int) -> "QuerySet[Look]":
    """Looks at people who worked in the agency on the day of the look."""
    day: Any = OuterRef("day")  # of the look; one more for each query it stands deeper in
    there = UnitSpan.standing().filter(agency=agency, days__contains=OuterRef(OuterRef(day)), unit=OuterRef("unit"))
    post = PostSpan.standing().filter(Exists(there), days__contains=OuterRef(day), post=OuterRef("post"))
    held = Spell.standing().filter(Exists(post), days__contains=day, person=OuterRef("person"))
    return Look.objects.alias(day=TruncDate("at", tzinfo=VIETNAM)).filter(Exists(held))


def _posts_of(agency: int) -> QuerySet:
    """Posts that are or were in the agency."""
    return PostSpan.standing().filter(unit__spans__agency=agency, unit__spans__replaced_by=None).values("post")
