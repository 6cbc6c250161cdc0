"""What a terminal shows: tables within 100 columns, sentences wrapped, refusals with what to do next."""

import json
import sys
from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import Any

import click
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from congtam.engine.explaining.sentences import Section
from congtam.engine.findings import Finding, Severity

WIDEST = 100
FEW, ROOMY = 6, 12  # with few columns of figures their headings get more room


def console(*, error: bool = False) -> Console:
    """A console no wider than 100 columns; colour only where a person looks."""
    probe = Console(stderr=error)
    width = min(WIDEST, probe.width) if probe.is_terminal else WIDEST
    return Console(stderr=error, width=width, highlight=False, markup=False)


def say(text: str = "", *, indent: int = 0, style: str | None = None, error: bool = False) -> None:
    """A sentence, wrapped and indented."""
    out = console(error=error)
    room = " " * (2 * indent)
    lines = wrap(text, out.width, initial_indent=room, subsequent_indent=room, break_on_hyphens=False) or [""]
    for line in lines:
        out.print(Text(line, style=style or ""), soft_wrap=True)


def heading(text: str) -> None:
    """A heading with a blank line above."""
    say()
    say(text, style="bold")


def table(headers: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[int] = ()) -> None:
    """A table; `right` names the columns of figures."""
    figures, told = set(right), [[*row] for row in rows]
    made = Table(box=None, pad_edge=False, padding=(0, 1), header_style="bold")
    for index, header in enumerate(headers):
        if index in figures:
            cells = [row[index] for row in told]
            least = ROOMY if len(figures) <= FEW else 0
            width = max(cell_len(text) for text in [*_lines(cells), *header.split()])
            width = max(width, min(least, cell_len(header)))
            made.add_column(header, justify="right", width=width)
        else:
            made.add_column(header, overflow="fold")
    for row in told:
        made.add_row(*(Text(cell) for cell in row))
    console().print(made)


def _lines(cells: Iterable[str]) -> list[str]:
    return [line for cell in cells for line in cell.splitlines()]


def sections(found: Iterable[Section]) -> None:
    """Headed sentences, indented as the trace is deep."""
    for section in found:
        heading(section.title)
        for line in section.lines:
            say(line.text, indent=line.indent)


def as_json(value: Any) -> None:
    """Plain JSON, for programs."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


WORDS = {
    "vi": {Severity.WARNING: "Cảnh báo", Severity.ERROR: "Lỗi"},
    "en": {Severity.WARNING: "Warning", Severity.ERROR: "Error"},
}


def findings(found: Iterable[Finding], lang: str = "vi") -> None:
    """Everything that is wrong, one after the other: where, what and why, what to do."""
    for one in found:
        place, what, advice = one.told(lang)
        where = f"{place}: " if place else ""
        say(f"{WORDS[lang][one.severity]} [{one.code}] {where}{what}", error=True)
        say(f"→ {advice}", indent=2, error=True)


def progress(text: str) -> None:
    """A line about long work, on a terminal only, over the one before."""
    if sys.stderr.isatty():
        click.echo(f"\r{text:<78}", nl=False, err=True)


def progress_done() -> None:
    """End the line of progress."""
    if sys.stderr.isatty():
        click.echo("", err=True)
