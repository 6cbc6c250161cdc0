"""Processes are started in order, started again when they die, and stopped in the other order."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from running import until

from congtam.serving.packaged import NotStarted, Packaged
from congtam.serving.processes import AskedToStop, Database, Program, Supervisor

LOOP = "import time\nprint('here', flush=True)\ntime.sleep(60)"
DEAF = "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('here', flush=True)\ntime.sleep(60)"


@pytest.fixture
def said() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def supervisor(said: list[tuple[str, str]]) -> Iterator[Supervisor]:
    made = Supervisor(lambda name, line: said.append((name, line)))
    yield made
    made.stop()


def program(name: str, code: str, said: list[tuple[str, str]]) -> Program:
    return Program(name, [sys.executable, "-c", code], lambda who, line: said.append((who, line)))


def look_until(supervisor: Supervisor, holds) -> None:
    def looked() -> bool:
        supervisor.look()
        return holds()

    until(looked, 30)


def test_a_program_that_dies_is_started_again_and_its_lines_are_told(supervisor: Supervisor, said):
    one = program("one", LOOP, said)
    supervisor.start(one)
    until(lambda: ("one", "here") in said)
    os.kill(one.pid, signal.SIGKILL)
    look_until(supervisor, lambda: said.count(("one", "here")) == 2)
    assert any(name == "one" and "khởi động lại sau 0.25 giây" in line for name, line in said)


def test_one_that_dies_at_once_waits_longer_each_time(supervisor: Supervisor, said):
    supervisor.start(program("one", "raise SystemExit(3)", said))
    look_until(supervisor, lambda: sum("ngoài ý muốn" in line for _, line in said) >= 3)
    waits = [line.rsplit("sau ", 1)[1] for _, line in said if "ngoài ý muốn" in line]
    assert waits[:3] == ["0.25 giây", "0.5 giây", "1 giây"]


def test_the_last_started_stops_first_and_who_does_not_listen_is_ended(said):
    supervisor = Supervisor(lambda name, line: said.append((name, line)))
    order: list[str] = []

    class Told(Program):
        def stop(self) -> None:
            order.append(self.name)
            super().stop()

    for name, code in (("first", LOOP), ("deaf", DEAF)):
        supervisor.start(Told(name, [sys.executable, "-c", code], lambda who, line: said.append((who, line))))
    until(lambda: len(said) == 2)
    import congtam.serving.processes as processes

    patience, processes.PATIENCE = processes.PATIENCE, 0.5
    try:
        began = time.monotonic()
        supervisor.stop()
    finally:
        processes.PATIENCE = patience
    assert order == ["deaf", "first"]
    assert time.monotonic() - began < 5


def test_what_a_dead_program_left_behind_is_ended_too(supervisor: Supervisor, said, tmp_path: Path):
    child = f"import subprocess, sys, time; p = subprocess.Popen([sys.executable, '-c', {LOOP!r}]); "
    one = program("one", child + "print(p.pid, flush=True); time.sleep(60)", said)
    supervisor.start(one)
    until(lambda: len(said) >= 2)
    grandchild = int(next(line for _, line in said if line.isdigit()))
    os.kill(one.pid, signal.SIGKILL)
    look_until(supervisor, lambda: not _runs(grandchild))


def test_a_program_stops_with_a_supervisor_that_is_killed(tmp_path: Path):
    code = (
        "import sys, time\n"
        "from congtam.serving.processes import Program, Supervisor\n"
        "s = Supervisor(lambda *_: None)\n"
        f"p = Program('one', [sys.executable, '-c', {LOOP!r}], lambda *_: None)\n"
        "s.start(p)\nprint(p.pid, flush=True)\ntime.sleep(60)"
    )
    import subprocess

    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        pid = int(owner.stdout.readline())
        time.sleep(0.5)
        owner.kill()
    until(lambda: not _runs(pid), 10)


def test_a_killed_database_is_started_again_with_what_was_written(supervisor: Supervisor, tmp_path: Path):
    packaged = Packaged(tmp_path / "postgres")
    supervisor.listen()
    try:
        supervisor.start(Database(packaged))
        with psycopg.connect(packaged.url) as connection:
            connection.execute("CREATE TABLE one AS SELECT 7 AS seven")
        killed = packaged.pid
        os.kill(killed, signal.SIGKILL)
        look_until(supervisor, lambda: packaged.pid not in (None, killed))
        with psycopg.connect(packaged.url) as connection:
            assert connection.execute("SELECT seven FROM one").fetchone() == (7,)
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def test_a_database_that_cannot_start_says_why(tmp_path: Path):
    packaged = Packaged(tmp_path / "postgres")
    packaged.start()
    packaged.stop()
    (tmp_path / "postgres" / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(NotStarted, match="no_such_setting"):
        packaged.start()


def _runs(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False


class AsksWhenTidiedUp:
    """Somebody presses Ctrl-C just while Python tidies this up."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


def test_asking_to_stop_is_not_lost_while_python_tidies_up(capsys: pytest.CaptureFixture[str]):
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM)}
    supervisor = Supervisor(lambda *_: None)
    supervisor.listen()
    try:
        with pytest.raises(AskedToStop), supervisor.interrupting():
            AsksWhenTidiedUp()
            time.sleep(5)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert supervisor.stopping
    assert capsys.readouterr().err == ""
