"""What the command tests share: the demo department on disk, and a way to type a command."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from answering import Answer

from congtam.cli.main import main
from congtam.engine.facts.store import write_facts
from congtam.engine.facts.tables import Facts
from congtam.simulate.demo import build_demo

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def department() -> Facts:
    return build_demo(TODAY)


@pytest.fixture(scope="session")
def department_folder(department: Facts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("department")
    write_facts(department, folder)
    return folder


@pytest.fixture
def congtam(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Type a command; get its exit code, output and errors."""

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
