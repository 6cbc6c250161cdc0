"""What happens once in a month: a storm by decision, a handover before leave, a fault that is not to count."""

from datetime import date, timedelta

from congtam.simulate.desk.log import Log
from congtam.simulate.desk.office import Member, Office

STORM, LEAVE, VOID = "storm", "hand_over", "exempt"


def storm(leader: Member, office: Office, log: Log, day: date) -> None:
    """The afternoon of a day is off by decision, told the next morning."""
    page = log.look(STORM, leader.browser, "/mien-tru/su-co/ghi/")
    form = next((one for one in page.forms if one.named("units")), None) if page else None
    if form is None:
        log.could_not(STORM, "the page has no such form")
        return
    told = {
        "kind": _first(form.offered("kind"), "storm"),
        "title": "Bão số 9",
        "units": [form.offered("units")[0]],
        "first": f"13:30 {day:%d/%m/%Y}",
        "until": f"17:00 {day:%d/%m/%Y}",
        "decision": "31/QĐ-BCH",
        "decided_on": f"{day:%d/%m/%Y}",
        "reason": "Nghỉ tránh bão theo quyết định",
    }
    log.confirm(STORM, leader.browser, log.do("review", leader.browser, form, told, called="mien-tru/su-co"))


def hand_over(person: Member, to: Member, log: Log) -> None:
    """Everything somebody holds goes to a colleague before a leave."""
    page = log.look(LEAVE, person.browser, f"/ban-giao/{person.code}/")
    form = next((one for one in page.forms if one.named("receiver")), None) if page else None
    if form is None:
        log.could_not(LEAVE, "the page has no such form")
        return
    told = {"why": "leave", "receiver": to.code}
    press = ("step", "review") if ("step", "review") in [(one.name, one.value) for one in form.controls] else None
    seen = log.do("review", person.browser, form, told, press, called="ban-giao")
    log.confirm(LEAVE, person.browser, seen)


def exempt(leader: Member, item: int, log: Log, day: date) -> None:
    """A fault of an item does not count, by a document of the authority."""
    page = log.look(VOID, leader.browser, f"/mien-tru/mien/ghi/?viec={item}")
    form = next((one for one in page.forms if one.named("chosen")), None) if page else None
    if form is None:
        log.could_not(VOID, "the page has no such form")
        return
    told = {
        "chosen": form.offered("chosen")[:1],
        "decision": "45/QĐ-SK",
        "decided_on": f"{day - timedelta(days=1):%d/%m/%Y}",
        "reason": "Trễ do cơ quan phối hợp gửi số liệu chậm",
    }
    log.confirm(VOID, leader.browser, log.do("review", leader.browser, form, told, called="mien-tru/mien"))


def _first(offered: list[str], wanted: str) -> str:
    """What is wanted where it is offered, else the first there is."""
    return wanted if wanted in offered else offered[0]
