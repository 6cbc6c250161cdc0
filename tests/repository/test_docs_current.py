"""The printed manual is current, complete, and leads somewhere; the how-to shows a rulebook that works."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import congtam
from congtam.engine.calendars import load_calendar
from congtam.engine.examples import differences, read_examples
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.checks import check
from congtam.engine.rulebook.load import Library

ROOT = Path(__file__).parents[2]
GENERATED = ROOT / "docs" / "generated"
SHIPPED = Path(congtam.__file__).parent / "rulebooks"
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])

_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_FILE_BLOCK = re.compile(r"^`([a-z_/]+\.yaml)`\n\n```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_generated_docs_are_current() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "docs" / "generate.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def _books() -> list[tuple[Path, Rulebook]]:
    shipped, examples = Library(SHIPPED), Library(ROOT / "examples")
    books = [(GENERATED / name, load_rulebook(shipped, name)) for name in shipped.ids()]
    both = Library(SHIPPED, ROOT / "examples")
    return books + [(GENERATED / "examples" / name, load_rulebook(both, name)) for name in examples.ids()]


@pytest.mark.parametrize(("folder", "book"), _books(), ids=lambda one: one.id if isinstance(one, Rulebook) else "")
def test_every_indicator_and_scorecard_has_a_page(folder: Path, book: Rulebook) -> None:
    wanted = {folder / "index.md"}
    wanted |= {folder / "indicators" / f"{name}.md" for name in book.draft.indicators}
    wanted |= {folder / "scorecards" / f"{name}.md" for name in book.draft.scorecards}
    assert sorted(path.relative_to(GENERATED).as_posix() for path in wanted if not path.is_file()) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_relative_links_resolve(page: Path) -> None:
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    targets = [target.partition("#")[0] for target in _LINK.findall(text) if "://" not in target]
    dead = [target for target in targets if target and not (page.parent / target).exists()]
    assert dead == []


def test_the_rulebook_of_the_how_to_holds(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "how-to" / "write-a-rulebook.md").read_text(encoding="utf-8")
    folder = tmp_path / "helpdesk"
    for name, block in _FILE_BLOCK.findall(text):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(block, encoding="utf-8")
    book = load_rulebook(Library(SHIPPED), str(folder))
    calendar = load_calendar(SHIPPED / book.head.calendar / "calendar.yaml").as_known()
    told = read_examples(book)
    assert (check(book), len(told)) == ([], 1)
    assert [line for one in told for line in differences(book, one.example, calendar)] == []
