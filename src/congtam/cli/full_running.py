"""full-run: a whole population at once, from a snapshot of its work."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import click
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from congtam.cli import terminal
from congtam.cli.asking import LIBRARY, Question, asked_by, calendar_of, question
from congtam.engine.explaining.formats import points
from congtam.engine.facts.known import known
from congtam.engine.facts.store import read_facts
from congtam.engine.facts.tables import Facts
from congtam.engine.findings import unusable
from congtam.engine.measuring.columnar import Snapshot
from congtam.engine.measuring.sql.run import Source
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.checks import load_checked
from congtam.engine.scoring.folds import Folds
from congtam.engine.scoring.full_run import FullRun, full_run
from congtam.engine.scoring.grades import By, Graded
from congtam.engine.scoring.run import seen_by

STANDING = {
    By.TO_DECIDE: "chờ người có thẩm quyền quyết định",
    By.PROVISIONAL: "còn mục chưa có số liệu",
    By.INSUFFICIENT: "chưa đủ dữ liệu",
}


@click.command("full-run")
@question
@click.option(
    "--snapshot",
    type=click.Path(path_type=Path),
    help="Thư mục ảnh chụp công việc: chưa có thì ghi, có rồi thì dùng lại.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Ghi điểm của mọi người ra tệp .parquet hoặc .csv.")
@click.option("--json", "json_", is_flag=True, help="In tóm tắt bằng JSON.")
def full_run_(question: Question, snapshot: Path | None, out: Path | None, json_: bool) -> None:
    """Tính cả một địa bàn trong một lượt quét; cùng điểm như evaluate. (Score a whole population in one scan.)"""
    if out is not None and out.suffix not in (".parquet", ".csv"):
        raise unusable(
            "bad-format", f"{out.name} is neither .parquet nor .csv", "name a file with one of the two endings"
        )
    book = load_checked(LIBRARY, question.rulebook)
    facts, source = _source(question, book, snapshot)
    calendar = calendar_of(book, question.known_at, question.choices)
    run = full_run(source, facts, book, question.scorecard, asked_by(question), calendar)
    if out is not None:
        _write(run.table.to_arrow(), out)
    if json_:
        terminal.as_json(_summary(run))
    else:
        _say(run, question.lang, out)


def _source(question: Question, book: Rulebook, snapshot: Path | None) -> tuple[Facts, Source]:
    """The facts but for events, and the snapshot: the one there is, or a new one."""
    if snapshot is not None and snapshot.is_dir() and any(snapshot.iterdir()):
        return read_facts(question.data, but=("event",)), Source.at(snapshot)
    facts = read_facts(question.data)
    asked = seen_by(asked_by(question))
    told = known(facts, asked.known_at, asked.seq)
    _, rows = Folds(told).of(book, asked, calendar_of(book, question.known_at, question.choices))
    made = Snapshot.of(rows, asked.as_of)
    if snapshot is not None:
        made.write(snapshot)
    return replace(facts, events=()), Source.of(made)


def _write(scores: pa.Table, out: Path) -> None:
    if out.suffix == ".parquet":
        pq.write_table(scores, out)
        return
    plain = [
        column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column for column in scores
    ]
    pyarrow.csv.write_csv(pa.table(plain, names=scores.column_names), out)


def _summary(run: FullRun) -> dict[str, object]:
    table = run.table
    return {
        "rulebook": run.rulebook.id,
        "scorecard": run.card.id,
        "period": run.asked.period.label,
        "as_of": run.asked.as_of.isoformat(),
        "trial": run.trial,
        "subjects": len(table),
        "grades": dict(Counter(one.grade for one in _graded(run) if one.grade)),
        "without_grade": dict(Counter(str(one.by) for one in _graded(run) if one.grade is None)),
        "items": int(table.n_items.sum()),
        "scans": run.scans,
        "one_by_one": int(table.one_by_one.sum()),
    }


def _graded(run: FullRun) -> list[Graded]:
    return list(run.table.graded(range(len(run.table))).values())


def _say(run: FullRun, lang: str, out: Path | None) -> None:
    """How many stand where. Names and points of persons go to the file only."""
    table = run.table
    terminal.heading(f"{run.card.model.title.in_(lang)} · {run.asked.period.title(lang)}")
    if run.rulebook.head.notice:
        terminal.say(run.rulebook.head.notice.in_(lang))
    counts = Counter(one.grade for one in _graded(run))
    rows = [[grade.title.in_(lang), str(counts[grade.id])] for grade in run.card.model.grades]
    waiting = Counter(one.by for one in _graded(run) if one.grade is None)
    rows += [[f"– {STANDING.get(by, by)}", str(number)] for by, number in waiting.items()]
    terminal.table(
        ["Xếp loại trước khi áp tỷ lệ", "Số người" if run.card.model.subject == "official" else "Số đơn vị"],
        rows,
        right=[1],
    )
    if len(table):
        middle = sorted(table.lowest.tolist())[len(table) // 2]
        terminal.say(
            f"{len(table)} được tính điểm; ở giữa: {points(middle, lang)} điểm; {run.scans} lượt quét dữ liệu."
        )
    if out is not None:
        terminal.say(f"→ {out}")
