"""The processes of a site, watched: started in order, started again when one dies, stopped in the other order."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Event, Thread
from time import monotonic
from typing import Protocol

from congtam.serving.orphans import adopt, reap
from congtam.serving.packaged import NotStarted, Packaged

FIRST_WAIT, LONGEST_WAIT = 0.25, 30.0  # seconds before a dead process is started again; doubled each time
SETTLED = 60.0  # seconds after which a process that dies is not one that cannot start
PATIENCE = 15.0  # seconds a process has to stop
TICK = 0.2
A_MOMENT = 0.01

Say = Callable[[str, str], None]  # which process, and a line of it


class AskedToStop(BaseException):
    """Somebody asked for the end while something long was done; nothing on the way should take it for an error."""


class Service(Protocol):
    """Something that is started, watched and stopped. `needed`: the others wait while it is down."""

    name: str
    needed: bool

    def start(self) -> None:
        """Start it; raises `NotStarted` when that cannot be."""

    def alive(self) -> bool:
        """Whether it runs."""

    def stop(self) -> None:
        """Stop it and wait until it has."""


class Database:
    """The packaged database as a service."""

    name = "database"
    needed = True

    def __init__(self, packaged: Packaged):
        self._packaged = packaged

    def start(self) -> None:
        """Start it, or join the one that runs."""
        self._packaged.start()

    def alive(self) -> bool:
        """Whether its first process runs."""
        return self._packaged.pid is not None

    def stop(self) -> None:
        """Stop it; what is written stays."""
        self._packaged.stop()


class Program:
    """A program in a session of its own, so that Ctrl-C reaches only the supervisor; its lines go to `say`."""

    def __init__(self, name: str, told: Sequence[str], say: Say, environment: dict[str, str] | None = None):
        self.name = name
        self.needed = False
        self.pid: int | None = None
        self._told = [sys.executable, "-m", "congtam.serving.child", *told]
        self._say = say
        self._environment = environment or {}
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it. Raises `NotStarted` when the program cannot be run."""
        try:
            self._process = subprocess.Popen(
                self._told,
                env=os.environ | self._environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                text=True,
                errors="replace",
            )
        except OSError as error:
            raise NotStarted(f"{self.name}: {error}") from None
        self.pid = self._process.pid
        Thread(target=self._listen, args=(self._process,), daemon=True).start()

    def alive(self) -> bool:
        """Whether it runs; when it has died, what it started itself is ended too."""
        if self._process is None:
            return False
        if self._process.poll() is None:
            return True
        self._end_session()
        return False

    def stop(self) -> None:
        """Ask it to stop; end it when it does not."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(PATIENCE)
        self._end_session()
        self._process.wait()

    def _end_session(self) -> None:
        if self.pid is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)

    def _listen(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        with process.stdout as lines, suppress(ValueError):
            for line in lines:
                self._say(self.name, line.rstrip("\n"))


class Supervisor:
    """Services in the order in which each needs those before it."""

    def __init__(self, say: Say):
        self._say = say
        self._services: list[Service] = []
        self._started: dict[str, float] = {}
        self._waits: dict[str, float] = {}
        self._again: dict[str, float] = {}
        self._asked_to_stop = Event()
        self._interrupting = False

    @property
    def stopping(self) -> bool:
        """Whether somebody asked for the end."""
        return self._asked_to_stop.is_set()

    def listen(self) -> None:
        """From now on Ctrl-C and SIGTERM ask for an orderly end; what is left behind below us becomes ours."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._ask_to_stop())
        adopt()

    @contextmanager
    def interrupting(self) -> Iterator[None]:
        """What is done inside ends with `AskedToStop` when somebody asks for the end."""
        hook = sys.unraisablehook
        sys.unraisablehook = lambda lost: self._ask_again(lost, hook)
        signal.signal(signal.SIGALRM, lambda *_: self._ask_to_stop())
        self._interrupting = True
        try:
            yield
        finally:
            self._interrupting = False
            sys.unraisablehook = hook

    def _ask_again(self, lost: "sys.UnraisableHookArgs", hook: "Callable[[sys.UnraisableHookArgs], None]") -> None:
        """Python swallows what is raised while it tidies up an object: ask once more, a moment later."""
        if not issubclass(lost.exc_type, AskedToStop):
            hook(lost)
            return
        self._interrupting = True
        signal.setitimer(signal.ITIMER_REAL, A_MOMENT)

    def _ask_to_stop(self) -> None:
        self._asked_to_stop.set()
        if self._interrupting:
            self._interrupting = False
            raise AskedToStop

    def start(self, service: Service) -> None:
        """Start a service and watch it from now on. Raises `NotStarted`."""
        service.start()
        self._services.append(service)
        self._started[service.name] = monotonic()

    def watch(self) -> None:
        """Keep everything running until somebody asks for the end."""
        while not self._asked_to_stop.wait(TICK):
            self.look()

    def look(self) -> None:
        """Start again what died, each after its wait, and after what it needs."""
        dead = [service for service in self._services if not service.alive()]
        reap({service.pid for service in self._services if isinstance(service, Program) and service.pid})
        for name in self._again.keys() - {service.name for service in dead}:
            del self._again[name]
        for service in dead:
            if self._due(service):
                self._restart(service)
            elif service.needed:
                return

    def stop(self) -> None:
        """Stop everything, the last started first."""
        for service in reversed(self._services):
            service.stop()
        self._services.clear()

    def _due(self, service: Service) -> bool:
        now = monotonic()
        if service.name not in self._again:
            settled = now - self._started[service.name] > SETTLED
            wait = FIRST_WAIT if settled else min(self._waits.get(service.name, FIRST_WAIT / 2) * 2, LONGEST_WAIT)
            self._waits[service.name] = wait
            self._again[service.name] = now + wait
            self._say(service.name, f"đã dừng ngoài ý muốn; khởi động lại sau {wait:g} giây")
        return now >= self._again[service.name]

    def _restart(self, service: Service) -> None:
        del self._again[service.name]
        self._started[service.name] = monotonic()
        try:
            service.start()
        except NotStarted as error:  # it is found dead at the next look, and waits longer
            self._say(service.name, str(error))
