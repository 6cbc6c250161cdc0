"""The registrar enters what came in and submits it; the leader assigns it: work from documents."""

from random import Random

from congtam.engine.periods import local_day
from congtam.simulate.desk import phrases
from congtam.simulate.desk.log import Log
from congtam.simulate.desk.office import Member, Office
from congtam.simulate.desk.page import Form, Page
from congtam.simulate.titles import TOPICS


class Registrar:
    """Văn thư: the register of documents in."""

    def __init__(self, member: Member, log: Log, rng: Random):
        self.me, self.log, self.rng = member, log, rng

    def enter(self, documents: int) -> None:
        """So many documents that came in today, each submitted at once."""
        for _ in range(documents):
            page = self.log.look("enter_document", self.me.browser, "/van-ban/vao-so/")
            form = next((one for one in page.forms if one.named("abstract")), None) if page else None
            topic = self.rng.choice(TOPICS[self.rng.choice([*TOPICS])])
            told = {
                "issuer": self.rng.choice(phrases.ISSUERS),
                "symbol": f"{self.rng.randint(100, 2999)}/UBND-VX",
                "dated": f"{local_day(self.me.browser.clock.now):%d/%m/%Y}",
                "abstract": self.rng.choice(phrases.SUBJECTS).format(topic),
                "leader": form.offered("leader")[0] if form and form.offered("leader") else "",
            }
            self.log.do("enter_document", self.me.browser, form, told, called="van-ban/vao-so")


class Assigner:
    """The leader of the agency, to whom documents are submitted."""

    def __init__(self, member: Member, office: Office, log: Log, rng: Random):
        self.me, self.office, self.log, self.rng = member, office, log, rng

    def assign(self) -> None:
        """Everything that was submitted, to a head, sometimes with another section in support."""
        page = self.log.look("assign_document", self.me.browser, "/van-ban/cua-toi/")
        for href in page.linked("/van-ban/") if page else []:
            if href.strip("/").split("/")[-1].isdecimal():
                self._one(self.log.look("assign_document", self.me.browser, href))

    def _one(self, page: Page | None) -> None:
        form: Form | None = next(iter(page.find("/giao/")), None) if page else None
        if form is None:
            return
        heads = [str(one.number) for one in self.office.heads if str(one.number) in form.offered("lead")]
        lead, *others = self.rng.sample(heads, len(heads))
        told: dict[str, str | list[str]] = {"lead": lead, "text": self.rng.choice(phrases.INSTRUCTIONS)}
        if others and self.rng.random() < 0.4:
            told["support"] = others[:1]
        self.log.do("assign_document", self.me.browser, form, told, called="van-ban/giao")
