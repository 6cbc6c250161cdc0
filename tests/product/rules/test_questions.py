"""Questions about more people than one waits for: the worker answers, the page shows how far it is and keeps it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

import cast as casting
from congtam.access.models import Look
from congtam.engine.periods import Period, PeriodKind
from congtam.history.actor import SYSTEM, Actor
from congtam.ratings.actions import rate
from congtam.registry import actions as registry
from congtam.registry.models import Draft
from congtam.scores import questions
from congtam.scores.models import Question
from congtam.scores.tasks import answer_question
from congtam.web.pages.rules.views import answers

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
DECREE = "vn/national/decree-335-2025"
FIELD = "so:parameters/delay_cut/value"
ASKED = {"bo": DECREE, FIELD: "1"}


@pytest.fixture
def many(adopted: casting.Cast, monkeypatch: pytest.MonkeyPatch) -> casting.Cast:
    """Marks for everybody of Sở A last month, more people than a page computes while one waits, and an empty queue."""
    monkeypatch.setattr(answers, "AT_ONCE", 3)
    month = Period.of(PeriodKind.MONTH, timezone.localdate()).previous().label
    for code in ("an", "binh", "chi", "dung"):
        rate(SYSTEM, person=adopted.people[code], criterion="general", period=month,
             by=adopted.people["truong-mot"], value=27_000_000)  # fmt: skip
    _empty_queue()
    return adopted


def _empty_queue() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def jobs() -> list[dict[str, Any]]:
    return list(ProcrastinateJob.objects.filter(task_name=questions.ANSWER).values_list("args", flat=True))


def ask(client: Client, address: str = "/neu-thi/", told: dict[str, str] | None = None) -> str:
    """Press the button that asks the worker, and come to the page of the question."""
    page = client.get(address, told or {}).content.decode()
    sent = page.partition('name="cau-hoi" value="')[2].partition('"')[0]
    assert sent, page
    answer = client.post("/neu-thi/hoi/", {"cau-hoi": sent})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_of_many_people_the_worker_answers_and_the_page_follows(
    many: casting.Cast, signed_in: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in("leader")
    page = client.get("/neu-thi/", ASKED).content.decode()
    assert "người đổi điểm" not in page and "Tính ở nền" in page
    address = ask(client, told=ASKED)
    waiting = client.get(address).content.decode()
    assert "0 / 14" in waiting and f'hx-get="{address}"' in waiting and "0,25 → 1" in waiting
    assert "con số thử, chưa có căn cứ" in waiting and "đã đối chiếu văn bản" not in waiting
    [job] = jobs()
    answer_question(**job)
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "(n = 14)" in part and "hx-get" not in part and "<html" not in part
    whole = client.get(address).content.decode()
    for said in ("Người hỏi", "Trần Văn Đức", "biết đến bản ghi số", "Giữ đến", "(n = 14)"):
        assert said in whole
    assert address in client.get("/neu-thi/").content.decode()
    with monkeypatch.context() as patience:
        patience.setattr(answers, "AT_ONCE", 150)
        at_once = client.get("/neu-thi/", ASKED).content.decode()
    assert _table(at_once) == _table(whole) != ""


def _table(page: str) -> str:
    return page.partition("Số người theo mức")[2].partition("</table>")[0]


def test_asked_twice_it_is_one_question_and_one_job(many: casting.Cast, signed_in: As) -> None:
    client = signed_in("leader")
    address = ask(client, told=ASKED)
    assert ask(client, told=ASKED) == address
    assert (Question.objects.count(), len(jobs())) == (1, 1)
    answer_question(**jobs()[0])
    answered = Question.objects.get()
    assert ask(client, told=ASKED) == address
    answer_question(**jobs()[0])  # a job that comes twice finds nothing to do
    assert Question.objects.get().answered_at == answered.answered_at
    assert ask(signed_in("owner"), told=ASKED) != address
    assert Question.objects.count() == 2


def test_a_worker_killed_on_the_way_leaves_nothing_half_answered(
    many: casting.Cast, signed_in: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("congtam.scores.supposed.AT_ONCE", 5)
    client = signed_in("leader")
    address, heard = ask(client, told=ASKED), []
    real = questions.suppose

    def killed(*args: Any) -> Any:
        def told(done: int) -> None:
            args[5](done)
            heard.append(done)
            if len(heard) == 2:
                raise KeyboardInterrupt

        return real(*args[:5], told)

    monkeypatch.setattr(questions, "suppose", killed)
    with pytest.raises(KeyboardInterrupt):
        answer_question(**jobs()[0])
    assert "10 / 14" in client.get(address).content.decode()
    question = Question.objects.get()
    assert (question.state, question.answer) == ("waiting", None)
    monkeypatch.setattr(questions, "suppose", real)
    answer_question(**jobs()[0])
    assert "(n = 14)" in client.get(address).content.decode()


def test_a_question_is_its_asker_s_alone_and_the_gate_is_asked_when_it_is_read(
    many: casting.Cast, signed_in: As
) -> None:
    leader, owner = signed_in("leader"), signed_in("owner")
    theirs, own = ask(leader, told=ASKED), ask(owner, told=ASKED)
    for job in jobs():
        answer_question(**job)
    assert owner.get(theirs).status_code == leader.get(own).status_code == 404
    assert "Tính chung, để không ai bị nhận ra" in owner.get(own).content.decode()
    assert "Lý Anh Dũng" not in owner.get(own).content.decode()
    for unit in ("so-b", "phong-mot"):  # asked in a post that is no longer held; a part of the scope tells of the rest
        Question.objects.update(units=[many.units[unit].pk])
        assert owner.get(own).status_code == 404
    assert leader.get(theirs).status_code == 200
    assert not Look.objects.filter(viewer=many.account("owner"), what="what_if").exists()


def test_what_breaks_off_says_so_and_is_asked_again(
    many: casting.Cast, signed_in: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in("leader")
    address = ask(client, told=ASKED)
    with monkeypatch.context() as broken:
        broken.setattr(questions, "suppose", lambda *_: 1 / 0)
        answer_question(**jobs()[0])
    assert "Hãy hỏi lại" in client.get(address).content.decode()
    _empty_queue()
    assert ask(client, told=ASKED) == address
    answer_question(**jobs()[0])
    assert "(n = 14)" in client.get(address).content.decode()


def test_a_proposal_about_many_people_is_tried_by_the_worker_too(many: casting.Cast, signed_in: As) -> None:
    owner, second = Actor(account=many.account("owner").pk), signed_in("second_owner")
    first = (timezone.localdate().replace(day=1) + timedelta(days=32)).replace(day=1)
    draft: Draft = registry.propose(owner, DECREE, {FIELD[3:]: "1"}, act="15/QĐ-SA", article="", first=first, why="")
    address = ask(second, f"/quy-tac/de-xuat/{draft.seq}/")
    answer_question(**jobs()[0])
    page = second.get(address).content.decode()
    assert "(n = 14)" in page and f"/quy-tac/de-xuat/{draft.seq}/" in page


def test_a_question_nobody_can_read_is_refused_and_old_ones_are_forgotten(many: casting.Cast, signed_in: As) -> None:
    client = signed_in("leader")
    answer = client.post("/neu-thi/hoi/", {"cau-hoi": "x"})
    assert answer.status_code == 409 and "hỏi lại" in answer.content.decode()
    ask(client, told=ASKED)
    assert questions.drop_old(timezone.now()) == 0
    assert questions.drop_old(timezone.now() + questions.KEPT) == 1
    answer_question(**jobs()[0])
