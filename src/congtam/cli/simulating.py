"""simulate: an invented organisation of any size, with truths planted to be found."""

from pathlib import Path

import click

from congtam.cli import terminal
from congtam.engine.explaining import words
from congtam.engine.findings import did_you_mean, unusable
from congtam.engine.periods import Period, PeriodKind
from congtam.simulate.office import Made, Order, Step, make
from congtam.simulate.truths import FILE, WORDS, Pattern, Truth

LAW_OF = {
    "civil_servant": ("vn/national/decree-335-2025", "civil_servant_month"),
    "public_employee": ("vn/national/decree-233-2026", "public_employee_month"),
}
TOLD = len(Pattern)  # truths on screen; all are in the file
TABLES = {
    "event": "sự kiện",
    "spell": "thời gian công tác",
    "absence": "thời gian vắng mặt",
    "unit": "đơn vị",
    "rating": "điểm chấm",
    "decision": "quyết định",
    "name": "tên gọi",
}


class Patterns(click.ParamType[tuple[Pattern, ...]]):
    """all, none, or codes of patterns with commas."""

    name = "mẫu hình"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[Pattern, ...]:
        """The patterns named; fails with those there are."""
        if isinstance(value, tuple):
            return value
        text = str(value)
        if text in ("all", "none"):
            return tuple(Pattern) if text == "all" else ()
        found = []
        for code in text.split(","):
            if code.strip() in ("all", "none"):
                self.fail(f"{code.strip()!r} stands alone: give all, none, or codes with commas", param, ctx)
            if code.strip() not in list(Pattern):
                known = [*Pattern, "all", "none"]
                self.fail(f"{code!r}: {did_you_mean(code.strip(), known)}", param, ctx)
            found.append(Pattern(code.strip()))
        return tuple(found)


@click.command()
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="Thư mục ghi các bảng; phải mới hoặc trống."
)
@click.option("--officials", type=int, default=200, show_default=True, help="Số cán bộ, từ 10.")
@click.option("--months", help="Các tháng: 2026-07..2026-09 (tính cả tháng cuối), 2026-09, 2026-Q3 hoặc 2026.")
@click.option("--from", "first", help="Tháng đầu, thay cho --months; đi cùng --to.")
@click.option("--to", "last", help="Tháng cuối (tính cả tháng ấy); đi cùng --from.")
@click.option("--seed", type=int, default=7, show_default=True, help="Số gieo: cùng số thì ra đúng dữ liệu ấy.")
@click.option(
    "--truths",
    "patterns",
    type=Patterns(),
    default="all",
    show_default=True,
    help="Điều gài sẵn: all, none hoặc danh sách mã cách nhau bằng dấu phẩy.",
)
@click.option("--sections", type=int, help="Số phòng; mặc định khoảng 12 người một phòng.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Ngôn ngữ.")
def simulate(
    out: Path,
    officials: int,
    months: str | None,
    first: str | None,
    last: str | None,
    seed: int,
    patterns: tuple[Pattern, ...],
    sections: int | None,
    lang: str,
) -> None:
    """Dựng cơ quan mẫu ở quy mô bất kỳ, có gài sẵn điều cần phát hiện. (Invent an organisation of any size.)"""
    order = Order(officials, _months(months, first, last), seed, patterns, sections)
    made = make(order, out, _told)
    terminal.progress_done()
    _say(order, made, out, lang)


def _months(months: str | None, first: str | None, last: str | None) -> tuple[Period, ...]:
    """The whole months asked for, in order."""
    if (months is None) == (first is None and last is None):
        raise unusable(
            "which-months", "simulate needs the months to make", "give --months 2026-07..2026-09, or --from and --to"
        )
    if months is None:
        if first is None or last is None:
            raise unusable("which-months", "--from and --to go together", "give both, also for a single month")
        return _between(first, last)
    begin, dots, end = months.partition("..")
    if dots and len(begin) == len(end) == len("2026-07"):
        return _between(begin, end)
    period = Period.parse(months)
    whole = period.months()
    if not whole or (whole[0].first, whole[-1].until) != (period.first, period.until):
        raise unusable("which-months", f"{months} is no whole months", "write them like 2026-09 or 2026-07..2026-09")
    return whole


def _between(first: str, last: str) -> tuple[Period, ...]:
    month, end = Period.parse(first), Period.parse(last)
    if {month.kind, end.kind} != {PeriodKind.MONTH} or end.first < month.first:
        raise unusable("which-months", f"{first} to {last} are no months in order", "write them like 2026-07 2026-09")
    return Period(PeriodKind.WINDOW, month.first, end.until).months()


def _told(step: Step) -> None:
    terminal.progress(f"{step.sections}/{step.of} phòng, {_many(step.events)} sự kiện")


def _many(number: int) -> str:
    """A count as Vietnamese write it: 12.345."""
    return f"{number:,}".replace(",", ".")


def _say(order: Order, made: Made, out: Path, lang: str) -> None:
    """What was made, what is planted in it, and what to type next."""
    terminal.say(words.SAMPLE.in_(lang), style="bold reverse")
    filled = {name: text for name, text in TABLES.items() if name in made.rows}
    said = ", ".join(f"{_many(made.rows[name])} {name if lang == 'en' else text}" for name, text in filled.items())
    span = f"{order.months[0].label}..{order.months[-1].label}"
    people = "officials" if lang == "en" else "cán bộ"
    terminal.say(f"{_many(order.officials)} {people}, {span}, seed {order.seed}: {said} → {out}")
    say_truths(made.truths[:TOLD], lang)
    if len(made.truths) > TOLD:
        more = f"and {len(made.truths) - TOLD} more" if lang == "en" else f"và {len(made.truths) - TOLD} điều nữa"
        terminal.say(f"… {more}", indent=1)
    if made.truths:
        terminal.say(f"→ {out / FILE}", indent=1)
    terminal.heading("Try" if lang == "en" else "Thử tiếp")
    laws, last = [LAW_OF[kind] for kind in made.staff_kinds], order.months[-1].label
    shared = [f"--rulebook {book} --scorecard {card} --period {last} --data {out}" for book, card in laws]
    for question in shared:
        click.echo(f"  congtam evaluate {question}")
    planted = [truth.officials[0] for truth in made.truths if truth.officials]
    if planted:
        click.echo(f"  congtam explain {shared[0]} --subject {planted[-1]}")


def say_truths(truths: tuple[Truth, ...], lang: str) -> None:
    """What is planted, whom it touches and since when."""
    if not truths:
        return
    terminal.heading("Planted truths" if lang == "en" else "Điều gài sẵn trong dữ liệu mẫu")
    for truth in truths:
        text = WORDS[truth.pattern].en if lang == "en" else WORDS[truth.pattern].vi
        whom = " → ".join(truth.units) or ", ".join(truth.officials)
        since = "from" if lang == "en" else "từ"
        terminal.say(f"{whom}: {text} ({since} {truth.first:%d/%m/%Y}).", indent=1)
