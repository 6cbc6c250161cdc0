"""What a request can be about under one line: all of it, one figure, one piece of work that cost points, one fault."""

from collections.abc import Sequence
from typing import Any

from congtam.engine.scoring.run import Run
from congtam.engine.trace import Trace
from congtam.objections.requests import About
from congtam.web.pages.exemptions.words import FAULTS
from congtam.web.pages.month.why import Figure, Part, Work
from congtam.web.pages.objections import words

MOST = 40  # pieces of work offered
LINE, FIGURE, ITEM, FAULT = "dong", "chi-so", "viec", "loi"


def abouts(line: str, part: Part | None, work: Sequence[Work], trace: Trace, lang: str) -> list[tuple[str, Any]]:
    """What can be chosen, each with the key by which `about_of` knows it."""
    found = [(LINE, words.WHOLE_LINE.in_(lang))]
    figures = _figures(part.figures) if part else []
    if len(figures) > 1:
        found += [(f"{FIGURE}:{one.id}", one.said) for one in figures]
    faults = {record.item: record.faults for record in trace.records}
    for one in work[:MOST]:
        called = one.said[0].text if one.said else one.item
        found.append((f"{ITEM}:{one.item}", f"{words.WORK.in_(lang)}: {called}"))
        for fault in faults.get(one.item, ()):
            if fault.voided_by is None:
                kind = FAULTS[fault.kind].in_(lang) if fault.kind in FAULTS else fault.kind
                found.append((f"{FAULT}:{one.item}|{fault.fault}", f"{words.FAULT.in_(lang)} ({kind}): {called}"))
    return found


def about_of(line: str, key: str) -> About:
    """What a key means."""
    kind, _, rest = key.partition(":")
    if kind == FIGURE:
        return About(line, indicator=rest)
    if kind == ITEM:
        return About(line, item=int(rest))
    if kind == FAULT:
        item, _, fault = rest.partition("|")
        return About(line, item=int(item), fault=fault)
    return About(line)


def works(run: Run, trace: Trace) -> list[tuple[str, str]]:
    """The work of the period that may show what a request says."""
    names = run.facts.named
    items = dict.fromkeys(row.item for one in trace.indicators.values() for row in one.rows)
    return [(one, names.get(("item", one)) or names.get(("item.code", one), one)) for one in items if one.isdecimal()]


def _figures(found: Sequence[Figure]) -> list[Figure]:
    return [inner for one in found for inner in (one, *_figures(one.behind))]
