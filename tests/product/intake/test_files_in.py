"""Files on their way in: pieces, mapping, preview, reading, mending, another mapping, and what is refused."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cast import Cast
from congtam.engine.findings import Unusable
from congtam.history.actor import SYSTEM
from congtam.history.refused import Refused
from congtam.intake import reading, uploads
from congtam.intake.actions import drop, withdraw_batch
from congtam.intake.mending import replay
from congtam.intake.models import Batch, Record, SetAside, Upload
from congtam.intake.telling import Outcome
from congtam.sources.actions import add_source, keep_mapping
from congtam.sources.models import Source
from congtam.work.events import events_of
from congtam.work.models import Item, ItemText, SameWork

pytestmark = pytest.mark.django_db

MAPPING = """
source: {format: csv}
item: event
key: Mã
time: {formats: [DD/MM/YYYY hh:mm, DD/MM/YYYY], due_day_until: "17:00"}
received: Nhận
due: Hạn
finished: Trả
official: Cán bộ
attributes: {kind: {always: dossier}, unit: Phòng}
called: {title: Trích yếu, symbol: Số ký hiệu}
"""
HEADER = "Mã,Nhận,Hạn,Trả,Cán bộ,Phòng,Trích yếu,Số ký hiệu\n"
GOOD = "H1,02/03/2026 08:00,05/03/2026,04/03/2026 10:30,an,phong-mot,Xin phép,12/BC\n"
CASES = """
source: {format: csv}
item: case
key: case
received: in
attributes: {unit: unit}
steps: {at: time, what: what, official: who}
"""
CASE_ROWS = "case,in,unit,time,what,who\n" + "".join(
    f"{case},2026-03-0{day},phong-mot,2026-03-1{step}T08:00:00+07:00,step{step},{'an' if case != 'B' else 'who'}\n"
    for case, day in (("A", 1), ("B", 2))
    for step in range(3)
)


@pytest.fixture
def source(cast: Cast, tmp_path: Path, settings: Any) -> Source:
    settings.SITE = tmp_path
    return add_source(SYSTEM, "motcua", "Một cửa", first=date(2025, 3, 1))


def uploaded(source: Source, text: str, name: str = "so.csv", mapping: str = MAPPING) -> Upload:
    data = text.encode()
    upload = uploads.begin(SYSTEM, source, name, len(data))
    uploads.append_piece(upload, 0, data)
    upload.refresh_from_db()
    return uploads.keep_mapping(SYSTEM, upload, mapping)


def read(upload: Upload) -> dict[str, int]:
    outcome = reading.read_upload(SYSTEM, upload)
    assert outcome is not None
    return {name: count for name, count in outcome.counts().items() if count}


def read_again(upload: Upload, mapping: str) -> Outcome:
    outcome = reading.read_upload(SYSTEM, uploads.keep_mapping(SYSTEM, upload, mapping))
    assert outcome is not None
    return outcome


def standing(key: str) -> list[str]:
    """What was said of an item and not taken back."""
    rows = events_of([Item.objects.get(key=key).pk])
    gone = {row.value for row in rows if row.activity == "withdrawn"}
    return [f"{row.activity} {row.value}" for row in rows if row.activity != "withdrawn" and str(row.seq) not in gone]


def test_an_upload_that_was_cut_off_goes_on(source: Source) -> None:
    data = (HEADER + GOOD).encode()
    upload = uploads.begin(SYSTEM, source, "sổ.csv", len(data))
    uploads.append_piece(upload, 0, data[:40])
    uploads.append_piece(upload, 0, data[:40])  # sent again
    kept = uploads.append_piece(upload, 30, data[30:])  # overlapping
    assert (kept.state, kept.received) == ("review", len(data))
    assert uploads.file_of(kept).read_bytes() == data


def test_a_piece_that_leaves_a_gap_or_is_too_much_is_refused(source: Source) -> None:
    upload = uploads.begin(SYSTEM, source, "so.csv", 10)
    with pytest.raises(Refused, match="0 of 10"):
        uploads.append_piece(upload, 5, b"x")
    with pytest.raises(Refused):
        uploads.append_piece(upload, 0, b"x" * 11)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\Users\\a\\sổ văn bản.xlsx", "sổ văn bản.xlsx"),
        ("a\x00b\u202ecsv.csv", "abcsv.csv"),
        ("<script>#row=1.csv", "_script__row=1.csv"),
        ("x" * 400 + ".csv.gz", "x" * 120 + ".csv.gz"),
    ],
)
def test_hostile_names_become_harmless(name: str, kept: str) -> None:
    assert uploads.safe_name(name) == kept


@pytest.mark.parametrize(("name", "size"), [("a.exe", 1), ("a.csv", 0), ("a.csv", 5 * 1024**3), ("", 1)])
def test_what_cannot_be_read_is_refused_at_once(source: Source, name: str, size: int) -> None:
    with pytest.raises(Refused):
        uploads.begin(SYSTEM, source, name, size)


def test_a_full_disk_is_told_and_what_came_is_kept(source: Source, monkeypatch: Any) -> None:
    upload = uploads.begin(SYSTEM, source, "so.csv", 10)
    uploads.append_piece(upload, 0, b"12345")

    def full(*_: Any, **__: Any) -> Any:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched, pytest.raises(Refused, match="No space"):
        patched.setattr(Path, "open", full)
        uploads.append_piece(upload, 5, b"67890")
    upload.refresh_from_db()
    assert (upload.received, upload.state) == (5, "receiving")
    assert uploads.append_piece(upload, 5, b"67890").state == "review"


def test_a_preview_says_what_would_be_used_and_why_not(source: Source) -> None:
    text = (
        HEADER + GOOD + GOOD.replace("H1", "").replace("04/03", "ngày") + GOOD.replace("an,", "ai,").replace("H1", "H2")
    )
    upload = uploaded(source, text)
    seen = reading.preview(upload, MAPPING)
    assert [bool(one.problem) for one in seen] == [False, True, True]
    assert "Ô mã để trống" in seen[1].problem
    assert "“ai”" in seen[2].problem
    assert not Item.objects.exists()


def test_a_file_is_read_and_read_again_without_doubling(source: Source) -> None:
    upload = uploaded(source, HEADER + GOOD + GOOD.replace("H1", "H2") + GOOD)
    assert read(upload) == {"accepted": 2, "set_aside": 1}
    upload.refresh_from_db()
    assert (upload.state, upload.report["rows_read"]) == ("done", 3)
    again = uploaded(source, HEADER + GOOD + GOOD.replace("H1", "H2") + GOOD)
    assert read(again) == {"unchanged": 2, "set_aside": 1}
    assert Record.objects.count() == 2
    item = Item.objects.get(key="H1")
    assert ItemText.objects.get(item=item).symbol_key == "12/bc"
    assert {one.source for one in events_of([item.pk])} == {"so.csv#row=1"}


def test_a_row_set_aside_is_mended_and_takes_its_place(source: Source) -> None:
    upload = uploaded(source, HEADER + GOOD.replace("04/03/2026", "ngày 4").replace(",an,", ",ai,"))
    assert read(upload) == {"set_aside": 1}
    row = SetAside.objects.get()
    assert (row.code, row.cells["Mã"]) == ("unreadable-date", "H1")
    [outcome] = replay(SYSTEM, [row.pk], {row.pk: row.cells | {"Trả": "04/03/2026 10:30"}})
    assert outcome.set_aside == 1  # the code of the official is still unknown
    row.refresh_from_db()
    assert row.state == "replayed"
    left = SetAside.objects.get(state="open")
    assert left.code == "unknown-person-code"
    [outcome] = replay(SYSTEM, [left.pk], {left.pk: left.cells | {"Cán bộ": "an"}})
    assert outcome.accepted == 1
    assert not SetAside.objects.filter(state="open").exists()
    assert read(uploaded(source, HEADER + GOOD)) == {"unchanged": 1}


def test_rows_of_one_case_are_mended_together(source: Source) -> None:
    upload = uploaded(source, CASE_ROWS, mapping=CASES)
    assert read(upload) == {"accepted": 1, "set_aside": 1}
    row = SetAside.objects.get()
    cells = {"rows": {number: one | {"who": "binh"} for number, one in row.cells["rows"].items()}}
    [outcome] = replay(SYSTEM, [row.pk], {row.pk: cells})
    assert (outcome.accepted, outcome.unchanged, outcome.set_aside) == (1, 0, 0)
    assert len(events_of([Item.objects.get(key="B").pk])) == 4


def mended(row: SetAside, who: str = "binh") -> dict[str, int]:
    cells = {"rows": {number: one | {"who": who} for number, one in row.cells["rows"].items()}}
    [outcome] = replay(SYSTEM, [row.pk], {row.pk: cells})
    return {name: count for name, count in outcome.counts().items() if count}


def test_one_case_after_the_other_is_mended_and_stays_so(source: Source) -> None:
    third = "".join(f"C,2026-03-03,phong-mot,2026-03-1{step}T08:00:00+07:00,step{step},nobody\n" for step in range(3))
    upload = uploaded(source, CASE_ROWS + third, mapping=CASES)
    assert read(upload) == {"accepted": 1, "set_aside": 2}
    second, third_row = SetAside.objects.order_by("pk")
    assert mended(second) == {"accepted": 1}
    assert list(SetAside.objects.filter(state="open")) == [third_row]
    assert mended(third_row) == {"accepted": 1}
    assert not SetAside.objects.filter(state="open").exists()
    outcome = read_again(upload, CASES)  # the file is read with its repairs from then on
    assert (outcome.unchanged, outcome.updated, outcome.set_aside) == (3, 0, 0)


def test_a_case_is_mended_row_by_row(source: Source) -> None:
    """Each mend keeps those before it."""
    header, *rows = CASE_ROWS.replace(",who\n", ",an\n").splitlines(keepends=True)
    header = header.replace(",an\n", ",who\n")
    bad = [row.replace("2026-03-1", "ngày 1") for row in rows[3:5]]
    text = "".join([header, *rows[:3], *bad, rows[5]])
    read(uploaded(source, text, mapping=CASES))
    places = sorted(SetAside.objects.filter(state="open").values_list("place", flat=True))
    for place in places:
        row = SetAside.objects.filter(state="open", place=place).first()
        if row is not None:
            time = row.cells["time"].replace("ngày 1", "2026-03-1")
            replay(SYSTEM, [row.pk], {row.pk: row.cells | {"time": time}})
    assert not SetAside.objects.filter(state="open").exists()
    assert len(standing("B")) == 4


def test_mending_a_case_leaves_newer_data_of_other_cases(source: Source) -> None:
    read(uploaded(source, CASE_ROWS, mapping=CASES))
    header, *rows = CASE_ROWS.splitlines(keepends=True)
    later = header + "".join(rows[:3]) + "A,2026-03-01,phong-mot,2026-03-20T08:00:00+07:00,step9,an\n"
    assert read(uploaded(source, later, mapping=CASES)) == {"updated": 1}
    assert mended(SetAside.objects.get()) == {"accepted": 1}
    assert len(standing("A")) == 5


def test_what_is_mended_or_read_again_leaves_newer_data(source: Source) -> None:
    older = uploaded(source, HEADER + GOOD.replace("04/03/2026 10:30", "").replace(",an,", ",ai,"))
    assert read(older) == {"set_aside": 1}
    assert read(uploaded(source, HEADER + GOOD)) == {"accepted": 1}
    newer = standing("H1")
    for who in ("ai nữa", "an"):  # what is set aside anew stays as old as it was
        row = SetAside.objects.get(state="open")
        [outcome] = replay(SYSTEM, [row.pk], {row.pk: row.cells | {"Cán bộ": who}})
    assert [(one.result, one.code) for one in outcome.answers] == [("unchanged", "outdated")]
    codes = "official: {from: Cán bộ, codes: {ai: binh}, otherwise: keep}"
    again = read_again(older, MAPPING.replace("official: Cán bộ", codes))
    assert (again.unchanged, again.updated) == (1, 0)
    assert standing("H1") == newer


def test_what_was_mended_first_gives_way_to_a_newer_row_mended_later(source: Source) -> None:
    read(uploaded(source, HEADER + GOOD.replace(",an,", ",ai,")))
    read(uploaded(source, HEADER + GOOD.replace(",an,", ",ai,").replace("05/03", "06/03")))
    for row in SetAside.objects.order_by("pk"):
        replay(SYSTEM, [row.pk], {row.pk: row.cells | {"Cán bộ": "an"}})
    assert "due 2026-03-06T10:00:00Z" in standing("H1")


def test_a_better_mapping_reads_the_whole_file_again(source: Source) -> None:
    upload = uploaded(source, HEADER + GOOD + GOOD.replace("H1", "H2").replace("phong-mot", "Phòng 2"))
    assert read(upload) == {"accepted": 1, "set_aside": 1}
    better = MAPPING.replace("unit: Phòng", "unit: {from: Phòng, codes: {Phòng 2: phong-hai}, otherwise: keep}")
    outcome = read_again(upload, better)
    assert (outcome.accepted, outcome.unchanged, outcome.set_aside) == (1, 1, 0)
    assert not SetAside.objects.filter(state="open").exists()


def test_rows_are_dropped_with_a_reason(source: Source) -> None:
    read(uploaded(source, HEADER + GOOD.replace("H1", "")))
    assert drop(SYSTEM, SetAside.objects.values_list("pk", flat=True), "dòng trống") == 1
    assert drop(SYSTEM, SetAside.objects.values_list("pk", flat=True), "dòng trống") == 0


def test_a_batch_is_withdrawn_as_a_whole_and_can_be_handed_in_again(source: Source) -> None:
    read(uploaded(source, HEADER + GOOD))
    first = standing("H1")
    later = HEADER + GOOD.replace("05/03", "06/03") + GOOD.replace("H1", "H2")
    assert read(uploaded(source, later)) == {"accepted": 1, "updated": 1}
    second = sorted(standing("H1"))
    assert second != sorted(first)
    batch = Batch.objects.order_by("-pk")[0]
    withdrawal = withdraw_batch(SYSTEM, batch, "tệp nhầm")
    assert (withdrawal.taken, withdrawal.updated) == (2, 2)
    assert sorted(standing("H1")) == sorted(first)
    assert standing("H2") == []
    with pytest.raises(Refused, match="withdrawn already"):
        withdraw_batch(SYSTEM, batch, "lần nữa")
    assert read(uploaded(source, later)) == {"accepted": 1, "updated": 1}
    assert sorted(standing("H1")) == second


def test_an_older_batch_is_withdrawn_without_moving_what_came_after(source: Source) -> None:
    read(uploaded(source, HEADER + GOOD))
    read(uploaded(source, HEADER + GOOD.replace("05/03", "06/03")))
    first, second = Batch.objects.order_by("pk")
    assert withdraw_batch(SYSTEM, first, "sai").updated == 0
    assert Record.objects.get(standing=True).batch == second
    withdraw_batch(SYSTEM, second, "cũng sai")
    assert not Record.objects.filter(standing=True).exists()
    assert standing("H1") == []
    read(uploaded(source, HEADER + GOOD))
    assert len(standing("H1")) == 4


def test_a_file_that_breaks_off_is_refused_and_kept(source: Source) -> None:
    upload = uploaded(source, HEADER + GOOD)
    uploads.file_of(upload).write_bytes(b"\x1f\x8b\x08 broken")
    assert reading.read_upload(SYSTEM, upload) is None
    upload.refresh_from_db()
    assert upload.state == "refused"
    assert "giữ" in upload.problem
    assert uploads.file_of(upload).exists()


def test_a_mapping_that_does_not_fit_is_refused_with_every_finding(source: Source) -> None:
    upload = uploaded(source, HEADER + GOOD)
    with pytest.raises(Unusable, match="Ngày"):
        uploads.keep_mapping(SYSTEM, upload, MAPPING.replace("received: Nhận", "received: Ngày"))


def test_a_mapping_kept_for_a_source_waits_for_its_next_file(source: Source) -> None:
    keep_mapping(SYSTEM, source, MAPPING)
    data = (HEADER + GOOD).encode()
    upload = uploads.begin(SYSTEM, Source.objects.get(), "so.csv", len(data))
    assert uploads.append_piece(upload, 0, data).mapping == MAPPING
    assert uploads.proposed_mapping(uploaded(source, HEADER + GOOD, mapping=MAPPING)) == MAPPING


def test_the_worker_is_asked_once(source: Source) -> None:
    upload = uploaded(source, HEADER + GOOD)
    assert uploads.enqueue(SYSTEM, upload).state == "queued"
    assert uploads.enqueue(SYSTEM, upload).state == "queued"


def test_the_same_symbol_in_two_sources_is_proposed_as_the_same_work(source: Source) -> None:
    other = add_source(SYSTEM, "vanban", "Văn bản", first=date(2025, 3, 1))
    read(uploaded(source, HEADER + GOOD))
    read(uploaded(other, HEADER + GOOD.replace("12/BC", "012/bc").replace("H1", "VB1")))
    assert SameWork.objects.get().state == "proposed"
