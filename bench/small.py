"""The small figures: one official opened, a department scored, events folded, tables read, registers taken in.

The floor is the least any program must do with the same bytes or rows: parse the XML and throw it away, read the CSV
and throw it away, touch every event once.
"""

import csv
import gzip
import statistics
import time
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from xml.parsers import expat

from report import Figure

import congtam
from congtam.engine.calendars import load_calendar
from congtam.engine.explaining.sentences import explain
from congtam.engine.facts.fold import fold
from congtam.engine.facts.known import known
from congtam.engine.facts.store import read_facts, write_facts
from congtam.engine.periods import Period
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.clocks import clocks
from congtam.engine.rulebook.load import Library
from congtam.engine.scoring.run import Asked, evaluate
from congtam.engine.trace import trace
from congtam.files import prepare, read_mapping
from congtam.simulate.demo import build_demo

SHIPPED = Path(congtam.__file__).parent / "rulebooks"
TODAY = date(2026, 11, 22)
SEEN = datetime(2026, 11, 22, 5, tzinfo=UTC)
CASES = 20_000


def median(work: Callable[[], object], runs: int = 5) -> float:
    """Median seconds of several runs after one that is not counted."""
    work()
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def one_department() -> Iterable[Figure]:
    """The demo department: one official opened, everyone scored, events folded."""
    facts = known(build_demo(TODAY))
    calendar = load_calendar(SHIPPED / "vn/national/calendar/calendar.yaml").as_known(None)
    library = Library(SHIPPED)
    for identity, card, month in (
        ("vn/national/decree-335-2025", "civil_servant_month", "2026-10"),
        ("vn/hue/dost-monthly-2025", "official_month", "2025-03"),
    ):
        book = load_rulebook(library, identity)
        asked = Asked(Period.parse(month), SEEN)
        run = evaluate(facts, book, card, asked, calendar)
        subject = run.scores["CB019"].subject

        def rescore(run: object = run, subject: object = subject) -> object:
            return run.scorer.score(subject, run.related["CB019"])  # type: ignore[attr-defined]

        floor = median(rescore, 50)
        seconds = median(lambda run=run: explain(run, trace(run, "CB019")), 20)
        yield Figure(f"score one official ({identity})", floor, None, "", None, None, "")
        yield Figure(
            f"open one official, whole trace ({identity})", seconds, None, "", floor, seconds / floor, "≤ 0.020 s"
        )
        everyone = median(lambda book=book, card=card, asked=asked: evaluate(facts, book, card, asked, calendar), 3)
        people = len(run.scores)
        yield Figure(
            f"score everyone, fold included ({identity})", everyone, people / everyone, "officials/s", None, None, ""
        )
    touch = median(lambda: sum(1 for event in facts.events if event.at <= SEEN))
    folded = median(lambda: fold(facts.events, SEEN, clocks=clocks(book, calendar), spells=facts.spells), 3)
    yield Figure("fold", folded, len(facts.events) / folded, "events/s", touch, folded / touch, "")


def tables(folder: Path) -> Iterable[Figure]:
    """Contract tables read from disk, against a bare CSV reader."""
    facts = build_demo(TODAY)
    write_facts(facts, folder)
    floor = median(lambda: [sum(1 for _ in csv.reader(path.open(encoding="utf-8"))) for path in folder.glob("*.csv")])
    seconds = median(lambda: read_facts(folder), 3)
    yield Figure("read contract tables", seconds, len(facts.events) / seconds, "events/s", floor, seconds / floor, "")


MAPPING = """
source: {format: csv}
item: event
key: [ma]
received: nhan
due: han
finished: xong
official: nguoi
attributes: {unit: phong}
"""


def made_csv(path: Path) -> None:
    """A register of cases with a deadline."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["ma", "nhan", "han", "xong", "nguoi", "phong"])
        for n in range(CASES):
            day = f"2025-{n % 12 + 1:02d}-{n % 27 + 1:02d}"
            writer.writerow([f"H{n}", f"{day} 08:00", f"{day} 17:00", f"{day} 1{n % 9}:30", f"CB{n % 50}", f"P{n % 8}"])


def made_xes(path: Path) -> int:
    """A gzipped log of cases with five events of six attributes each; gives the number of events."""
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?><log>')
        for n in range(CASES // 4):
            file.write(
                f'<trace><string key="concept:name" value="H{n}"/><date key="han" value="2025-03-14T17:00:00+07:00"/>'
            )
            for step in range(5):
                file.write(
                    f'<event><string key="concept:name" value="buoc {step}"/>'
                    f'<string key="org:resource" value="CB{n % 50}"/>'
                    f'<date key="time:timestamp" value="2025-03-{step + 3:02d}T09:00:00+07:00"/>'
                    '<string key="lifecycle:transition" value="complete"/><string key="phong" value="Một cửa"/>'
                    '<string key="kenh" value="Internet"/></event>'
                )
            file.write("</trace>")
        file.write("</log>")
    return CASES // 4 * 5


XES_MAPPING = """
source: {format: xes}
item: case
key: ["concept:name"]
received: {earliest: event.time:timestamp}
due: han
finished: {latest: event.time:timestamp}
"""


def bare_xml(path: Path) -> None:
    """Parse and throw away."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: None
    with gzip.open(path) as file:
        parser.ParseFile(file)


def intake(folder: Path) -> Iterable[Figure]:
    """Logs taken in with all checks, against a bare parse of the same bytes."""
    register, log = folder / "so.csv", folder / "log.xes.gz"
    made_csv(register)
    events = made_xes(log)
    floor = median(lambda: sum(1 for _ in csv.reader(register.open(encoding="utf-8"))))
    seconds = _prepared(register, MAPPING, folder)
    yield Figure("prepare CSV", seconds, CASES / seconds, "rows/s", floor, seconds / floor, "")
    floor = median(lambda: bare_xml(log), 3)
    seconds = _prepared(log, XES_MAPPING, folder)
    yield Figure("prepare XES", seconds, events / seconds, "events/s", floor, seconds / floor, "≥ 60,000 events/s")


def _prepared(path: Path, mapping: str, folder: Path) -> float:
    wanted = read_mapping(mapping)
    taken = []
    for n in range(3):
        begun = time.perf_counter()
        prepare([path], wanted, folder / f"{path.name}-{n}", SEEN)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)
