"""What an action says when it cannot be done: what happened, why, and what to do next, in both languages."""

from congtam.engine.rulebook.model import Text


class Refused(Exception):  # noqa: N818 (it is an answer, not a fault)
    """An action that was not done, and nothing of it was written. `text` is what the person who asked is told."""

    def __init__(self, vi: str, en: str):
        self.text = Text(vi=vi, en=en)
        super().__init__(en)
