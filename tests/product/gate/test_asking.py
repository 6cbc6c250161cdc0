"""What the gate answers: to visitors, to parts of pages, to readers who try to write, to two who edit one thing."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django_htmx.middleware import HtmxDetails

from cast import Cast
from congtam.access.gate import Right
from congtam.access.seats import seat_of
from congtam.history.actor import Actor
from congtam.history.conflict import Conflict
from congtam.people.actions import end_spell
from congtam.web.asking import asks
from congtam.web.middleware import SeatMiddleware


@asks(Right.SEE_POINTS, person="code")
def view(request: HttpRequest, code: str) -> HttpResponse:
    """A page about a person."""
    return HttpResponse(request.person.code)


def ask(rf: RequestFactory, cast: Cast, who: str, method: str = "GET", code: str = "an") -> HttpResponse:
    request = rf.generic(method, "/x/")
    request.user = cast.accounts[who]
    request.seat = seat_of(request.user, date(2025, 6, 1))
    request.LANGUAGE_CODE = "vi"
    return view(request, code=code)


def test_a_view_finds_the_person_of_the_address(rf: RequestFactory, cast: Cast) -> None:
    assert ask(rf, cast, "truong-mot").content == b"an"


def test_a_mandate_opens_a_page_and_no_form(rf: RequestFactory, cast: Cast) -> None:
    assert ask(rf, cast, "kiem-tra").status_code == 200
    answer = ask(rf, cast, "kiem-tra", "POST")
    assert answer.status_code == 403
    assert "chỉ cho phép xem" in answer.content.decode()
    assert ask(rf, cast, "truong-mot", "POST").status_code == 200


def test_a_part_of_a_page_takes_the_whole_page_to_the_sign_in(cast: Cast) -> None:
    answer = Client().get("/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/cong-viec/?trang=2"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == "/tai-khoan/dang-nhap/?next=/cong-viec/%3Ftrang%3D2"


def test_who_came_second_learns_who_came_first(rf: RequestFactory, cast: Cast) -> None:
    personnel = Actor(cast.account("personnel").pk, cast.posts["nhan-su"].pk)
    end_spell(personnel, cast.spells["an"], date(2025, 7, 1))
    request = rf.post("/x/")
    request.user, request.seat, request.LANGUAGE_CODE = cast.account("personnel"), None, "vi"
    request.htmx = HtmxDetails(request)
    told: Conflict | None = None
    try:
        end_spell(personnel, cast.spells["an"], date(2025, 8, 1))
    except Conflict as conflict:
        told = conflict
    assert told is not None
    answer = SeatMiddleware(lambda _: HttpResponse()).process_exception(request, told)
    assert answer is not None
    assert answer.status_code == 409
    assert "Phạm Thu Hà" in answer.content.decode()
    assert SeatMiddleware(lambda _: HttpResponse()).process_exception(request, ValueError()) is None
