"""The journal: readable sentences, filters, the state of the chain, and what is taken away from the machine."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from cast import ROLES, Cast
from congtam.audit.actions import close_batch, erase_texts, note
from congtam.audit.models import Entry
from congtam.history.actor import SYSTEM, Actor
from congtam.people.actions import rename_person

pytestmark = pytest.mark.django_db


def signed_in(cast: Cast, role: str = "auditor") -> Client:
    client = Client()
    client.force_login(cast.account(role))
    return client


def text(answer) -> str:
    if answer.streaming:
        return b"".join(answer.streaming_content).decode()
    return answer.content.decode()


def table(page: str) -> str:
    return page.partition("<tbody>")[2].partition("</tbody>")[0]


@pytest.mark.parametrize("role", sorted(ROLES))
def test_auditors_leaders_and_personnel_read_the_journal(cast: Cast, role: str):
    may = role in {"auditor", "leader", "other_leader", "personnel"}
    for name in ("journal", "journal_export", "journal_heads"):
        assert signed_in(cast, role).get(reverse(name)).status_code == (200 if may else 403)


def test_entries_read_as_sentences_in_both_languages(cast: Cast):
    actor = Actor(cast.account("personnel").pk, cast.posts["nhan-su"].pk)
    rename_person(actor, cast.people["an"], full_name="Nguyễn Thị Ân")
    client = signed_in(cast)
    page = table(text(client.get(reverse("journal"))))
    assert "Phạm Thu Hà" in page
    assert "Chuyên viên tổ chức" in page
    assert "sửa họ tên, liên hệ của <strong>Nguyễn Thị Ân</strong>" in page
    client.cookies["lang"] = "en"
    assert "changed name or contacts of <strong>Nguyễn Thị Ân</strong>" in text(client.get(reverse("journal")))


def test_what_a_mark_or_a_decision_said_of_somebody_stands_on_their_month_only(cast: Cast):
    about = {"person": cast.people["an"].pk, "criterion": "general", "reason": "đã trao đổi"}
    note(SYSTEM, "rating.rate", "rating", 1, about | {"value": 27_400_000})
    note(SYSTEM, "rating.report", "reported", 2, about | {"value": 31_700_000})
    note(SYSTEM, "rating.decide", "decision", 3, about | {"outcome": "set_aside", "number": "12/QĐ"})
    note(SYSTEM, "registry.set_choice", "site_choice", 4, {"value": "last_night"})
    client = signed_in(cast)
    for page in (table(text(client.get(reverse("journal")))), text(client.get(reverse("journal_export")))):
        assert "Nguyễn Thị An" in page and "đã trao đổi" in page and "12/QĐ" in page
        assert "last_night" in page
        for held_back in ("27,4", "27400000", "31,7", "31700000", "set_aside"):
            assert held_back not in page


def test_the_machine_and_what_nobody_named_are_shown_as_they_are(cast: Cast):
    note(SYSTEM, "nothing.known", "thing", 7, {"reason": "<b>lý do</b>"})
    page = text(signed_in(cast).get(reverse("journal")))
    assert "Hệ thống" in page
    assert "nothing.known" in page
    assert "lý do &lt;b&gt;lý do&lt;/b&gt;" in page


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ({"nguoi": "pham thu ha"}, "sửa họ tên", "mở tài khoản"),
        ({"viec": "access"}, "mở tài khoản", "sửa họ tên"),
        ({"ve": "nguyen thi an"}, "sửa họ tên", "lập hoặc sửa"),
        ({"ve": "phong-mot"}, "ghi tên, nơi trực thuộc của đơn vị <strong>Phòng Một</strong>", "sửa họ tên"),
    ],
)
def test_filters_narrow_by_who_what_and_about_whom(cast: Cast, asked: dict, there: str, gone: str):
    actor = Actor(cast.account("personnel").pk, cast.posts["nhan-su"].pk)
    rename_person(actor, cast.people["an"], full_name="Nguyễn Thị An")
    page = table(text(signed_in(cast).get(reverse("journal"), asked)))
    assert there in page
    assert gone not in page


def test_filters_by_day_keep_the_last_day_and_survive_nonsense(cast: Cast):
    client = signed_in(cast)
    assert (
        "không có dòng nào khớp"
        in text(client.get(reverse("journal"), {"tu": "01/01/2001", "den": "02/01/2001"})).lower()
    )
    assert client.get(reverse("journal"), {"tu": "hôm kia", "viec": "xyz", "trang": "xx"}).status_code == 200


def test_the_journal_of_another_agency_stays_closed(cast: Cast):
    rename_person(Actor(cast.account("personnel").pk), cast.people["an"], full_name="Nguyễn Thị An")
    other = Actor(cast.account("other_leader").pk)
    rename_person(other, cast.people["em"], full_name="Mai Văn Em")
    ours, theirs = (table(text(signed_in(cast, role).get(reverse("journal")))) for role in ("auditor", "other_leader"))
    assert "Mai Văn Em" not in ours
    assert "Nguyễn Thị An" not in theirs
    assert "Mai Văn Em" in theirs


def test_an_erased_text_says_so(cast: Cast):
    entry = note(SYSTEM, "people.rename_person", "person", cast.people["an"].pk, {"reason": "bí mật"})
    assert erase_texts(Entry.objects.filter(pk=entry.pk)) == 1
    page = text(signed_in(cast).get(reverse("journal")))
    assert "bí mật" not in page
    assert "phần lời đã được xóa theo quyết định" in page


def test_the_chain_is_checked_when_asked(cast: Cast):
    close_batch()
    client = signed_in(cast)
    page = text(client.get(reverse("journal")))
    assert "Đầu chuỗi" in page
    assert "nguyên vẹn" not in page
    assert "nguyên vẹn" in text(client.get(reverse("journal"), {"kiem-tra": "1"}))


def test_a_broken_chain_is_told_in_words(cast: Cast):
    close_batch()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE audit_entry SET action = 'orgs.nothing' WHERE id = %s", [Entry.objects.earliest("pk").pk]
        )
    page = text(signed_in(cast).get(reverse("journal"), {"kiem-tra": "1"}))
    assert "không còn nguyên vẹn" in page
    assert "một dòng bị sửa sau khi đã khóa" in page


def test_the_export_opens_in_excel_and_begins_no_formula(cast: Cast):
    rename_person(SYSTEM, cast.people["an"], full_name="=HYPERLINK(1)")
    answer = signed_in(cast).get(reverse("journal_export"), {"viec": "people"})
    body = text(answer)
    assert body.startswith("\ufeff")
    assert '"\'=HYPERLINK(1)"' in body
    assert ';"=' not in body
    assert "Người xuất" in body
    assert "mở tài khoản" not in body


def test_heads_come_as_text_that_the_check_reads(cast: Cast):
    from congtam.audit.queries import read_heads

    close_batch()
    body = text(signed_in(cast).get(reverse("journal_heads")))
    assert len(read_heads(body.splitlines())) == 1
