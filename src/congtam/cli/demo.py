"""demo: a department of 50 officials, from its records to its grades."""

from datetime import date, datetime
from pathlib import Path
from shutil import rmtree

import click

from congtam.cli import tables, terminal
from congtam.cli.asking import LIBRARY, calendar_of, now, today
from congtam.cli.demo_site import remove, source
from congtam.cli.simulating import say_truths
from congtam.engine.explaining import words
from congtam.engine.explaining.formats import names
from congtam.engine.explaining.sentences import explain
from congtam.engine.facts.store import write_facts
from congtam.engine.facts.tables import Facts
from congtam.engine.findings import unusable
from congtam.engine.periods import Period, PeriodKind, start_of_day
from congtam.engine.rulebook.checks import load_checked
from congtam.engine.scoring.run import Asked, Run, evaluate
from congtam.engine.scoring.subject import Score
from congtam.engine.trace import trace
from congtam.simulate.demo import build_demo, demo_truths
from congtam.simulate.truths import Truth, write_truths

LAWS = (
    ("vn/national/decree-233-2026", "public_employee_month"),
    ("vn/national/decree-335-2025", "civil_servant_month"),
)
HUE = ("vn/hue/dost-monthly-2025", "official_month")
HUE_MONTHS = ("2025-02", "2025-03", "2025-04")
MARK = ".congtam-demo"


@click.group(invoke_without_command=True)
@click.option("--today", "day", type=click.DateTime(["%Y-%m-%d"]), help="Coi hôm nay là ngày này.")
@click.option(
    "--keep",
    type=click.Path(path_type=Path),
    default=Path("var/demo"),
    show_default=True,
    help="Thư mục ghi dữ liệu mẫu để thử các lệnh khác.",
)
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Ngôn ngữ.")
@click.pass_context
def demo(context: click.Context, day: datetime | None, keep: Path, lang: str) -> None:
    """Một sở mẫu: hai tháng đã qua, tháng này, và ba tháng năm 2025. (A sample department.)"""
    if context.invoked_subcommand is None:
        _show(day, keep, lang)


for command in (remove, source):
    demo.add_command(command)


def _show(day: datetime | None, keep: Path, lang: str) -> None:
    on = day.date() if day else today()
    seen = now() if day is None else start_of_day(on).replace(hour=5)
    facts = _facts(on)
    truths = demo_truths(on)
    _keep(facts, truths, keep)
    terminal.say(words.SAMPLE.in_(lang), style="bold reverse")
    months = _months(on)
    by_law = {month.label: _legal_runs(facts, month, seen) for month in months}
    _overview(by_law, lang)
    for run in reversed(by_law[months[1].label]):
        tables.results(run, lang)
    hue = [_hue(facts, label, seen) for label in HUE_MONTHS]
    _overview({run.asked.period.label: [run] for run in hue}, lang)
    tables.results(hue[1], lang)
    _reasons(by_law[months[1].label][1], lang)
    say_truths(truths, lang)
    _try(keep, months[1], lang)


def _facts(day: date) -> Facts:
    try:
        return build_demo(day)
    except ValueError as error:
        raise unusable("demo-too-early", str(error), "choose a later --today, or leave it out") from None


def _keep(facts: Facts, truths: tuple[Truth, ...], folder: Path) -> None:
    """Write the facts where other commands can read them; only a demo's own folder is ever replaced."""
    if folder.exists() and not folder.is_dir():
        raise unusable("folder-in-use", f"{folder} is a file", "choose another --keep")
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise unusable("folder-in-use", f"{folder} holds something that is not a demo", "choose another --keep")
    rmtree(folder, ignore_errors=True)
    write_facts(facts, folder)
    write_truths(truths, folder)
    (folder / MARK).write_text("DỮ LIỆU MẪU\n", encoding="utf-8")


def _months(day: date) -> list[Period]:
    """Two past months and the live one."""
    live = Period.of(PeriodKind.MONTH, day)
    return [live.previous().previous(), live.previous(), live]


def _legal_runs(facts: Facts, month: Period, seen: datetime) -> list[Run]:
    """One run per law; leaders read the grades of those below them under either."""
    books = [(load_checked(LIBRARY, rulebook), card) for rulebook, card in LAWS]
    return [
        evaluate(
            facts,
            book,
            card,
            Asked(month, seen, beside=tuple(other for other in books if other[0] is not book), trial=True),
            calendar_of(book, None, ()),
        )
        for book, card in books
    ]


def _hue(facts: Facts, label: str, seen: datetime) -> Run:
    """One month of 2025 under Huế's seven groups; February is a trial, for the scheme began on 1 March."""
    book = load_checked(LIBRARY, HUE[0])
    return evaluate(facts, book, HUE[1], Asked(Period.parse(label), seen, trial=True), calendar_of(book, None, ()))


def _overview(months: dict[str, list[Run]], lang: str) -> None:
    """Everyone by section, total and grade before caps, month beside month."""
    runs = [run for found in months.values() for run in found]
    title = "Totals and grades before caps" if lang == "en" else "Tổng điểm và xếp loại trước khi áp tỷ lệ"
    laws = ", ".join(dict.fromkeys(run.rulebook.id for run in runs))
    terminal.heading(f"{title} · {laws}")
    for run in runs:
        if run.trial or run.live:
            state = words.TRIAL if run.trial else words.LIVE
            terminal.say(f"{run.asked.period.label}: {state.in_(lang)} ({run.rulebook.id})")
    told = names(runs[-1].facts)
    last = list(months.values())[-1]
    where = {code: run for found in months.values() for run in found for code in run.scores}
    sections: dict[str, list[str]] = {}
    for run in reversed(last):
        for unit, scores in tables.by_section(run):
            sections.setdefault(unit, []).extend(score.subject.code for score in scores)
    headers = [tables.CODE.in_(lang), tables.NAME.in_(lang), *(cell for label in months for cell in (label, " "))]
    for unit, codes in sections.items():
        terminal.heading(told.get(("unit", unit), unit))
        rows = [
            [code, told.get(("official", code), ""), *_cells(code, months, lang)] for code in codes if code in where
        ]
        terminal.table(headers, rows, right=range(2, len(headers), 2))


def _cells(code: str, months: dict[str, list[Run]], lang: str) -> list[str]:
    cells = []
    for runs in months.values():
        run = next((run for run in runs if code in run.scores), None)
        cells += (
            [tables.total(run, run.scores[code], lang), tables.verdict(run, run.scores[code], lang)]
            if run
            else ["", ""]
        )
    return cells


def _reasons(run: Run, lang: str) -> None:
    """For the official who lost most by work and is graded good all the same: the reasons, record by record."""
    good = [score for score in run.scores.values() if score.graded.grade == "good" and score.subject.role == "staff"]
    chosen = max(good, key=_lost_by_work)
    terminal.heading("─" * 40)
    terminal.sections(explain(run, trace(run, chosen.subject.code), lang))


def _lost_by_work(score: Score) -> int:
    part = score.part("results")
    return (part.lost or 0) if part else 0


def _try(folder: Path, month: Period, lang: str) -> None:
    shared = (
        f"--rulebook vn/national/decree-335-2025 --scorecard civil_servant_month --period {month.label} --data {folder}"
    )
    terminal.heading("Try" if lang == "en" else "Thử tiếp")
    for command in (
        f"congtam explain {shared} --subject CB019",
        f"congtam what-if {shared} --set late_item=zero",
        f"congtam evaluate {shared} --out ket-qua.csv",
        "congtam rulebook show vn/hue/dost-monthly-2025",
    ):
        click.echo(f"  .venv/bin/{command}")
