"""What everyone who tells a score shares: language, names with codes, points, and from when a run was seen."""

from dataclasses import dataclass

from congtam.engine.explaining import words
from congtam.engine.explaining.formats import moment, moment_in_words, names, points
from congtam.engine.scoring.run import Run
from congtam.engine.scoring.tree import PartScore
from congtam.engine.trace import Trace


@dataclass(frozen=True)
class Line:
    """One sentence, and the node of the trace it was rendered from."""

    text: str
    node: str
    indent: int = 0


@dataclass(frozen=True)
class Section:
    """A heading with its sentences."""

    title: str
    lines: tuple[Line, ...]


def everything(parts: tuple[PartScore, ...]) -> list[PartScore]:
    """All parts of a tree, each before its own."""
    return [one for part in parts for one in (part, *everything(part.parts))]


def seen(run: Run, lang: str) -> str:
    """From when the figures are seen, for a sentence."""
    at = moment_in_words(run.asked.as_of, lang)
    return (f"as of {at}" if lang == "en" else f"số liệu tính đến {at}") + _live(run, lang)


def seen_short(run: Run, lang: str) -> str:
    """From when the figures are seen, for the head of a table."""
    at = moment(run.asked.as_of, lang)
    return (f"as of {at}" if lang == "en" else f"số liệu đến {at}") + _live(run, lang)


def _live(run: Run, lang: str) -> str:
    return f" ({words.LIVE.in_(lang)})" if run.live else ""


def known(run: Run, lang: str) -> str:
    """Which records were used: all, or those recorded before an instant."""
    if run.asked.known_at is None:
        return "all records used" if lang == "en" else "dùng mọi bản ghi đã ghi nhận"
    at = moment_in_words(run.asked.known_at, lang)
    return f"only records made before {at}" if lang == "en" else f"chỉ dùng bản ghi đã ghi nhận trước {at}"


def grade_title(run: Run, grade: str | None, lang: str) -> str:
    """What a grade is called in a table, or a dash."""
    titles = {one.id: one.short or one.title for one in run.card.model.grades}
    return titles[grade].in_(lang) if grade is not None and grade in titles else "–"


class Speech:
    """One trace in one language."""

    def __init__(self, run: Run, trace: Trace, lang: str):
        self.run, self.trace, self.lang = run, trace, lang
        self.names = names(run.facts)

    def say(self, vi: str, en: str) -> str:
        """The sentence in the language asked for."""
        return en if self.lang == "en" else vi

    def name(self, kind: str, code: str | None) -> str:
        """A name with its code."""
        if code is None:
            return "–"
        text, shown = self.names.get((kind, code)), self.code(kind, code)
        return f"{text} ({shown})" if text else shown

    def code(self, kind: str, code: str) -> str:
        """The code people know something by: where facts only number things, names hold it under `official.code` …"""
        return self.names.get((f"{kind}.code", code), code)

    def pts(self, micro: int | None) -> str:
        """Points at the precision the rulebook shows."""
        return points(micro, self.lang, self.run.card.model.rounding.shown)
