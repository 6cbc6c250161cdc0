"""What an official does at the desk: looks at Hôm nay, takes work up, reports, asks for time, delivers, helps."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile

from congtam.engine.periods import VIETNAM, local_day
from congtam.simulate.days import Workdays
from congtam.simulate.desk import phrases
from congtam.simulate.desk.answering import Answers
from congtam.simulate.desk.log import Log
from congtam.simulate.desk.office import CLERK, LEADER, Member
from congtam.simulate.desk.page import Page
from congtam.simulate.titles import TOPICS, field_of, title

TODAY = "/hom-nay/"
_DUE = re.compile(r"(?:Hạn|Due) (\d\d:\d\d) (\d\d/\d\d/\d{4})")
_ITEM = re.compile(r"/viec/(\d+)/")
A_DAY = timedelta(days=1)
LATE, ASKS, REPORTS, PROVES, PASSES, RELIEVED, HABIT = 0.07, 0.6, 0.25, 0.3, 0.04, 0.02, 0.5  # how often
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass
class Piece:
    """Work in hand, as its holder has it in mind: until when, when it will be done; what was said of it already."""

    item: int
    due: datetime | None
    done_at: datetime
    reports: bool
    asks: bool
    passes: bool


class Official:
    """Somebody at their own desk. `begins`: whether they begin work by themselves. `asked`: what they asked other units
    for and have not rated."""

    def __init__(self, member: Member, days: Workdays, log: Log, rng: Random):
        self.me, self.days, self.log, self.rng = member, days, log, rng
        self.answers = Answers(member, log, rng)
        self.mine: dict[int, Piece] = {}
        self.asked: list[int] = []
        self.begins = member.code not in (LEADER, CLERK)

    @property
    def now(self) -> datetime:
        """The instant it is."""
        return self.me.browser.clock.now

    def sit(self) -> None:
        """One sitting: what waits for an answer, what is new, what is done by now, and what comes to mind."""
        page = self.log.look("today", self.me.browser, TODAY)
        if page is None:
            return
        self.answers.answer(page)
        self._take_up(page)
        for piece in sorted(self.mine.values(), key=lambda one: one.done_at):
            self._go_on(piece)
        if self.begins:
            self._begin_something()

    def looks_again(self) -> bool:
        """Whether they look at the desk in the afternoon too: when something is to be done today, or by habit."""
        ends = self.now + timedelta(hours=3)
        return any(one.done_at <= ends for one in self.mine.values()) or self.rng.random() < HABIT

    def _take_up(self, page: Page) -> None:
        for form in page.find("/tiep-nhan/"):
            item = _item_of(form.action)
            if self.rng.random() < RELIEVED and self.begins:
                self._act("ask_relief", item, "khong-nhan", {"why": self.rng.choice(phrases.PASS_WHY)})
                self.mine.pop(item, None)
                continue
            if self.log.do("take_up", self.me.browser, form, called="tiep-nhan"):
                self.mine[item] = self._planned(item, _due_in(form.around))
        for href in page.linked("/giao-nop/"):  # work that was returned, or passed on
            item = _item_of(href)
            if item not in self.mine:
                self.mine[item] = self._planned(item, None)

    def _planned(self, item: int, due: datetime | None) -> Piece:
        """When it will be done: within its time, or now and then after it."""
        free = max((due - self.now).total_seconds(), 3600.0) if due else 3 * 86400.0
        slow = self.rng.random() < LATE
        after = free * (1 + self.rng.uniform(0.05, 0.4)) if slow else free * self.rng.uniform(0.15, 0.8)
        dice = [self.rng.random() for _ in range(3)]
        return Piece(
            item, due, self.now + timedelta(seconds=after), dice[0] < REPORTS, slow and dice[1] < ASKS, dice[2] < PASSES
        )

    def _go_on(self, piece: Piece) -> None:
        if piece.passes:
            piece.passes = False
            if self._pass_on(piece.item):
                del self.mine[piece.item]
                return
        if piece.asks and piece.due and self.now > piece.due - 2 * A_DAY and self.now < piece.due:
            piece.asks = False
            wanted = self._working_day(local_day(piece.due), 2)
            told = {"wanted": f"{wanted:%d/%m/%Y}", "cause": "outside", "why": self.rng.choice(phrases.TIME_WHY)}
            self._act("ask_time", piece.item, "xin-them-gio", told)
        elif piece.reports:
            piece.reports = False
            self._act("report", piece.item, "bao-cao", {"text": self.rng.choice(phrases.REPORTS)})
        if piece.done_at <= self.now:
            if self.rng.random() < PROVES:
                self._prove(piece.item)
            self._act("deliver", piece.item, "giao-nop", {"text": self.rng.choice(phrases.DELIVERED)})
            del self.mine[piece.item]

    def _act(self, act: str, item: int, slug: str, told: dict[str, str]) -> Page | None:
        """A deed on the page of a piece of work; nothing when it lies with somebody else by now, or is finished."""
        page = self.log.look(act, self.me.browser, f"/viec/{item}/")
        if page is not None and not page.find("/giao-nop/"):
            return None
        form = next(iter(page.find(f"/{slug}/")), None) if page else None
        return self.log.do(act, self.me.browser, form, told)

    def _pass_on(self, item: int) -> bool:
        """To somebody of the same unit, after a look at what it changes."""
        page = self.log.look("pass_on", self.me.browser, f"/viec/{item}/chuyen/")
        form = next(iter(page.find("/chuyen/")), None) if page else None
        if form is None:
            return False
        offered = form.offered("receiver")
        if not offered:
            return False
        told = {"receiver": self.rng.choice(offered), "why": self.rng.choice(phrases.PASS_WHY)}
        seen = self.log.do("see_effect", self.me.browser, form, told, called="chuyen")
        again = next((one for one in seen.find("/chuyen/") if one.offered("da_xem")), None) if seen else None
        if again is None:
            return False
        passed = self.log.do(
            "pass_on", self.me.browser, again, press=("da_xem", again.offered("da_xem")[0]), called="chuyen"
        )
        return passed is not None and not passed.complaints

    def _prove(self, item: int) -> None:
        page = self.log.look("prove", self.me.browser, f"/minh-chung/{item}/")
        form = next((one for one in page.forms if one.named("file")), None) if page else None
        content = PAPER + f"%{item} {self.now.isoformat()}".encode()  # the same file twice is kept once
        file = SimpleUploadedFile("ket-qua.pdf", content, content_type="application/pdf")
        self.log.do("prove", self.me.browser, form, {"file": file}, called="minh-chung")

    def _begin_something(self) -> None:
        dice = self.rng.random()
        if dice < 0.06:
            self._came_up()
        elif dice < 0.09:
            self._ask_help()
        elif dice < 0.12:
            self._set_out()

    def _came_up(self) -> None:
        page = self.log.look("came_up", self.me.browser, "/phat-sinh/")
        form = next((one for one in page.forms if one.offered("kind")), None) if page else None
        kind = self.rng.choice([one.value for one in form.named("kind") if one.kind == "button"]) if form else ""
        self.log.do("came_up", self.me.browser, form, {"text": self.rng.choice(phrases.DUTIES)}, ("kind", kind))

    def _ask_help(self) -> None:
        page = self.log.look("ask_unit", self.me.browser, "/giao-viec/?kieu=phoi-hop")
        form = next((one for one in page.forms if one.named("unit")), None) if page else None
        topic = self.rng.choice(TOPICS[field_of(self.me.unit)])
        told = {
            "title": self.rng.choice(phrases.HELP).format(topic),
            "product": self.rng.choice(phrases.HELP_PRODUCTS),
            "due": f"{self._working_day(local_day(self.now), self.rng.randint(3, 6)):%d/%m/%Y}",
            "unit": self.rng.choice(form.offered("unit")) if form and form.offered("unit") else "",
        }
        led = self.log.do("ask_unit", self.me.browser, form, told, called="giao-viec (phối hợp)")
        if led and not led.complaints and (found := _ITEM.search(led.path)):
            self.asked.append(int(found[1]))

    def _set_out(self) -> None:
        page = self.log.look("set_out", self.me.browser, "/giao-viec/?kieu=tu-de-xuat")
        form = next((one for one in page.forms if one.named("title")), None) if page else None
        told = {
            "title": title(self.rng, "task", self.me.unit),
            "product": self.rng.choice(phrases.PRODUCTS),
            "due": f"{self._working_day(local_day(self.now), self.rng.randint(3, 8)):%d/%m/%Y}",
        }
        led = self.log.do("set_out", self.me.browser, form, told, called="giao-viec (tự đề xuất)")
        if led and not led.complaints and (found := _ITEM.search(led.path)):
            self.mine[int(found[1])] = self._planned(int(found[1]), None)

    def _working_day(self, day: date, more: int) -> date:
        """The working day so many after a day."""
        return self.days.calendar.add_working_days(day, more)

    def propose(self) -> None:
        """An initiative, once in a while."""
        page = self.log.look("propose", self.me.browser, "/sang-kien/")
        form = next((one for one in page.forms if one.named("title")), None) if page else None
        name, text = self.rng.choice(phrases.INITIATIVES)
        self.log.do("propose", self.me.browser, form, {"title": name, "text": text}, called="sang-kien")

    def rate_help(self) -> None:
        """A mark for help that was given and not yet marked."""
        for item in [*self.asked]:
            page = self.log.look("rate", self.me.browser, f"/viec/{item}/")
            form = next(iter(page.find("/danh-gia/")), None) if page else None
            if form is not None:
                self.log.do("rate", self.me.browser, form, {"mark": self.rng.choice(("5", "4", "4", "3"))})
                self.asked.remove(item)


def _item_of(address: str) -> int:
    found = _ITEM.search(address)
    assert found is not None, f"{address} is of no piece of work"
    return int(found[1])


def _due_in(words: str) -> datetime | None:
    """The deadline a line of Hôm nay tells; None when it tells none."""
    found = _DUE.search(words)
    return datetime.strptime(f"{found[1]} {found[2]}", "%H:%M %d/%m/%Y").replace(tzinfo=VIETNAM) if found else None
