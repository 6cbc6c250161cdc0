"""The little Markdown that pages are made of."""

import os
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

PRINTED = "<!-- Printed by docs/generate.py. Edit the rulebooks or the code, then run: make docs -->"


def page(title: str, *blocks: str) -> str:
    """A whole page: heading, blocks with a blank line between, one newline at the end."""
    return "\n\n".join(block for block in (PRINTED, f"# {title}", *blocks) if block) + "\n"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; nothing when it has no rows."""
    body = [_row(row) for row in rows]
    return "\n".join([_row(header), "|" + " --- |" * len(header), *body]) if body else ""


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def code(text: str) -> str:
    return f"`{' '.join(text.split())}`"


def fenced(text: str, language: str) -> str:
    return f"```{language}\n{text.rstrip()}\n```"


def link(text: str, start: str, target: str, anchor: str = "") -> str:
    """A link from one page to another file, both as paths from the repository's root."""
    path = os.path.relpath(target, PurePosixPath(start).parent.as_posix())
    return f"[{text}]({path}{anchor})"
