"""The repository about itself: decisions, licence, versions, lock, words, and what must never be in a file."""

import hashlib
import re
import subprocess
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from congtam.engine.facts.tables import TABLES
from congtam.engine.rulebook.model import Certainty, InPeriod
from congtam.engine.states import State

ROOT = Path(__file__).parents[2]
APACHE_2_0 = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"  # SHA-256 of the published text
NAMELESS = {"utils", "common", "base"}

# Written in pieces, so that this file does not hold what it looks for.
NEVER = {
    "a path of somebody's machine": re.compile(
        r"(?<![\w.~-])/(?:home|root|Users)" + r"/\w|/work" + r"/(?:main|shared)"
    ),
    "a private key": re.compile("-----BEGIN" + r" [A-Z ]*PRIVATE KEY"),
    "a registry": re.compile(r"(?<!no-emit-)(?:extra-)?index" + r"-url|pypi" + r"\.org|python" + r"hosted\.org"),
}


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _project() -> dict[str, Any]:
    return dict(tomllib.loads(_read("pyproject.toml"))["project"])


def test_decisions_are_numbered_without_gaps_and_stand_in_the_index() -> None:
    files = sorted(path.name for path in (ROOT / "docs" / "adr").glob("[0-9]*.md"))
    assert [name[:4] for name in files] == [f"{number:04d}" for number in range(1, len(files) + 1)]
    assert re.findall(r"^\| \[\d{4}\]\(([^)]+)\)", _read("docs/adr/README.md"), re.MULTILINE) == files


@pytest.mark.parametrize("heading", ["Status", "Context", "Decision", "Consequences"])
def test_every_decision_has_its_four_parts(heading: str) -> None:
    records = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
    assert [path.name for path in records if f"\n## {heading}\n" not in path.read_text(encoding="utf-8")] == []


def test_the_licence_is_apache_2_0_word_for_word() -> None:
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == APACHE_2_0
    assert _project()["license"] == "Apache-2.0"


def test_the_changelog_begins_with_the_version_of_the_distribution() -> None:
    first = re.search(r"^## (\d+\.\d+\.\d+)", _read("CHANGELOG.md"), re.MULTILINE)
    assert first is not None
    assert first[1] == _project()["version"]


def _name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def test_every_dependency_is_locked_with_hashes() -> None:
    project = _project()
    wanted = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    blocks = re.split(r"\n(?=\S)", _read("requirements.lock"))
    locked = {_name(block) for block in blocks if "==" in block and "--hash=sha256:" in block}
    assert sorted({_name(one) for one in wanted} - locked) == []
    assert [block for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


def _files() -> list[Path]:
    """What is, or would be, committed."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    )  # fmt: skip
    return [path for name in done.stdout.split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize("what", NEVER)
def test_no_file_holds(what: str) -> None:
    found = []
    for path in _files():
        text = path.read_bytes().decode("utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in NEVER[what].finditer(text)]
    assert found == []


def _readme_commands() -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", _read("README.md"), re.MULTILINE | re.DOTALL)
    return [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("command", ["make run", "make test"])
def test_the_readme_gives_the_two_commands(command: str) -> None:
    assert command in _readme_commands()


def test_ci_runs_the_test_command_of_the_readme_and_nothing_else() -> None:
    commands = [line for line in _read(".ci/run").splitlines() if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["make test"]
    assert set(commands) <= set(_readme_commands())


def test_no_room_is_nameless() -> None:
    modules = [*(ROOT / "src").rglob("*.py"), *(ROOT / "docs").rglob("*.py")]
    parts = {part for path in modules for part in path.relative_to(ROOT).with_suffix("").parts}
    assert sorted(parts & NAMELESS) == []


def test_test_files_have_names_of_their_own() -> None:
    names = Counter(path.name for path in (ROOT / "tests").rglob("*.py"))
    assert [name for name, count in names.items() if count > 1 and name != "conftest.py"] == []
    assert "__init__.py" not in names


def _glossary() -> dict[str, list[list[str]]]:
    """The rows of each group: Vietnamese, English, where, meaning."""
    groups = re.split(r"^## ", _read("GLOSSARY.md"), flags=re.MULTILINE)[1:]
    return {group.splitlines()[0]: [_cells(line) for line in group.splitlines() if _is_row(line)] for group in groups}


def _is_row(line: str) -> bool:
    return line.startswith("|") and not line.startswith(("|---", "| Tiếng Việt"))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


@pytest.mark.parametrize("word", [*TABLES, *State, *InPeriod, *Certainty])
def test_the_glossary_explains(word: str) -> None:
    where = " ".join(row[2] for rows in _glossary().values() for row in rows)
    named = " ".join(re.findall(r"`([^`]+)`", where))
    assert re.search(rf"(?<!\w){word}(?!\w)", named)


def test_the_glossary_has_one_row_for_each_word_in_alphabetical_order() -> None:
    groups = {title: [row[1].casefold() for row in rows] for title, rows in _glossary().items()}
    assert {title: words for title, words in groups.items() if words != sorted(words)} == {}
    counts = Counter(word for words in groups.values() for word in words)
    assert [word for word, count in counts.items() if count > 1] == []
