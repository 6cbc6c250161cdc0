"""Processes nobody waits for: a server that is killed leaves some behind, and where `congtam serve` is the first
process of a container nobody else would take them away. A dead database not taken away cannot be started again."""

import ctypes
import os
import signal
import sys
from collections.abc import Collection
from contextlib import suppress

_SET_DEATH_SIGNAL, _SET_CHILD_SUBREAPER = 1, 36


def adopt() -> None:
    """From now on what is left behind below this process becomes its child (on Linux)."""
    _prctl(_SET_CHILD_SUBREAPER, 1)


def stop_with_parent() -> None:
    """This process is asked to stop when the one that started it dies without a word (on Linux)."""
    _prctl(_SET_DEATH_SIGNAL, signal.SIGTERM)


def reap(but: Collection[int]) -> None:
    """Take away dead children that are not waited for elsewhere."""
    with suppress(ChildProcessError):
        while dead := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            if dead.si_pid in but:
                return
            os.waitpid(dead.si_pid, 0)


def _prctl(what: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(what, value, 0, 0, 0)
