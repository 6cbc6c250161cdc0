"""Adopted copies as the engine reads them: written once to a folder named by their digest, loaded, and kept."""

import shutil
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath

from django.conf import settings

from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.digest import sha256
from congtam.engine.rulebook.load import Library
from congtam.registry.models import Copy


def book_of(copy: Copy) -> Rulebook:
    """The rulebook of a copy as it was adopted, without the site's own changes."""
    return _loaded(copy.rulebook, copy.meaning, copy.wording)


@lru_cache(maxsize=32)
def _loaded(rulebook_id: str, meaning: str, wording: str) -> Rulebook:
    """Copies of the same meaning and wording say the same."""
    copy = Copy.objects.filter(rulebook=rulebook_id, meaning=meaning, wording=wording).latest("seq")
    return read(rulebook_id, copy.files)


def read(rulebook_id: str, files: Mapping[str, str]) -> Rulebook:
    """The rulebook that files (as `shipped.files_of` gives them) make. Raises `Unusable` with every finding."""
    return load_rulebook(Library(_written(files)), rulebook_id)


def _written(files: Mapping[str, str]) -> Path:
    """The folder of the files; written beside it first and then renamed, so that it is whole or not there."""
    shelf = Path(settings.SITE) / "rulebooks"
    folder = shelf / sha256(dict(files))[:32]
    if folder.is_dir():
        return folder
    shelf.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(dir=shelf, prefix="making-"))
    for name, text in files.items():
        inside = PurePosixPath(name)
        if inside.is_absolute() or ".." in inside.parts:
            raise ValueError(f"a rulebook has no file {name!r}")
        path = making / inside
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    try:
        making.replace(folder)
    except OSError:  # another process was faster, and wrote the same
        shutil.rmtree(making)
    return folder
