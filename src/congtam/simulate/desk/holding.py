"""What comes of meetings and templates: a leader calls the weekly meeting, says conclusions and closes it; a head makes
a template that is given by itself."""

from random import Random

from congtam.engine.periods import local_day
from congtam.simulate.days import Workdays
from congtam.simulate.desk import phrases
from congtam.simulate.desk.log import Log
from congtam.simulate.desk.office import Member, Office
from congtam.simulate.desk.page import Form, Page
from congtam.simulate.titles import title

CONCLUSIONS = 2


def meet(leader: Member, office: Office, days: Workdays, log: Log, rng: Random) -> None:
    """The weekly meeting: called, its conclusions given as work, closed."""
    browser = leader.browser
    page = log.look("call_meeting", browser, "/hop/mo/")
    called = log.do("call_meeting", browser, _with(page, "chair"), called="hop/mo")
    if called is None or called.complaints:
        return
    where = called.path
    for _ in range(CONCLUSIONS):
        page = log.look("conclude", browser, where)
        form = _with(page, "who")
        to = rng.choice(office.heads)
        due = days.calendar.add_working_days(local_day(browser.clock.now), rng.randint(2, 5))
        told = {
            "text": title(rng, "task", to.unit),
            "who": f"p{to.number}",
            "due": f"{due:%d/%m/%Y}",
            "product": rng.choice(phrases.PRODUCTS),
        }
        log.do("conclude", browser, form, told, called="hop/ket-luan")
    page = log.look("close_meeting", browser, f"{where}ket-thuc/")
    seen = log.do("review", browser, _with(page, "attended"), called="hop/ket-thuc")
    log.confirm("close_meeting", browser, seen)


def make_template(head: Member, lead: Member, log: Log) -> None:
    """A template of weekly work, given by itself on Mondays from now on, and once by hand."""
    browser = head.browser
    page = log.look("make_template", browser, "/mau-viec/lap/")
    told = {"title": "Báo cáo tuần của phòng", "product": "Báo cáo kèm số liệu", "days": "3"}
    seen = log.do("review", browser, _with(page, "days"), told, called="mau-viec/lap")
    made = log.confirm("make_template", browser, seen)
    if made is None or made.complaints:
        return
    for act, slug, more in (("give_template", "giao", {}), ("recur", "dinh-ky", {"every": "week", "on": "1"})):
        page = log.look(act, browser, f"{made.path}{slug}/")
        seen = log.do(
            "review", browser, _with(page, "lead"), {"lead": str(lead.number), **more}, called=f"mau-viec/{slug}"
        )
        log.confirm(act, browser, seen)


def _with(page: Page | None, field: str) -> Form | None:
    """The form of a page that holds a field."""
    return next((one for one in page.forms if one.named(field)), None) if page else None
