"""Pages of templates: made, changed, given, set to recur, stopped; and who set it up is told on Hôm nay what did not go
so."""

from datetime import date

import pytest
from meetings_scene import Office, at

from congtam.desk.models import Occasion, Recurrence, Template
from congtam.desk.recurring import give_due
from congtam.history.actor import SYSTEM
from congtam.people.actions import end_spell
from congtam.work.models import Item, Share

pytestmark = pytest.mark.django_db


def written(office: Office, address: str, **told: object) -> None:
    """A form of two steps, looked at and then written."""
    office.post("truong-mot", address, 200, **told)
    office.post("truong-mot", address, 302, step="write", **told)


@pytest.fixture
def template(office: Office) -> Template:
    """A template of Phòng Một, made on the page."""
    unit = str(office.unit("phong-mot"))
    written(office, "/mau-viec/lap/", unit=unit, title="Báo cáo tuần", product="Báo cáo", days="2")
    return Template.objects.get()


def test_a_template_is_given_from_its_page(office: Office, template: Template) -> None:
    page = office.get("truong-mot", f"/mau-viec/{template.pk}/giao/")
    assert "Nguyễn Thị An" in page
    written(
        office, f"/mau-viec/{template.pk}/giao/", lead=str(office.person("an")), support=[str(office.person("binh"))]
    )
    assert set(Share.objects.values_list("official", "role")) == {
        (office.person("an"), "lead"),
        (office.person("binh"), "support"),
    }
    assert "Báo cáo tuần" in office.get("an", f"/viec/{Item.objects.get().pk}/")


def test_a_template_changes_and_is_retired(office: Office, template: Template) -> None:
    written(office, f"/mau-viec/{template.pk}/sua/", title="Báo cáo tuần, số liệu mới", product="Báo cáo", days="3")
    new = Template.objects.get(retired_at=None)
    page = office.get("truong-mot", f"/mau-viec/{new.pk}/")
    assert "Các bản trước (1)" in page
    office.get("truong-mot", f"/mau-viec/{template.pk}/", 404)
    written(office, f"/mau-viec/{new.pk}/thoi-dung/")
    assert "Chưa có mẫu việc nào" in office.get("truong-mot", "/mau-viec/")


def test_a_template_of_another_unit_is_not_there(office: Office, template: Template) -> None:
    for page in ("", "sua/", "giao/", "dinh-ky/", "thoi-dung/"):
        office.get("truong-hai", f"/mau-viec/{template.pk}/{page}", 404)
    assert "Báo cáo tuần" in office.get("giam-doc", "/mau-viec/", lang="en")


def test_what_is_wrong_in_a_template_is_said_beside_it(office: Office) -> None:
    unit = str(office.unit("phong-mot"))
    answer = office.post("truong-mot", "/mau-viec/lap/", 422, unit=unit, title="", product="Báo cáo", days="nhiều")
    page = answer.content.decode()
    assert "Hãy viết một số nguyên" in page
    assert "Chưa điền" in page


def test_it_recurs_and_stops_and_who_set_it_up_is_told_until_they_know(office: Office, template: Template) -> None:
    told = {"lead": str(office.person("an")), "every": "week", "on": "2"}
    answer = office.post("truong-mot", f"/mau-viec/{template.pk}/dinh-ky/", 200, **told)
    assert "Lần đầu: 04/06/2030" in answer.content.decode()
    office.post("truong-mot", f"/mau-viec/{template.pk}/dinh-ky/", 302, step="write", **told)
    assert "lần tới 04/06/2030" in office.get("truong-mot", "/mau-viec/")
    end_spell(SYSTEM, office.cast.spells["an"], until=date(2030, 6, 4), decision="2/QĐ")
    office.now = at(4, 7)
    assert give_due(office.now) == 0
    for address in ("/hom-nay/", "/mau-viec/"):
        page = office.get("truong-mot", address)
        assert "đã tự dừng: Người chủ trì không còn giữ vị trí nào" in page, address
    assert "đã tự dừng" not in office.get("giam-doc", "/hom-nay/")
    office.post("truong-mot", "/mau-viec/dinh-ky/da-biet/")
    assert "đã tự dừng" not in office.get("truong-mot", "/hom-nay/")
    assert Occasion.objects.get().seen_at == office.now


def test_it_is_stopped_by_hand(office: Office, template: Template) -> None:
    written(office, f"/mau-viec/{template.pk}/dinh-ky/", lead=str(office.person("an")), every="month", on="1")
    one = Recurrence.objects.get()
    assert one.next_on == date(2030, 7, 1)
    written(office, f"/mau-viec/dinh-ky/{one.pk}/dung/")
    assert "Dừng bằng tay" in office.get("truong-mot", "/mau-viec/")
    office.get("truong-mot", f"/mau-viec/dinh-ky/{one.pk}/dung/", 404)
