"""What every question shares: where rules and facts are, which period, seen from when, knowing what."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import click

import congtam
from congtam.cli import terminal
from congtam.engine.calendars import load_calendar
from congtam.engine.explaining import words
from congtam.engine.facts.checks import check_facts
from congtam.engine.facts.known import known
from congtam.engine.facts.store import read_facts
from congtam.engine.facts.tables import Facts
from congtam.engine.findings import did_you_mean, refuse_if_any, unusable
from congtam.engine.periods import VIETNAM, Period, start_of_day
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.checks import load_checked
from congtam.engine.rulebook.load import Library
from congtam.engine.scoring.agency import AgencyRun, evaluate_agency
from congtam.engine.scoring.run import Asked, Run, evaluate
from congtam.engine.working_time import Calendar

SHIPPED = Path(congtam.__file__).parent / "rulebooks"
LIBRARY = Library(SHIPPED)


def now() -> datetime:
    """The only reading of the wall clock."""
    return datetime.now(UTC)


def today() -> date:
    """Today in Vietnam."""
    return now().astimezone(VIETNAM).date()


class Moment(click.ParamType[datetime]):
    """A day (its end, in Vietnam) or an instant with its offset."""

    name = "thời điểm"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """An aware instant in UTC; fails with what is expected."""
        if isinstance(value, datetime):
            return value
        try:
            if len(value) == 10:
                return start_of_day(date.fromisoformat(value) + timedelta(days=1))
            instant = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r}: viết 2026-11-05 hoặc 2026-11-05T09:30:00+07:00", param, ctx)
        return (instant if instant.tzinfo else instant.replace(tzinfo=VIETNAM)).astimezone(UTC)


class NamedValue(click.ParamType[tuple[str, str]]):
    """name=value."""

    name = "tên=giá trị"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """The two sides; fails when there is no `=`."""
        if isinstance(value, tuple):
            return value
        left, equals, right = value.partition("=")
        if not (left and equals and right):
            self.fail(f"{value!r}: viết tên=giá trị, ví dụ late_item=zero", param, ctx)
        return left, right


@dataclass(frozen=True)
class Question:
    """The options that evaluate, explain and what-if share."""

    rulebook: str
    scorecard: str
    period: str
    data: Path
    as_of: datetime | None
    known_at: datetime | None
    choices: tuple[tuple[str, str], ...]
    beside: tuple[str, ...]
    trial: bool
    lang: str


def question(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the shared options, handed over as one `Question`."""
    return _asked_with(command, required=True)


def question_of_cards(command: Callable[..., None]) -> Callable[..., None]:
    """The same for a command that may be asked of several scorecards (`--card`) instead of one. With them `rulebook`
    and `scorecard` of the question are empty."""
    several = click.option(
        "--card",
        "cards",
        multiple=True,
        metavar="MÃ#BẢNG",
        help="Bảng điểm của cả cơ quan: mã bộ quy tắc#bảng điểm. Lặp lại được, thay cho --rulebook và --scorecard.",
    )
    return several(_asked_with(command, required=False))


def _asked_with(command: Callable[..., None], *, required: bool) -> Callable[..., None]:
    blank = None if required else ""

    @click.option(
        "--rulebook", required=required, default=blank, help="Bộ quy tắc: mã (congtam rulebook list) hoặc thư mục."
    )
    @click.option("--scorecard", required=required, default=blank, help="Bảng điểm trong bộ quy tắc.")
    @click.option("--period", required=True, help="Kỳ: 2026-09, 2026-Q3, 2026-H1, 2026, hoặc 2026-09-01..2026-10-16.")
    @click.option("--data", required=True, type=click.Path(path_type=Path), help="Thư mục bảng dữ liệu (event.csv …).")
    @click.option("--as-of", type=Moment(), help="Nhìn từ thời điểm này; mặc định: bây giờ, không quá cuối kỳ.")
    @click.option("--known-at", type=Moment(), help="Chỉ dùng những gì đã biết đến thời điểm này.")
    @click.option(
        "--choice", "choices", multiple=True, type=NamedValue(), help="Lựa chọn của lịch, ví dụ culture_day_2026=off."
    )
    @click.option(
        "--beside",
        multiple=True,
        help="Bảng điểm tính kèm, để lãnh đạo đọc xếp loại cấp dưới: mã bộ quy tắc#bảng điểm.",
    )
    @click.option("--trial", is_flag=True, help="Tính thử cho kỳ mà bộ quy tắc chưa hoặc không còn hiệu lực.")
    @click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Ngôn ngữ.")
    @click.pass_context
    def wrapped(context: click.Context, /, **options: Any) -> None:
        own = {name: options.pop(name) for name in Question.__dataclass_fields__}
        context.invoke(command, question=Question(**own), **options)

    wrapped.__doc__, wrapped.__name__ = command.__doc__, command.__name__
    for parameter in getattr(command, "__click_params__", []):
        wrapped.__click_params__.append(parameter)  # type: ignore[attr-defined]
    return wrapped


