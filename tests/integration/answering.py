"""What a typed command answers."""

from typing import NamedTuple


class Answer(NamedTuple):
    """What a command said and how it ended."""

    code: int
    out: str
    err: str
