"""What is told that is no piece of work: reminders, slips and requests of a period, rows of a fund, what recurs, work
left behind. In words, with the page on which something is done about it."""

from collections.abc import Iterable

from congtam.cycles.models import Reminder
from congtam.cycles.queries import period_of
from congtam.cycles.words import STEP_TITLES
from congtam.desk.models import Occasion
from congtam.engine.periods import Period
from congtam.engine.rulebook.model import Text
from congtam.history.dated import Fact
from congtam.objections.models import Answer, Request, Slip
from congtam.retention.kinds import KINDS
from congtam.retention.models import Erasure
from congtam.reward.models import Entry
from congtam.reward.schemes import dong

GONE = Text(vi="Nội dung này không còn", en="This is no more")
ENDED = Text(vi="Có mục để lập danh sách xóa", en="There is something to list")
OUTCOMES = {
    "given_late": Text(vi="giao muộn", en="given late"),
    "not_given": Text(vi="không giao vì người nhận vắng mặt", en="not given, for its holder is away"),
    "stopped": Text(vi="đã tự dừng", en="stopped by itself"),
}
PAGES = {  # of a step somebody is reminded of; of the others it is the page of today
    "self_report": "self_report",
    "rating": "marking",
    "review": "slip",
    "objections": "review",
}
OF_A_PERIOD: dict[str, tuple[type[Fact], str, str]] = {  # the fact told of, the way to its cycle, the page
    "slip": (Slip, "cycle", "slip"),
    "review_asked": (Request, "cycle", "review"),
    "review_answered": (Answer, "request__cycle", "review"),
}


def named_otherwise(about: Iterable[tuple[str, str]], lang: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Title and page by kind and key. One query for each kind that is asked."""
    asked = set(about)
    found = {one: (GONE.in_(lang), "") for one in asked}
    reminders = Reminder.objects.filter(pk__in=_numbers(asked, "reminded")).select_related("cycle")
    for one in reminders:
        title = f"{STEP_TITLES[one.step].in_(lang)}, {period_of(one.cycle).title(lang)}"
        found["reminded", str(one.pk)] = title, PAGES.get(one.step, "today")
    occasions = Occasion.objects.filter(pk__in=_numbers(asked, "recurrence")).select_related("recurrence__template")
    for one in occasions:
        title = f"{one.recurrence.template.title}: {OUTCOMES[one.outcome].in_(lang)}"
        found["recurrence", str(one.pk)] = title, "templates"
    for what, (kind, to_cycle, page) in OF_A_PERIOD.items():
        cycles = kind._default_manager.filter(pk__in=_numbers(asked, what)).values_list("pk", f"{to_cycle}__period")
        for number, period in cycles:
            found[what, str(number)] = Period.parse(period).title(lang), page
    for row in Entry.objects.filter(pk__in=_numbers(asked, "to_sign")):
        money = dong(row.amount)
        told = Text(vi=f"Quỹ năm {row.year}: {money.vi}", en=f"Fund of {row.year}: {money.en}")
        found["to_sign", str(row.pk)] = told.in_(lang), "fund"
    for row in Erasure.standing().filter(series__in=_numbers(asked, "to_erase")):
        title = KINDS[row.kind].title.in_(lang)
        found["to_erase", str(row.series)] = title, "retention"
    for what, key in asked:
        if what == "term_ended":
            found[what, key] = ENDED.in_(lang), "retention"
        if what == "left_behind":
            count = key.rpartition("-")[2]
            told = Text(vi=f"{count} việc chưa bàn giao", en=f"{count} items not handed over")
            found[what, key] = told.in_(lang), "handover"
    return found


def _numbers(asked: Iterable[tuple[str, str]], what: str) -> list[int]:
    return [int(key) for kind, key in asked if kind == what]
