"""What is left to the worker: long work on the records of a source, one after the other as it was asked for."""

from procrastinate.contrib.django import app

FILES = "files"  # the queue
READ_FILE, WITHDRAW = "intake.read_file", "intake.withdraw"  # the worker's tasks


def leave(task: str, source: int, **told: int) -> None:
    """Have the worker do a task once the caller's transaction is committed, and what was left before for the source is
    done; a reading between two steps of a withdrawal would find what is about to fall."""
    app.configure_task(task, queue=FILES, lock=f"source {source}").defer(**told)
