"""The small department at work in a browser: who asks as whom, and what a worker does meanwhile."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client

from cast import Cast
from congtam.access.seats import Seat, seat_of
from congtam.desk.giving import Order, give
from congtam.engine.periods import local_day
from congtam.work.folding import fold_waiting

NOW = datetime(2026, 11, 18, 2, tzinfo=UTC)  # Wednesday, 09:00 in Vietnam


@dataclass
class Desk:
    """The department at work. `at`: the instant pages speak of; it moves when told."""

    cast: Cast
    at: datetime

    def later(self, **passed: float) -> datetime:
        """Time passes."""
        self.at += timedelta(**passed)
        return self.at

    def seat(self, who: str) -> Seat:
        """Somebody's seat today."""
        return seat_of(self.cast.accounts[who], local_day(self.at))

    def number(self, who: str) -> int:
        """A person's number."""
        return self.cast.people[who].pk

    def given(self, lead: str = "an", by: str = "truong-mot", title: str = "Soạn báo cáo quý", **told: Any) -> int:
        """Work given by a head, due in five days; its number."""
        told = {"due": self.at + timedelta(days=5), "product": "Báo cáo có số liệu"} | told
        item = give(self.seat(by), Order(title=title, lead=self.number(lead), **told), now=self.at)
        self.fold()
        return item

    def fold(self) -> None:
        """What a worker does all the time."""
        while fold_waiting(500, self.at + timedelta(microseconds=2)).items:
            pass

    def client(self, who: str, lang: str = "vi") -> Client:
        """Somebody's browser."""
        client = Client()
        client.force_login(self.cast.accounts[who])
        client.cookies["lang"] = lang
        return client

    def get(self, who: str, address: str, status: int = 200, lang: str = "vi") -> str:
        """A page as somebody sees it."""
        answer = self.client(who, lang).get(address)
        assert answer.status_code == status, answer.status_code
        return str(answer.content.decode())

    def post(self, who: str, address: str, status: int = 302, **told: Any) -> Any:
        """What somebody sends; the answer."""
        answer = self.client(who).post(address, told)
        assert answer.status_code == status, (answer.status_code, errors(answer))
        self.fold()
        return answer

    def act(self, who: str, item: int, slug: str, status: int = 302, **told: Any) -> Any:
        """A deed by its button."""
        return self.post(who, f"/viec/{item}/{slug}/", status, **told)


def errors(answer: Any) -> list[str]:
    """What a form complained about."""
    return re.findall(r"errorlist[^>]*>(.*?)</ul>", answer.content.decode(), re.S)


def offered(page: str, line: str) -> list[tuple[str, str]]:
    """What a page offers for a line, by its id: what is filled in, and what it is called."""
    listed = re.search(rf'list="{line}-goi-y"><datalist id="{line}-goi-y">(.*?)</datalist>', page, re.S)
    return re.findall(r'<option value="([^"]*)">(.*?)</option>', listed[1]) if listed else []


def buttons(page: str) -> set[str]:
    """The deeds that a page of a piece of work offers, by the last word of their address."""
    return set(re.findall(r'(?:action|href)="/viec/\d+/([a-z-]+)/', page))


def token(page: str, slug: str) -> str:
    """The token of a form on a page."""
    found = re.search(rf'/{slug}/".*?name="token" value="([^"]+)"', page, re.S)
    assert found, slug
    return found[1]