def calendar_of(rulebook: Rulebook, known_at: datetime | None, choices: Iterable[tuple[str, str]]) -> Calendar:
    """The working calendar a rulebook names, as known then, with the choices made."""
    path = SHIPPED / rulebook.head.calendar / "calendar.yaml"
    if not path.is_file():
        raise unusable(
            "calendar-missing",
            f"there is no calendar {rulebook.head.calendar!r}",
            "name a shipped one, such as vn/national/calendar",
        )
    return load_calendar(path).as_known(known_at, choices=dict(choices))


def ask(asked_of: Question, facts: Facts, **changes: Any) -> Run:
    """The run that answers a question; `changes` are further fields of `Asked`. Nobody sees further than they know:
    `as_of` is never after `known_at`."""
    book = load_checked(LIBRARY, asked_of.rulebook)
    calendar = calendar_of(book, asked_of.known_at, asked_of.choices)
    seen = _seen(asked_of)
    beside = tuple(named_card(text) for text in asked_of.beside)
    asked = Asked(
        Period.parse(asked_of.period), seen, asked_of.known_at, beside=beside, trial=asked_of.trial, **changes
    )
    return evaluate(facts, book, asked_of.scorecard, asked, calendar)


def agency_cards(asked_of: Question, names: Iterable[str]) -> list[tuple[Rulebook, str]]:
    """The scorecards of a question to a whole agency. Raises `Unusable` when it is asked in two ways at once."""
    if asked_of.rulebook or asked_of.scorecard or asked_of.beside:
        raise unusable(
            "two-ways-to-ask",
            "--card names the scorecards, and so do --rulebook, --scorecard and --beside",
            "with --card leave them out: cards of one run read each other",
        )
    return [named_card(name) for name in names]


def ask_agency(asked_of: Question, cards: Sequence[tuple[Rulebook, str]], facts: Facts) -> AgencyRun:
    """The run of several scorecards that answers a question."""
    asked = asked_by(asked_of)

    def calendar(book: Rulebook) -> Calendar:
        return calendar_of(book, asked_of.known_at, asked_of.choices)

    return evaluate_agency(facts, cards, asked, calendar)


def asked_by(asked_of: Question) -> Asked:
    """The question to the engine: period, instant, what was known."""
    return Asked(Period.parse(asked_of.period), _seen(asked_of), asked_of.known_at, trial=asked_of.trial)


def _seen(asked_of: Question) -> datetime:
    return min(moment for moment in (asked_of.as_of or now(), asked_of.known_at) if moment is not None)


def named_card(text: str) -> tuple[Rulebook, str]:
    """A scorecard named `rulebook#scorecard`."""
    identity, _, card = text.partition("#")
    book = load_checked(LIBRARY, identity)
    if card not in book.scorecards:
        raise unusable(
            "unknown-scorecard", f"{identity} has no scorecard {card!r}", did_you_mean(card, book.scorecards)
        )
    return book, card


def facts_of(asked_of: Question, but: Collection[str] = ()) -> Facts:
    """The facts in the question's folder, but for some tables. Tables that do not fit together are refused, or told as
    warnings."""
    facts = read_facts(asked_of.data, but)
    found = check_facts(known(facts, asked_of.known_at))
    refuse_if_any(found)
    terminal.findings(found)
    return facts


def is_sample(facts: Facts) -> bool:
    """Whether the facts say of themselves that they are invented."""
    return any(words.SAMPLE.vi in name.text for name in facts.names)
