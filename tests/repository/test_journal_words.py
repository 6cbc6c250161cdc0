"""Whatever an action writes into the audit can be read in the journal."""

import re
from pathlib import Path

from congtam.web.pages.journal.sentences import ACTIONS

SOURCE = Path(__file__).parents[2] / "src" / "congtam"


def test_every_action_of_the_audit_has_words() -> None:
    written = set()
    for path in SOURCE.rglob("actions*.py"):
        written |= set(
            re.findall(
                r'"((?:rating|work|people|orgs|access|sources|intake|registry|calendar|notices)\.[a-z_]+)"',
                path.read_text(),
            )
        )
    assert written - ACTIONS.keys() == set()


def test_every_deed_at_the_desk_has_words() -> None:
    told = [path.read_text() for path in (SOURCE / "desk").glob("*.py") if path.name != "tasks.py"]
    written = {name for text in told for name in re.findall(r'"(desk\.[a-z_]+)"', text)}
    assert "desk.give" in written
    assert written - ACTIONS.keys() == set()


def test_every_deed_in_a_cycle_has_words() -> None:
    told = [path.read_text() for path in (SOURCE / "cycles").glob("*.py") if path.name != "tasks.py"]
    written = {name for text in told for name in re.findall(r'"(cycles\.[a-z_]+)"', text)}
    assert "cycles.open" in written
    assert written - ACTIONS.keys() == set()


def test_every_deed_about_raters_has_words() -> None:
    told = [path.read_text() for path in (SOURCE / "marking").glob("*.py")]
    written = {name for text in told for name in re.findall(r'"(marking\.[a-z_]+)"', text)}
    assert "marking.admit" in written
    assert written - ACTIONS.keys() == set()


def test_every_deed_about_seals_has_words() -> None:
    told = [path.read_text() for path in (SOURCE / "scores").glob("*.py")]
    written = {name for text in told for name in re.findall(r'note\([^"]*"(scores\.[a-z_]+)"', text)}
    assert {"scores.seal", "scores.erase_texts"} <= written
    assert written - ACTIONS.keys() == set()
