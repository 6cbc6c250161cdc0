"""A form is done once, whoever sends it again: twice at the same instant, days later, from another session; and the
seconds that were typed are counted once with it."""

from threading import Barrier, Thread

import pytest
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cast import Cast
from congtam.desk.models import Typed
from congtam.notices.models import Feed
from congtam.web.models import Sent
from congtam.web.once import KEPT, forget

MAKE = {"viec": "tao"}
DRAWN = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def clients(cast: Cast, *names: str) -> list[Client]:
    found = []
    for name in names:
        client = Client()
        client.force_login(cast.accounts[name])
        found.append(client)
    return found


def send(client: Client, token: str, **more: str) -> str:
    answer = client.post(reverse("digest_feed"), MAKE | {"token": token} | more)
    assert answer.status_code == 302
    return str(answer["Location"])


@pytest.fixture
def sessions(cast: Cast) -> list[Client]:
    """Two of An's, one of Bình's."""
    return clients(cast, "an", "an", "binh")


@pytest.mark.django_db
@DRAWN
@given(sent=st.lists(st.tuples(st.integers(0, 2), st.sampled_from("abc")), min_size=1, max_size=8))
def test_any_order_and_number_of_sendings_does_each_form_once(
    cast: Cast, sessions: list[Client], sent: list[tuple[int, str]]
):
    account = [cast.accounts[name].pk for name in ("an", "an", "binh")]
    with transaction.atomic():
        for session, token in sent:
            assert send(sessions[session], token) == reverse("digest_settings")
        wanted = {(account[session], token) for session, token in sent}
        assert Feed.objects.count() == len(wanted) == Sent.objects.count()
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_what_was_refused_can_be_sent_again(cast: Cast):
    (client,) = clients(cast, "an")
    told = {"email": "on", "loud_from": "18:00", "loud_until": "08:00", "token": "x"}
    assert client.post(reverse("digest_settings"), told).status_code == 422
    assert client.post(reverse("digest_settings"), told | {"loud_until": "19:00"}).status_code == 302
    assert Sent.objects.get().token == "x"


@pytest.mark.django_db
def test_the_page_that_follows_learns_which_form_was_done(cast: Cast):
    (client,) = clients(cast, "an")
    for token, told in (("x-1_a", "x-1_a"), ("y;z", None)):
        for _ in range(2):
            client.cookies.pop("sent", None)
            send(client, token)
            assert (client.cookies["sent"].value if told else client.cookies.get("sent")) == told
    page = client.post(reverse("digest_settings"), {"token": "w", "loud_from": ""}).content.decode()
    assert 'data-answers="w"' in page


@pytest.mark.django_db
def test_tokens_are_forgotten_after_thirty_days(cast: Cast):
    (client,) = clients(cast, "an")
    send(client, "x")
    assert forget(timezone.now()) == 0
    assert forget(timezone.now() + KEPT * 1.01) == 1


@pytest.mark.django_db
def test_what_was_typed_is_counted_once_and_only_when_it_can_be(cast: Cast):
    (client,) = clients(cast, "an")
    sane = {"typed_form": "give", "typed_seconds": "40", "typed_keys": "120"}
    for token in ("x", "x", "y"):
        send(client, token, **sane)
    kept = Typed.objects.get()
    assert (kept.person, kept.form, kept.seconds, kept.keys, kept.sent) == (cast.people["an"], "give", 80, 240, 2)
    for n, wrong in enumerate(
        [
            {"typed_seconds": "3601"},
            {"typed_seconds": "-1"},
            {"typed_keys": "9999"},
            {"typed_keys": ""},
            {"typed_form": "<b>"},
            {"typed_form": "g" * 33},
            {"typed_seconds": "1e3"},
        ]
    ):
        send(client, f"z{n}", **(sane | wrong))
    assert Typed.objects.get().sent == 2


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_the_same_instant_are_one(cast: Cast):
    sessions, start = clients(cast, "an", "an", "an"), Barrier(3)

    def tap(client: Client) -> None:
        start.wait()
        send(client, "x")
        connections.close_all()

    taps = [Thread(target=tap, args=(one,)) for one in sessions]
    for one in taps:
        one.start()
    for one in taps:
        one.join()
    assert Feed.objects.count() == 1
