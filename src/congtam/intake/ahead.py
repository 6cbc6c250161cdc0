"""The next step is made while the last one is dealt with."""

import sys
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

QUICK = 0.0005  # seconds until one thread gives way to the other: the database is not to wait for an answer meanwhile
Step = TypeVar("Step")


def ahead(steps: Iterator[Step]) -> Generator[Step]:
    """The same steps, each made in a thread of its own while the caller is busy with the one before. What it raises is
    raised here."""
    was = sys.getswitchinterval()
    sys.setswitchinterval(QUICK)
    try:
        with ThreadPoolExecutor(1) as thread:
            coming = thread.submit(next, steps, None)
            while (step := coming.result()) is not None:
                coming = thread.submit(next, steps, None)
                yield step
    finally:
        sys.setswitchinterval(was)
