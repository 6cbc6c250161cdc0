"""June 2030 of Sở A sealed, with everything in it that may say who An is; An leaves on 1 August."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import cast as casting
from closing_scene import NOW, july, to_seal
from congtam.access.models import Look
from congtam.audit.actions import close_batch, note
from congtam.closing.sealing import close
from congtam.cycles.models import Claim, Cycle
from congtam.cycles.models import Remark as Told
from congtam.desk.models import Remark as Said
from congtam.documents.models import KeptPaper
from congtam.evidence.keeping import keep
from congtam.evidence.models import Evidence
from congtam.history.actor import SYSTEM
from congtam.intake.models import Upload
from congtam.intake.uploads import file_of
from congtam.objections.models import Remark, Saying
from congtam.people.actions import end_spell, rename_person
from congtam.ratings.models import Rating, Reason
from congtam.scores.models import Seal
from congtam.sources.models import Source
from congtam.work.folding import fold_waiting
from congtam.work.models import Item, ItemText
from cycle_scene import seat
from month_scene import at

NAME = "Nguyễn Thị An"
LATER = at(2, month=9)
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@dataclass(frozen=True)
class Scene:
    """The department, its sealed period, and its site's folder."""

    cast: casting.Cast
    cycle: Cycle
    seal: Seal
    site: Path

    @property
    def agency(self) -> int:
        return self.cast.units["so-a"].pk

    def seat(self, code: str, now: datetime = LATER) -> Any:
        return seat(self.cast, code, now)


def play(site: Path) -> Scene:
    """The whole of it, in the database at hand."""
    cast = casting.build()
    cycle = to_seal(cast)
    words(cast, cycle)
    seal = close(seat(cast, "giam-doc", NOW), cycle, NOW)
    after(cast, cycle, seal)
    return Scene(cast, cycle, seal, site)


def words(cast: casting.Cast, cycle: Cycle) -> None:
    an = cast.people["an"]
    rename_person(SYSTEM, an, full_name=NAME, honorific="Bà", email="an.nguyen@so-a.vn", phone="0912345678")
    for mark in Rating.standing().filter(person__in=(an, cast.people["binh"]), period=cycle.period):
        Reason.objects.create(seq=mark.seq, text=f"Đồng chí {NAME} làm tốt")
    saying = Saying.objects.filter(slip__person=an).first()
    Remark.objects.create(seq=saying.seq, text=f"Tôi, {NAME.upper()}, không đồng ý")
    proof, name = keep("don-cua-toi.pdf", [PDF + b"don"])
    claim = Claim.objects.create(
        cycle=cycle, series=10**9, person=an, criterion="general", evidence=proof, evidence_name=name
    )
    Told.objects.create(seq=claim.series, text="Đã giúp phòng Hai")


def after(cast: casting.Cast, cycle: Cycle, seal: Seal) -> None:
    an, binh = cast.people["an"], cast.people["binh"]
    end_spell(SYSTEM, cast.spells["an"], date(2030, 8, 1), "20/QĐ-SA")
    for form in ("pdf", "docx"):
        stored, _ = keep("phieu.pdf", [PDF + form.encode()])
        KeptPaper.objects.create(
            code="AAAA-BBBB-CCCC"[:14], form=form, version=1, kind="slip", agency=seal.agency, period=seal.period,
            seal=seal.pk, person=an if form == "pdf" else None, file=stored, at=NOW,
        )  # fmt: skip
    fold_waiting(30, NOW)
    item = Item.objects.filter(standing__finished_at__isnull=False, shares__official=an).first()
    handed, name = keep("bao-cao.pdf", [PDF + b"bao cao"])
    Evidence.objects.create(item=item, file=handed, name=name, note=f"của {NAME}", by=an, at=NOW)
    title = f"Thay đồng chí {NAME} (an.nguyen@so-a.vn) họp"
    ItemText.objects.update_or_create(
        item=item, defaults={"title": title, "search_key": f"thay dong chi {'nguyen thi an'} hop"}
    )
    Said.objects.create(item=item, by=binh, at=NOW, kind="report", text=f"Đã trao đổi với {NAME}")
    note(SYSTEM, "people.rename_person", "person", an.pk, {"name": NAME})
    note(SYSTEM, "evidence.hand_in", "item", item.pk, {"name": f"{NAME}.pdf"})
    note(SYSTEM, "people.add_person", "unit", 1, {"code": "binh"})
    Look.objects.create(viewer=cast.accounts["nhan-su"], role="personnel", person=an, what="month", at=july(9))
    source = Source.objects.create(code="mot-cua", name="Một cửa", first=date(2030, 1, 1), owner=cast.posts["du-lieu"])
    upload = Upload.objects.create(source=source, name="thang-6.csv", size=3, received=3, state="done", mapping="a")
    Upload.objects.filter(pk=upload.pk).update(made_at=NOW)
    file_of(upload).parent.mkdir(parents=True)
    file_of(upload).write_bytes(b"a,b")
    while close_batch() is not None:
        pass
