"""Whatever a room writes into the audit can be read in the journal."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from congtam.web.pages.journal.sentences import ACTIONS, ROOMS

SOURCE = Path(__file__).parents[2] / "src" / "congtam"
ROOM_OF = {next(iter(room.ACTIONS)).partition(".")[0]: room.__name__.rpartition(".")[2] for room in ROOMS}
NAME = re.compile(rf"(?:{'|'.join(ROOM_OF)})\.(?!yaml)[a-z_]+")
WRITES = {"note", "exported"}


def texts(tree: ast.AST) -> Iterator[str]:
    for one in ast.walk(tree):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for one in ast.walk(tree):
        if isinstance(one, ast.Call):
            yield getattr(one.func, "id", getattr(one.func, "attr", "")), one


def constants(tree: ast.Module) -> Iterator[str]:
    """What a module gives a name of its own."""
    for one in tree.body:
        if isinstance(one, ast.Assign) and isinstance(one.value, ast.Constant | ast.Tuple):
            yield from texts(one.value)


@pytest.fixture(scope="module")
def modules() -> dict[Path, ast.Module]:
    """Those of the product, without the words themselves."""
    words = SOURCE / "web" / "pages" / "journal" / "sentences"
    rooms = [room for room in SOURCE.iterdir() if room.name not in ("engine", "rulebooks", "files")]
    found = [path for room in rooms for path in room.rglob("*.py") if words not in path.parents]
    return {
        path: ast.parse(path.read_text())
        for path in found
        if path.name != "tasks.py" and path.parent.name != "migrations"
    }


def test_every_action_of_a_room_has_words_of_that_room(modules: dict[Path, ast.Module]) -> None:
    told = {name: path for path, tree in modules.items() for name in texts(tree) if NAME.fullmatch(name)}
    others = {name for tree in modules.values() for name in constants(tree)}  # jobs of the worker, a site's choices
    assert {"desk.give", "cycles.open", "marking.admit", "scores.seal", "rating.rate"} <= told.keys()
    assert {name: told[name] for name in told.keys() - ACTIONS.keys() - others} == {}
    assert {room for room in ROOM_OF.values() if not (SOURCE / room).is_dir()} == {"system"}


def test_whatever_is_noted_is_of_a_room_with_words(modules: dict[Path, ast.Module]) -> None:
    """A room that notes something for the first time needs a file of words."""
    for path, tree in modules.items():
        noted = {name for called, call in calls(tree) if called in WRITES for one in call.args for name in texts(one)}
        assert {name.partition(".")[0] for name in noted if re.fullmatch(r"[a-z]+\.[a-z_]+", name)} <= ROOM_OF.keys(), (
            path
        )
