"""full-run: a whole population at once, from a snapshot of its work."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from statistics import median_low

import click
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from congtam.cli import terminal
from congtam.cli.asking import LIBRARY, Question, asked_by, calendar_of, facts_of, named_card, question
from congtam.engine.explaining.formats import points
from congtam.engine.facts.known import known
from congtam.engine.facts.tables import Facts
from congtam.engine.findings import unusable
from congtam.engine.measuring.columnar import Snapshot
from congtam.engine.measuring.sql.run import Source
from congtam.engine.rulebook.as_of import holds_on
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
        advice = "name a file with one of the two endings"
        raise unusable("bad-format", f"{out.name} is neither .parquet nor .csv", advice)
    book = load_checked(LIBRARY, question.rulebook)
    facts, source = _source(question, book, snapshot)
    run = _scored(question, book, question.scorecard, facts, source, _beside(question, book, facts, source))
    if out is not None:
        _write(run.table.to_arrow(), out)
    if json_:
        terminal.as_json(_summary(run))
    else:
        _say(run, question.lang, out)


def _scored(
    question: Question, book: Rulebook, card: str, facts: Facts, source: Source, beside: Mapping[str, Graded]
) -> FullRun:
    calendar = calendar_of(book, question.known_at, question.choices)
    return full_run(source, facts, book, card, asked_by(question), calendar, beside=beside)


def _beside(question: Question, book: Rulebook, facts: Facts, source: Source) -> dict[str, Graded]:
    """The grades of people scored by the cards beside. Raises `Unusable` when these see the work in another way."""
    graded: dict[str, Graded] = {}
    for text in question.beside:
        other, card = named_card(text)
        if not holds_on(other, asked_by(question).period.first):
            continue
        if _folded_under(question, other) != _folded_under(question, book):
            what = f"{other.id} counts time or products in another way than {book.id}"
            raise unusable("needs-rows", f"{what}: one snapshot cannot serve both", "use `evaluate --beside`")
        table = _scored(question, other, card, facts, source, {}).table
        graded |= table.graded(range(len(table)))
    return graded


def _source(question: Question, book: Rulebook, snapshot: Path | None) -> tuple[Facts, Source]:
    """The facts but for events, and the snapshot: the one there is, or a new one."""
    made_from = _made_from(question, book)
    if snapshot is not None and snapshot.is_dir() and any(snapshot.iterdir()):
        source = Source.at(snapshot)
        if source.made_from != made_from:
            what = f"{snapshot} was made from other records, for another instant, or under other clocks or products"
            raise unusable("other-snapshot", what, "name a new folder; this one can be deleted")
        return facts_of(question, but=("event",)), source
    facts = facts_of(question)
    asked = seen_by(asked_by(question))
    told = known(facts, asked.known_at, asked.seq)
    _, rows = Folds(told).of(book, asked, calendar_of(book, question.known_at, question.choices))
    made = Snapshot.of(rows, asked.as_of, made_from)
    if snapshot is not None:
        made.write(snapshot)
    return replace(facts, events=()), Source.of(made)


def _folded_under(question: Question, book: Rulebook) -> str:
    calendar = calendar_of(book, question.known_at, question.choices)
    return Folds.key(book, seen_by(asked_by(question)), calendar)


def _made_from(question: Question, book: Rulebook) -> str:
    """A digest of all that a fold depends on: instant, rules, and the records of work and of who worked where."""
    digest = hashlib.sha256(_folded_under(question, book).encode())
    for table in ("event", "spell"):
        path = question.data / f"{table}.csv"
        if path.is_file():
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


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
        "scans": run.scans,
        "one_by_one": int(table.one_by_one.sum()),
    }


def _closed(lowest: int, highest: int, graded: Graded) -> bool:
    """Whether a total stands: nothing is missing, and there is enough work."""
    return lowest == highest and graded.by is not By.INSUFFICIENT


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
    closed = [
        one for one in zip(table.lowest.tolist(), table.highest.tolist(), _graded(run), strict=True) if _closed(*one)
    ]
    terminal.say(f"{len(table)} thuộc bảng điểm, {len(closed)} đã đủ điểm; dữ liệu được đọc {run.scans} lượt.")
    if closed:
        terminal.say(f"Điểm ở giữa (trung vị): {points(median_low(sorted(low for low, _, _ in closed)), lang)}.")
    if out is not None:
        terminal.say(f"→ {out}")
