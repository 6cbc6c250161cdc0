"""What the command tests share: the demo department on disk, and a way to type a command."""

import sys
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from answering import Answer

from congtam.cli import asking, demo
from congtam.cli.main import main
from congtam.engine.facts.store import read_facts, write_facts
from congtam.engine.facts.tables import Facts
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.scoring.asked import Asked
from congtam.engine.scoring.folds import Folded, Folds
from congtam.engine.working_time import Calendar
from congtam.simulate.demo import build_demo

TODAY = date(2026, 11, 22)
MOST_FOLDS = 12


@pytest.fixture(scope="session")
def department() -> Facts:
    return build_demo(TODAY)


@pytest.fixture(scope="session")
def department_folder(department: Facts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("department")
    write_facts(department, folder)
    return folder


@pytest.fixture(scope="session")
def read_once() -> Callable[..., Facts]:
    """Reads a folder of tables once as long as its files stay as they are; the demo's take half a second each time."""
    kept: dict[tuple[object, ...], Facts] = {}

    def read(folder: Path, but: Collection[str] = ()) -> Facts:
        files = sorted((one.name, one.stat().st_mtime_ns, one.stat().st_size) for one in folder.glob("*"))
        key = (folder, tuple(files), tuple(but))
        if key not in kept:
            if len(kept) > 1:  # the demo's, and a test's own
                kept.clear()
            kept[key] = read_facts(folder, but)
        return kept[key]

    return read


@pytest.fixture(scope="session", autouse=True)
def fold_once() -> Iterator[None]:
    """Folds the same records once for all that ask with rules that count alike; the demo's take a second each time."""
    kept: dict[object, tuple[Facts, Folded]] = {}
    fold = Folds._as_told

    def as_told(self: Folds, rulebook: Rulebook, asked: Asked, calendar: Calendar) -> Folded:
        plain = Folds.key(rulebook, replace(asked, without=frozenset(), if_good=frozenset()), calendar)
        key = (plain, *(tuple(map(id, rows)) for rows in (self.told.events, self.told.spells)))
        if key not in kept:
            if len(kept) >= MOST_FOLDS:
                del kept[next(iter(kept))]
            kept[key] = self.told, fold(self, rulebook, asked, calendar)  # with the rows, whose numbers are the key
        return kept[key][1]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Folds, "_as_told", as_told)
        yield


@pytest.fixture
def congtam(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    read_once: Callable[..., Facts],
    department: Facts,
) -> Callable[..., Answer]:
    """Type a command; get its exit code, output and errors."""
    monkeypatch.setattr(asking, "read_facts", read_once)
    monkeypatch.setattr(demo, "build_demo", lambda day: department if day == TODAY else build_demo(day))

    def run(*words: str | Path) -> Answer:
        monkeypatch.setattr(sys, "argv", ["congtam", *(str(word) for word in words)])
        code = 0
        try:
            main()
        except SystemExit as done:
            code = int(done.code or 0)
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return run
