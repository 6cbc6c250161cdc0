"""What was said to each line of a slip: now, in an earlier showing of a line that did not change, or by silence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from congtam.objections.lines import changes, lines_of, rows_of
from congtam.objections.models import SILENT, Remark, Saying, Slip
from congtam.objections.terms import Terms
from congtam.scores.models import RunScore


@dataclass(frozen=True)
class Said:
    """What was said to one line and when; `written`: as a row of this very showing."""

    said: str
    at: datetime
    text: str = ""
    written: bool = True


def said_to(slips: Iterable[Slip], terms: Terms) -> Mapping[int, Mapping[str, Said]]:
    """What was said to each line of each slip, by the number of the slip; silence that no row tells yet included."""
    those = list(slips)
    older = _older(those)
    rows = rows_of([*those, *older.values()])
    own = _own([*those, *older.values()])
    return {one.seq: _filled(one, _of(one, older, rows, own), rows, terms) for one in those}


def _filled(slip: Slip, found: dict[str, Said], rows: Mapping[int, RunScore], terms: Terms) -> Mapping[str, Said]:
    until = terms.speak_until(slip)
    if until <= terms.now:
        for line in lines_of(rows[slip.seq]):
            found.setdefault(line.id, Said(SILENT, until, written=False))
    return found


def _of(
    slip: Slip, older: Mapping[int, Slip], rows: Mapping[int, RunScore], own: Mapping[int, dict[str, Said]]
) -> dict[str, Said]:
    found = dict(own.get(slip.seq, {}))
    before = older.get(slip.seq)
    if before is not None:
        changed = {one.line.id for one in changes(rows[before.seq], rows[slip.seq])}
        for line, said in _of(before, older, rows, own).items():
            if line not in changed:
                found.setdefault(line, Said(said.said, said.at, said.text, written=False))
    return found


def _older(slips: Iterable[Slip]) -> dict[int, Slip]:
    """The slip each one took the place of, and so on back, by the number of the later one."""
    found: dict[int, Slip] = {}
    asked = {one.seq for one in slips if one.turn > 1}
    while asked:
        rows = list(Slip.objects.filter(replaced_by__in=asked))
        found |= {row.replaced_by: row for row in rows if row.replaced_by is not None}
        asked = {row.seq for row in rows if row.turn > 1}
    return found


def _own(slips: Iterable[Slip]) -> dict[int, dict[str, Said]]:
    rows = list(Saying.objects.filter(slip__in=[one.seq for one in slips], replaced_by=None))
    words = dict(Remark.objects.filter(seq__in=[row.seq for row in rows]).values_list("seq", "text"))
    found: dict[int, dict[str, Said]] = {}
    for row in rows:
        found.setdefault(row.slip_id, {})[row.line] = Said(row.said, row.at, words.get(row.seq, ""))
    return found
