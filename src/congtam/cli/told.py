"""What was told of a run besides its scores: findings on records, codes and rules, as a few lines or whole."""

from collections.abc import Sequence

from congtam.cli import terminal
from congtam.cli.asking import LIBRARY
from congtam.engine.findings import Finding
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.alone import findings_alone
from congtam.engine.scoring.decisions import decisions_make_sense
from congtam.engine.scoring.run import Run

WITHOUT_EFFECT = ("event-without-effect", "decision-without-effect", "mark-on-oneself")
MOVED_NOTHING = Text(vi="bản ghi không có tác dụng; những bản ghi đầu:", en="records moved nothing; the first:")
TO_LOOK_AT = Text(vi="điều cần xem; những điều đầu:", en="things to look at; the first:")


def of_card(run: Run) -> list[Finding]:
    """What is told of one scorecard, alone or among several."""
    return [*decisions_make_sense(run), *run.work.findings]


def of_card_alone(run: Run) -> list[Finding]:
    """What is told of one scorecard asked alone, with what such a question cannot settle."""
    return [*findings_alone(run, _shipped), *of_card(run)]


def _shipped() -> list[Rulebook]:
    return [load_rulebook(LIBRARY, identity) for identity in LIBRARY.ids()]


def show(found: Sequence[Finding], lang: str) -> None:
    """How many there are, and the first of each sort."""
    for heading, sort in (
        (MOVED_NOTHING, [one for one in found if one.code in WITHOUT_EFFECT]),
        (TO_LOOK_AT, [one for one in found if one.code not in WITHOUT_EFFECT]),
    ):
        if sort:
            terminal.say()
            terminal.say(f"{len(sort)} {heading.in_(lang)}")
            terminal.findings(sort[:5])
