"""The small department with work in every column of its board, on a Wednesday morning."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client

from cast import Cast
from congtam.access.seats import Seat, seat_of
from congtam.desk import deciding, doing
from congtam.desk.giving import Order, give
from congtam.engine.periods import local_day
from congtam.work.folding import fold_waiting
from congtam.work.models import Share

NOW = datetime(2026, 11, 18, 2, tzinfo=UTC)  # 09:00 in Vietnam
TICK = timedelta(microseconds=2)


@dataclass
class Office:
    """The department at work. `at`: the instant pages speak of; `items` by title."""

    cast: Cast
    at: datetime = NOW
    items: dict[str, int] = field(default_factory=dict)

    def seat(self, who: str) -> Seat:
        """Somebody's seat today."""
        return seat_of(self.cast.accounts[who], local_day(self.at))

    def person(self, who: str) -> int:
        """A person's number."""
        return self.cast.people[who].pk

    def later(self, **passed: float) -> None:
        """Time passes."""
        self.at += timedelta(**passed)

    def given(self, title: str, lead: str = "an", by: str = "truong-mot", **told: Any) -> int:
        """Work given by a head, due in a week."""
        told = {"due": self.at + timedelta(days=7), "product": "Báo cáo có số liệu"} | told
        told["support"] = tuple(self.person(one) for one in told.get("support", ()))
        order = Order(title=title, lead=self.person(lead), **told)
        self.items[title] = give(self.seat(by), order, now=self.at)
        self.fold()
        self.later(seconds=1)
        return self.items[title]

    def taken_up(self, title: str, lead: str = "an", **told: Any) -> int:
        """Work given and taken up."""
        item = self.given(title, lead, **told)
        doing.take_up(self.seat(lead), item, now=self.at)
        self.fold()
        return item

    def delivered(self, title: str, lead: str = "an", **told: Any) -> int:
        """Work given and delivered."""
        item = self.given(title, lead, **told)
        doing.deliver(self.seat(lead), item, "Văn bản 1", now=self.at)
        self.fold()
        return item

    def in_every_column(self) -> None:
        """One piece of An's work in each column, named after it; and Bình's, which stands nowhere of An's."""
        self.given("Chưa nhận một")
        self.taken_up("Đang làm một")
        waits = self.given("Chờ bên khác một")
        doing.refuse_work(self.seat("an"), waits, "Đang quá nhiều việc", now=self.at)
        self.delivered("Chờ nghiệm thu một")
        back = self.delivered("Trả lại một")
        deciding.return_work(self.seat("truong-mot"), back, "Thiếu phụ lục", now=self.at)
        done = self.delivered("Xong một")
        deciding.accept(self.seat("truong-mot"), done, now=self.at)
        self.given("Của Bình", "binh")

    def fold(self) -> None:
        """What a worker does all the time."""
        while fold_waiting(500, self.at + TICK).items:
            pass

    def share(self, title: str, who: str = "an") -> int:
        """The number of somebody's share in the work of that title."""
        return Share.objects.filter(item=self.items[title], official=self.person(who)).latest("pk").pk

    def client(self, who: str, lang: str = "vi") -> Client:
        """Somebody's browser."""
        client = Client()
        client.force_login(self.cast.accounts[who])
        client.cookies["lang"] = lang
        return client

    def get(self, who: str, address: str, **given: Any) -> str:
        """A page as somebody sees it."""
        answer = self.client(who).get(address, given, follow=True)
        assert answer.status_code == 200, answer.status_code
        return str(answer.content.decode())

    def bulk(self, who: str, deed: str, *titles: str, client: Client | None = None, **told: Any) -> str:
        """A deed for what is ticked; the page it leads to."""
        shares = told.pop("viec", None) or [self.share(title) for title in titles]
        asked = {"lam": deed, "viec": shares, "tu": "board"} | told
        answer = (client or self.client(who)).post("/bang-viec/lam/", asked, follow=True)
        assert answer.status_code in (200, 422), answer.status_code
        self.fold()
        return str(answer.content.decode())


def column(page: str, name: str) -> list[str]:
    """The titles that stand in a column of the board."""
    part = page.partition(f'<h2 id="cot-{name}">')[2].partition("</section>")[0]
    return re.findall(r'<a href="/viec/\d+/">(.*?)</a>', part)


def said(page: str) -> str:
    """What a page says was done, and what was not."""
    return page.partition('class="messages"')[2].partition("</div>")[0]
