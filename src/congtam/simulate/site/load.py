"""Filling an empty site with the demo department, through the actions of the rooms."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from congtam.access.actions import give_mandate, open_account
from congtam.access.models import Account
from congtam.engine.facts.tables import Rating
from congtam.history.actor import Actor
from congtam.intake.actions import accept
from congtam.people.models import Spell
from congtam.ratings.actions import decide, rate
from congtam.registry.actions import add_card, adopt, approve_copy, set_choice
from congtam.scores.full import nightly
from congtam.scores.live import refresh
from congtam.simulate.days import month_first
from congtam.simulate.demo.build import build_demo
from congtam.simulate.marks import WHOLE
from congtam.simulate.site.cast import APPROVER, AUDITOR, OWNER, PASSWORD, PLAYERS
from congtam.simulate.site.closing import fill_month
from congtam.simulate.site.documents import fill_registers
from congtam.simulate.site.house import DECISION, House, build_house
from congtam.simulate.site.work import ALSO_AT_THE_DESK, KINDS, SYSTEMS, Story, stories
from congtam.sources.actions import add_datum, add_source, set_authority
from congtam.sources.models import Source

News = Callable[[str], None]

DEMO, BEGAN = "demo", "demo_began"  # choices of the site: that it is a demo, and its first day
FIRST = date(2025, 3, 1)
CARDS = (  # rulebook, scorecard, whether by law, from when
    ("vn/national/decree-335-2025", "civil_servant_month", True, date(2026, 1, 1)),
    ("vn/national/decree-335-2025", "civil_servant_quarter", True, date(2026, 1, 1)),
    ("vn/national/decree-335-2025", "civil_servant_year", True, date(2026, 1, 1)),
    ("vn/national/decree-233-2026", "public_employee_month", True, date(2026, 7, 1)),
    ("vn/national/decree-233-2026", "public_employee_quarter", True, date(2026, 7, 1)),
    ("vn/national/decree-233-2026", "public_employee_year", True, date(2026, 7, 1)),
    ("vn/hue/dost-monthly-2025", "official_month", False, FIRST),
    ("vn/hue/dost-monthly-2025", "unit_month", False, FIRST),
)
DUE = time(17)
WHYS: dict[tuple[str, int], tuple[str, ...]] = {  # what raters name, by criterion and from which mark (in points) on
    ("general", 27): (
        "Nhận thêm việc khó của đồng nghiệp đi công tác và xong trước hạn",
        "Đề xuất gộp hai biểu mẫu, được phòng áp dụng trong tháng",
        "Được đơn vị phối hợp gửi văn bản ghi nhận",
        "Giải quyết dứt điểm hồ sơ kéo dài, người dân có lời cảm ơn",
    ),
    ("general", 15): ("",),
    ("general", 0): ("Đã nhắc hai lần trong tháng về phối hợp, chưa khắc phục",),
    ("organising", 100): ("Kế hoạch tháng của đơn vị xong đúng hạn, có cách làm mới được áp dụng",),
    ("organising", 50): ("Hai nhiệm vụ của đơn vị chậm kéo dài sang tháng thứ hai",),
    ("rallying", 100): ("",),
    ("rallying", 50): ("Đơn vị còn đùn đẩy việc phối hợp, đã nhắc tại giao ban",),
}
WORK_KINDS = {
    "dossier": "Hồ sơ thủ tục hành chính",
    "exchange": "Phản ánh, kiến nghị",
    "document": "Văn bản đến",
    "report": "Báo cáo",
    "task": "Nhiệm vụ được giao",
    "operation": "Nghiệp vụ chuyên môn",
    "initiative": "Sáng kiến",
}


def load_demo(actor: Actor, today: date, news: News = lambda _: None) -> None:
    """Fill a site that holds nothing yet: units, people, accounts, rules, sources, records, marks, scores.

    `today` is the first day of the demo. Raises `Refused` when something is in the way.
    """
    news("Đơn vị, con người, tài khoản…")
    set_choice(actor, DEMO, True, FIRST, f"00/{DECISION}")
    set_choice(actor, BEGAN, today.isoformat(), FIRST, f"00/{DECISION}")
    house = build_house(actor, today)
    accounts = _accounts(actor, house, today)
    news("Quy tắc…")
    _rules(_acting(accounts[OWNER]), _acting(accounts[APPROVER]))
    news("Nguồn dữ liệu và hồ sơ công việc…")
    sources = _sources(actor, house)
    _records(actor, sources, stories(today), timezone.now())
    news("Sổ văn bản…")
    fill_registers(accounts, house.people, house.agency.pk, today)
    news("Điểm do người chấm…")
    _marks(actor, house, today)
    news("Kỳ đánh giá của tháng trước…")
    fill_month(accounts, house, today)


def score_all() -> None:
    """Score everybody for the first time, as the worker and the night would, so that there is a last night to show."""
    now = timezone.now()
    while refresh(now):
        pass
    nightly(now)


def _accounts(actor: Actor, house: House, today: date) -> dict[str, Account]:
    opened = {}
    for player in PLAYERS:
        person = house.people[player.person] if player.person else None
        opened[player.username] = open_account(actor, player.username, PASSWORD, person=person, demo=True)
    first = month_first(today, -1)
    give_mandate(actor, opened[AUDITOR], f"12/{DECISION}", house.agency, first=first, until=first + timedelta(days=365))
    return opened


def _acting(account: Account) -> Actor:
    """As somebody who signed in with the account acts today."""
    post = Spell.standing().filter(person=account.person_id, days__contains=timezone.localdate()).first()
    return Actor(account.pk, post.post_id if post else None)


def _rules(owner: Actor, approver: Actor) -> None:
    for number, (rulebook, first) in enumerate({one: first for one, _, _, first in CARDS}.items(), start=1):
        approve_copy(approver, adopt(owner, rulebook, first=first, number=f"2{number}/{DECISION}"))
    for rulebook, scorecard, legal, first in CARDS:
        add_card(owner, rulebook, scorecard, legal, first)


def _sources(actor: Actor, house: House) -> dict[str, Source]:
    keeper = house.posts["VP-CCHC"]
    made = {
        code: add_source(actor, code, name, owner=keeper, due_time=DUE, first=FIRST) for code, name in SYSTEMS.items()
    }
    for kind, system in KINDS.items():
        datum = add_datum(actor, kind, WORK_KINDS[kind], work_kind=kind)
        if kind not in ALSO_AT_THE_DESK:
            set_authority(actor, datum, house.agency, made[system], first=FIRST, number=f"30/{DECISION}")
    return made


def _records(actor: Actor, sources: dict[str, Source], work: list[Story], now: datetime) -> None:
    told = defaultdict(list)
    for story in work:
        if known := story.known(now):
            told[story.source].append(story.told(known))
    for code, records in told.items():
        accept(actor, sources[code], records, kind="push")


def _why(one: Rating) -> str:
    """What a rater names, where the anchors of a criterion ask for a reason."""
    if one.stage != "final" or one.value is None:
        return ""
    levels = [level for criterion, level in WHYS if criterion == one.criterion and one.value >= level * WHOLE]
    told = WHYS[one.criterion, max(levels)] if levels else ("",)
    return told[sum(map(ord, one.subject + one.period)) % len(told)]


def _marks(actor: Actor, house: House, today: date) -> None:
    """The ratings and decisions that are known today, of periods with work in them."""
    facts = build_demo(today)
    since = f"{month_first(today, -2):%Y-%m}"
    for one in facts.ratings:
        if one.period >= since:
            rate(
                actor,
                person=house.people[one.subject],
                criterion=one.criterion,
                period=one.period,
                by=house.people[one.by or one.subject],
                stage=one.stage,
                value=one.value,
                state=one.state,
                reason=one.reason or _why(one),
            )
    for made in facts.decisions:
        if made.period >= since:
            decide(
                actor,
                person=house.people[made.subject],
                scorecard=made.scorecard,
                period=made.period,
                matter=made.matter,
                outcome=made.outcome,
                by=house.people[made.by],
                number=made.number,
                reason=made.reason or "",
            )
