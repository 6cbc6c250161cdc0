"""Rules and calendars as rows of a seal and back: each file of a rulebook a row, each day of a calendar a row."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.load import HEAD, Library
from congtam.engine.sealing.encoding import written
from congtam.engine.sealing.lines import checks_part
from congtam.engine.sealing.parts import Part
from congtam.engine.working_time import Calendar, Override, Source

Files = Mapping[str, str]  # by rulebook/path
RULES, CALENDARS = "rules", "calendars"


def laid_flat(rulebook: Rulebook, files: Files) -> dict[str, str]:
    """The files of a rulebook over which a site laid numbers of its own: its own ones as they read with these numbers,
    those it borrows from as they are (`files`)."""
    borrowed = {path: text for path, text in files.items() if not _is_own(rulebook.id, path)}
    own = {f"{rulebook.id}/{path}": _flat(path, one.data) for path, one in rulebook.draft.documents.items()}
    return borrowed | own


def rule_parts(rules: Mapping[str, Files], secret: bytes) -> Iterator[Part]:
    """Every file of every rulebook, by the rulebook it is for; and the checks of its lines."""
    rows = [[book, path, text] for book, files in rules.items() for path, text in files.items()]
    yield Part.of(RULES, 2, rows, secret)
    yield checks_part(RULES, 2, rows, secret)


def calendars_part(calendars: Mapping[str, Calendar], secret: bytes) -> Part:
    """The calendar of every rulebook: a row of its week and hours, and one for each day that departs from them."""
    rows = (row for book, one in calendars.items() for row in _days(book, one))
    return Part.of(CALENDARS, 2, rows, secret)


def files_of(part: Part) -> dict[str, dict[str, str]]:
    """The files by rulebook. Raises `ValueError` for rows that are none."""
    found: dict[str, dict[str, str]] = {}
    for book, path, text in part.values():
        found.setdefault(book, {})[path] = text
    return found


def load(files: Files, book: str) -> Rulebook:
    """The rulebook its files make. Raises `Unusable` with every finding, `ValueError` for a path that leads out."""
    with TemporaryDirectory(prefix="congtam-rules-") as name:
        for path, text in files.items():
            inside = PurePosixPath(path)
            if inside.is_absolute() or ".." in inside.parts:
                raise ValueError(f"a rulebook has no file {path!r}")
            file = Path(name) / inside
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        return load_rulebook(Library(Path(name)), book)


def calendars_of(part: Part) -> dict[str, Calendar]:
    """The calendars by rulebook. Raises `KeyError`, `TypeError` or `ValueError` for rows that are none."""
    heads: dict[str, dict[str, Any]] = {}
    days: dict[str, dict[date, Override]] = {}
    for book, day, told in part.values():
        if day == "":
            heads[book] = told
        else:
            days.setdefault(book, {})[date.fromisoformat(day)] = _override(date.fromisoformat(day), told)
    return {book: _calendar(head, days.get(book, {})) for book, head in heads.items()}


def _flat(path: str, data: Any) -> str:
    if path == HEAD:
        data = {key: value for key, value in data.items() if key != "extends"}
    return written(data).decode()  # JSON is YAML


def _is_own(book: str, path: str) -> bool:
    inside = path.removeprefix(f"{book}/")
    folder = inside.rpartition("/")[0]
    return path.startswith(f"{book}/") and "/" not in folder


def _days(book: str, calendar: Calendar) -> Iterator[list[Any]]:
    hours = {name: [start // _MINUTE, end // _MINUTE] for name, (start, end) in calendar.hours.items()}
    yield [
        book,
        "",
        {
            "id": calendar.id,
            "week": sorted(calendar.week),
            "hours": hours,
            "cut_off_minutes": calendar.cut_off_minutes,
            "official_from": calendar.official_from,
            "official_until": calendar.official_until,
        },
    ]
    for day, own in calendar.overrides.items():
        told = {"kind": own.kind, "session": own.session, "name": own.name, "act": own.source.act}
        yield [book, day, told | {"title": own.source.title, "certainty": own.source.certainty}]


_MINUTE = timedelta(minutes=1)


def _calendar(head: Mapping[str, Any], overrides: Mapping[date, Override]) -> Calendar:
    hours = {name: (start * _MINUTE, end * _MINUTE) for name, (start, end) in head["hours"].items()}
    return Calendar(
        head["id"],
        frozenset(head["week"]),
        hours,
        head["cut_off_minutes"],
        date.fromisoformat(head["official_from"]),
        date.fromisoformat(head["official_until"]),
        overrides,
    )


def _override(day: date, told: Mapping[str, Any]) -> Override:
    source = Source(told["title"], told["act"], told["certainty"])
    return Override(day, told["kind"], told["name"], source, session=told["session"])
