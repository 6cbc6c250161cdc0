"""Files handed in: what may be called what, what is believed of them, where they lie, and that they are kept once."""

import hashlib
import io
import tarfile
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from pytest_django import Settings

from cast import Cast
from congtam.access.models import Account
from congtam.access.seats import Seat, seat_of
from congtam.audit.models import Entry
from congtam.evidence.actions import hand_in
from congtam.evidence.keeping import LARGEST, keep, opened, path_of
from congtam.evidence.models import Evidence, Stored
from congtam.evidence.names import checked_name
from congtam.history.actor import SYSTEM
from congtam.history.refused import Refused
from congtam.serving.keeping import site_files
from congtam.sources.actions import add_source
from congtam.work.models import Item
from signing import plain_pdf

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
JPEG = b"\xff\xd8\xff\xe0" + bytes(40)
ODT = b"application/vnd.oasis.opendocument.text"


def office(**parts: bytes) -> bytes:
    """A ZIP with these parts; `__` in a name stands for a slash, `_dot_` for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, body in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), body)
    return out.getvalue()


def docx(**more: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in ("[Content_Types].xml", "word/document.xml"):
            made.writestr(name, b"<x/>")
        for name, body in more.items():
            made.writestr(name.replace("__", "/"), body)
    return out.getvalue()


@pytest.fixture(autouse=True)
def site(tmp_path: Path, settings: Settings) -> Path:
    settings.SITE = tmp_path
    return tmp_path


# -- names


@pytest.mark.parametrize(
    "name",
    [
        "bao-cao.pdf.exe",
        "bao-cao.exe.pdf",
        "anh.jpg .scr",
        "x.PDF.EXE",
        "hoa-don\u202efdp.docx",
        "hoa-don\u200b.pdf",
        "hoa\x00don.pdf",
        "../../etc/passwd.pdf",
        "C:\\windows\\a.pdf",
        "thu-muc/a.pdf",
        ".pdf",
        "khong-duoi",
        "bang.xlsm",
        "trang.html",
        "",
    ],
)
def test_a_name_that_hides_what_the_file_is_or_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refusal:
        checked_name(name)
    assert refusal.value.text.vi.endswith((".", "ODT."))
    assert "\u202e" not in refusal.value.text.vi and "\x00" not in refusal.value.text.vi


def test_a_name_is_shown_in_at_most_fifty_letters_and_keeps_its_ending() -> None:
    shown = checked_name("Báo cáo tình hình thực hiện nhiệm vụ chuyển đổi số quý IV năm 2026.pdf")
    assert len(shown) <= 50 and shown.endswith(".pdf") and shown.startswith("Báo cáo tình hình")
    assert checked_name("Báo cáo v1.2.pdf") == "Báo cáo v1.2.pdf"


# -- contents


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "body", "kind"),
    [
        ("a.pdf", plain_pdf(), "pdf"),
        ("a.png", PNG, "png"),
        ("a.jpg", JPEG, "jpeg"),
        ("a.JPEG", JPEG, "jpeg"),
        ("a.docx", docx(), "docx"),
        ("a.xlsx", office(**{"[Content_Types]_dot_xml": b"", "xl__workbook_dot_xml": b""}), "xlsx"),
        ("a.odt", office(mimetype=ODT, content_dot_xml=b""), "odt"),
    ],
)
def test_a_file_is_what_its_bytes_say(name: str, body: bytes, kind: str) -> None:
    stored, _ = keep(name, [body[:5], body[5:]])
    assert (stored.kind, stored.size, stored.digest) == (kind, len(body), hashlib.sha256(body).hexdigest())
    assert opened(stored).read_bytes() == body


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.pdf", b"MZ\x90\x00 a program"),
        ("a.pdf", PNG),
        ("a.png", plain_pdf()),
        ("a.docx", office(anything=b"")),
        ("a.docx", b"PK\x03\x04 no archive at all"),
        ("a.docx", docx(**{"word__vbaProject.bin": b""})),
        ("a.xlsx", docx()),
        ("a.odt", office(mimetype=b"application/zip", content_dot_xml=b"")),
        ("a.odt", office(mimetype=ODT, content_dot_xml=b"", Basic__Standard__x_dot_xml=b"")),
        ("a.pdf", b""),
    ],
)
def test_a_content_that_is_not_what_the_name_says_is_refused_and_leaves_nothing(
    name: str, body: bytes, site: Path
) -> None:
    with pytest.raises(Refused):
        keep(name, [body])
    assert not Stored.objects.exists()
    assert not [path for path in site.rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_a_file_over_the_limit_is_let_go_at_the_limit_and_not_read_to_its_end(site: Path) -> None:
    read = 0

    def endless() -> Iterator[bytes]:
        nonlocal read
        while True:
            read += 1 << 20
            yield bytes(1 << 20)

    with pytest.raises(Refused, match="50 MB"):
        keep("a.pdf", endless())
    assert read <= LARGEST + (2 << 20)
    assert not [path for path in site.rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_a_full_disk_is_told_and_nothing_stays(site: Path) -> None:
    (site / "files").write_text("in the way")
    with pytest.raises(Refused, match="cannot write"):
        keep("a.pdf", [plain_pdf()])
    assert not Stored.objects.exists()


# -- handing in


@pytest.fixture
def item(cast: Cast) -> Item:
    source = add_source(SYSTEM, "tay", "Ghi tay", first=date(2025, 3, 1))
    return Item.objects.create(source=source, key="a")


@pytest.fixture
def an(cast: Cast) -> Seat:
    return seat_of(cast.account("official"), date(2026, 11, 20))


def test_the_same_file_is_kept_once_whoever_hands_it_in(item: Item, an: Seat, cast: Cast, site: Path) -> None:
    other = Item.objects.create(source=item.source, key="b")
    binh = seat_of(Account.objects.get(username="binh"), date(2026, 11, 20))
    first, _ = hand_in(an, item.pk, "a.pdf", [plain_pdf()])
    assert hand_in(an, item.pk, "b.pdf", [plain_pdf()]) == (first, False)
    second, _ = hand_in(binh, other.pk, "c.pdf", [plain_pdf()])
    assert first.file_id == second.file_id and Evidence.objects.count() == 2
    assert [path for path in site.rglob("*") if path.is_file()] == [path_of(first.file_id)]
    entry = Entry.objects.filter(action="evidence.hand_in").order_by("pk")[0]
    assert entry.text.body == {"name": "a.pdf", "size": first.file.size, "digest": first.file_id}


def test_what_was_handed_in_stays_as_written(item: Item, an: Seat) -> None:
    made, _ = hand_in(an, item.pk, "a.pdf", [plain_pdf()])
    for rewrite in (lambda: Evidence.objects.update(name="x.pdf"), made.delete, lambda: Stored.objects.update(size=1)):
        with pytest.raises(DatabaseError), transaction.atomic():
            rewrite()


def test_who_has_no_person_hands_in_nothing(item: Item, cast: Cast) -> None:
    auditor = seat_of(cast.account("auditor"), date(2026, 11, 20))
    with pytest.raises(Refused):
        hand_in(auditor, item.pk, "a.pdf", [plain_pdf()])


def test_evidence_goes_into_the_backup_and_what_was_not_taken_yet_does_not(item: Item, an: Seat, site: Path) -> None:
    made, _ = hand_in(an, item.pk, "a.pdf", [plain_pdf()])
    (site / "receiving" / "half").write_bytes(b"half a file")
    (site / "trust").mkdir()
    (site / "trust" / "root.pem").write_text("a root")
    with tarfile.open(site / "backup", "w") as tar:
        for name, path in site_files(site):
            tar.add(path, name)
    with tarfile.open(site / "backup") as tar:
        assert tar.getnames() == [f"files/evidence/{made.file_id[:2]}/{made.file_id}", "trust/root.pem"]


def test_a_file_that_is_gone_from_the_disk_is_told(item: Item, an: Seat) -> None:
    made, _ = hand_in(an, item.pk, "a.pdf", [plain_pdf()])
    path_of(made.file_id).write_bytes(b"other")
    with pytest.raises(Refused, match="backup"):
        opened(made.file)
