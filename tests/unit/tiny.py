"""The tiny rulebook of the tests, as it stands or with one change: what it says is good, so one change is one fault."""

from pathlib import Path
from shutil import copytree

from congtam.engine.findings import Finding, Unusable
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.checks import check
from congtam.engine.rulebook.load import Library

TINY = Path(__file__).parent / "fixtures" / "rulebooks" / "tiny"


def tiny(root: Path, name: str = "tiny", **changes: tuple[str, str]) -> Rulebook:
    """The rulebook under another name, with texts changed: `rulebook=("old", "new")`, `scorecards_month=…`."""
    folder = copytree(TINY, root / name)
    for file, (old, new) in changes.items():
        change(folder / f"{file.replace('_', '/', 1) if '_' in file else file}.yaml", old, new)
    return load_rulebook(Library(root), name)


def change(path: Path, old: str, new: str) -> None:
    """Replace one text in one file; the text must stand there once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def findings_after(root: Path, file: str, old: str, new: str) -> tuple[list[Finding], int]:
    """What loader and checks say after one change, and the line (1-based) of the change."""
    folder = copytree(TINY, root / "tiny")
    path = folder / file
    line = path.read_text(encoding="utf-8").split(old)[0].count("\n") + 1
    change(path, old, new)
    try:
        return check(load_rulebook(Library(root), "tiny")), line
    except Unusable as refusal:
        return list(refusal.findings), line
