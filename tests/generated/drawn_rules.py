"""Random rules over random rows: measures in the language of rulebooks, and folded work that is full of edges."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from congtam.engine.expressions.nodes import Node, Sort, Type, number
from congtam.engine.expressions.parse import Scope, parse
from congtam.engine.facts.tables import FAULT_KINDS
from congtam.engine.facts.work import Fault
from congtam.engine.findings import Unusable
from congtam.engine.measuring.evaluate import RowMeasure
from congtam.engine.measuring.rows import Row, Rows
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import BoundIndicator
from congtam.engine.rulebook.columns import COLUMNS
from congtam.engine.rulebook.model import Certainty, Indicator
from congtam.engine.rulebook.parameters import PARAMETER_SCALE

PERIOD = Period.parse("2026-09")
OFFICIALS = ("an", "binh", "cuong")
PARAMETERS: dict[str, int | str] = {"limit": 200_000, "cut": 250_000, "many": 3_000_000, "word": "task"}
TYPES = {
    **{
        name: number(PARAMETER_SCALE) if isinstance(value, int) else Type(Sort.TEXT)
        for name, value in PARAMETERS.items()
    },
    "pick": Type(Sort.TEXT, codes=("task", "document")),
    "not_begun": number(PARAMETER_SCALE),  # a parameter without a value on the day
    "no_word": Type(Sort.TEXT),
}
PARAMETERS["pick"] = "task"
KINDS = ("task", "document", "dossier")

# -- expressions

_TEXTS = {
    "share": ("role", "state", "origin", "kind", "item.state"),
    "item": ("state", "origin", "kind"),
    "fault": ("kind",),
}
_WORDS = {
    "role": ("lead", "support"),
    "state": ("open", "finished"),
    "origin": ("assigned", "self_started", "citizen"),
    "kind": KINDS,
    "item.state": ("open", "finished", "cancelled"),
}


def _columns(table: str, sort: Sort) -> list[str]:
    return [name for name, kind in COLUMNS[table].items() if kind.sort is sort]


@cache
def numbers(table: str, depth: int) -> st.SearchStrategy[str]:
    """A number of a row. Products stay shallow: figures are to fit 64 bits, as those of real rules do."""
    leaves = st.sampled_from(["0", "1", "2", "0.5", "0.25", "limit", "cut", "many", "not_begun"])
    columns = _columns(table, Sort.NUMBER)
    if columns:
        leaves |= st.sampled_from(columns)
    if depth == 0:
        return leaves
    less = numbers(table, depth - 1)
    pair = st.tuples(less, less)
    made = leaves | pair.map(lambda two: f"({two[0]} + {two[1]})") | pair.map(lambda two: f"({two[0]} - {two[1]})")
    made |= st.tuples(st.sampled_from(("min", "max")), pair).map(lambda one: f"{one[0]}({one[1][0]}, {one[1][1]})")
    made |= pair.map(lambda two: f"first({two[0]}, {two[1]})") | less.map(lambda one: f"(-{one})")
    made |= st.tuples(leaves, leaves).map(lambda two: f"{two[0]} * {two[1]}")
    made |= st.tuples(less, conditions(table, depth - 1), less).map(lambda one: f"({one[0]} if {one[1]} else {one[2]})")
    made |= st.sampled_from(FAULT_KINDS).map(lambda kind: f'faults("{kind}")')
    instants = _columns(table, Sort.INSTANT)
    made |= st.tuples(st.sampled_from(instants), st.sampled_from(instants)).map(
        lambda two: f"minutes({two[0]}, {two[1]})"
    )
    return made


@cache
def conditions(table: str, depth: int) -> st.SearchStrategy[str]:
    """Something that holds for a row, or does not, or cannot be told."""
    compare = st.sampled_from((">", ">=", "<", "<=", "==", "!="))
    amounts = numbers(table, 0)
    instants = st.sampled_from(_columns(table, Sort.INSTANT))
    leaves = st.sampled_from(_columns(table, Sort.BOOLEAN))
    leaves |= st.tuples(amounts, compare, amounts).map(" ".join)
    leaves |= st.tuples(instants, compare, instants).map(" ".join)
    leaves |= st.tuples(instants, compare, st.sampled_from(('"2026-09-01"', '"2026-09-30"', '"2026-10-01"'))).map(
        " ".join
    )
    leaves |= st.tuples(instants, instants, compare, instants).map(
        lambda one: f"({one[0]} or {one[1]}) {one[2]} {one[3]}"
    )
    leaves |= instants.map(lambda one: f"known({one})")
    leaves |= st.sampled_from(_TEXTS[table]).flatmap(lambda name: _of_text(table, name))
    if depth == 0:
        return leaves
    less = conditions(table, depth - 1)
    made = leaves | less.map(lambda one: f"not ({one})")
    made |= st.tuples(less, st.sampled_from(("and", "or")), less).map(lambda one: f"({one[0]}) {one[1]} ({one[2]})")
    made |= st.tuples(less, less, less).map(lambda one: f"(({one[0]}) if ({one[1]}) else ({one[2]}))")
    more = numbers(table, depth - 1)
    return made | st.tuples(more, compare, more).map(lambda one: f"({one[0]}) {one[1]} ({one[2]})")


@cache
def _of_text(table: str, name: str) -> st.SearchStrategy[str]:
    words = st.sampled_from(FAULT_KINDS if table == "fault" else _WORDS[name])
    made = words.map(lambda word: f'{name} == "{word}"') | words.map(lambda word: f'{name} not in ("{word}",)')
    if table == "fault":
        return made
    if name == "kind":
        made |= st.sampled_from(("word", "pick", "no_word")).map(lambda other: f"kind == {other}")
        made |= st.just('pick in ("task",)')
    others = st.sampled_from([other for other in _TEXTS[table] if other != name])
    mixed = others.map(lambda other: f"({name} if accepted else {other})") | others.map(
        lambda other: f"first({name}, {other})"
    )
    made |= st.tuples(mixed, words).map(lambda two: f'{two[0]} == "{two[1]}"')
    made |= st.tuples(mixed, words).map(lambda two: f'{two[0]} in ("{two[1]}", "open")')
    return made | st.tuples(mixed, others).map(lambda two: f"{two[0]} != {two[1]}")


# -- measures


@st.composite
def measures(draw: st.DrawFn, table: str) -> RowMeasure:
    """A measure of any kind over one table, as a rulebook would state it."""
    depth = 2
    a_number = lambda: draw(numbers(table, depth))  # noqa: E731
    a_condition = lambda: draw(conditions(table, depth))  # noqa: E731
    kind = draw(st.sampled_from(("share_of", "count_of", "sum_of", "mean_of", "ratio_of", "quantile_of")))
    said: dict[str, Any] = {"table": table}
    match kind:
        case "share_of":
            said |= {"share_of": table, "that": a_condition()}
        case "count_of":
            said |= {"count_of": table} | draw(st.sampled_from(({}, {"that": a_condition()})))
        case "ratio_of":
            said |= {"ratio_of": {"top": a_number(), "bottom": a_number()}}
        case "quantile_of":
            said |= {"quantile_of": {"value": a_number(), "at": draw(st.sampled_from(("0", "0.1", "0.5", "0.9", "1")))}}
        case _:
            said |= {kind: a_number()}
    if draw(st.booleans()):
        said["among"] = a_condition()
    if kind in ("share_of", "count_of") and draw(st.booleans()):
        said["weigh_by"] = draw(st.sampled_from(("coefficient", "coefficient * weight", "satisfaction", "returns")))
    periods = ("received", "finished", "open", "due", "due_or_carried", "due_or_open")
    said["in_period"] = draw(st.sampled_from(periods[1:2] if table == "fault" else periods))
    said["carry_over"] = draw(st.sampled_from(("each_period", "once")))
    said["charged_later"] = draw(st.booleans())
    shared = {
        "credit": draw(st.sampled_from(("lead_whole", "split", "full", "lead_only"))),
        "blame": draw(st.sampled_from(("own", "lead_only", "full"))),
        "due": draw(st.sampled_from(("own", "item"))),
    }
    unknown = draw(st.sampled_from(("exclude_and_show", "count_as_not_met")))
    made = _bound(table, said, shared, unknown)
    return made if made is not None else draw(measures(table))


def _bound(table: str, said: dict[str, Any], shared: dict[str, str], unknown: str) -> RowMeasure | None:
    """The measure with meaning; None when what was drawn means nothing (such as a weight that faults do not have)."""
    text = {"vi": "x", "en": "x"}
    model = Indicator.model_validate(
        {
            "title": text, "definition": text, "group": "process", "direction": "up", "unit": "percent",
            "subjects": ["official"], "no_opportunity": "redistribute", "how_to_game": text, "counter_indicator": "x",
            "measure": said, "shared_work": shared, "unknown": unknown,
        }
    )  # fmt: skip
    measure = model.measure
    texts = {
        "among": measure.among, "that": measure.that, "value": measure.sum_of or measure.mean_of,
        "weigh": None if measure.weigh_by == "count" else measure.weigh_by,
    }  # fmt: skip
    if measure.ratio_of:
        texts |= {"top": measure.ratio_of.top, "bottom": measure.ratio_of.bottom}
    if measure.quantile_of:
        texts["value"] = measure.quantile_of.value
    scope = Scope(COLUMNS[table], TYPES, fault_kinds=FAULT_KINDS)
    nodes: dict[str, Node] = {}
    try:
        nodes = {name: parse(text, scope) for name, text in texts.items() if text is not None}
    except Unusable:
        return None
    indicator = BoundIndicator("drawn", model, "drawn", nodes, {}, None, Certainty.UNVERIFIED)
    return RowMeasure.of(indicator, PARAMETERS)


# -- rows

EDGES = tuple(
    moment + timedelta(microseconds=step)
    for moment in (PERIOD.start, PERIOD.end, datetime(2026, 9, 10, 17, tzinfo=UTC))
    for step in (-1, 0, 1)
)
AROUND = st.sampled_from(EDGES) | st.integers(-60 * 24 * 60, 60 * 24 * 60).map(
    lambda minutes: PERIOD.start + timedelta(days=15, minutes=minutes)
)
DAYS = (date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 1))
NEVER_BLANK = {"received_at", "item.received_at", "role", "state", "item.state", "weight", "item", "at", "kind"}


@st.composite
def snapshots(draw: st.DrawFn, table: str, as_of: datetime) -> Rows:
    """Up to a dozen rows of one table, of three officials (and of nobody), with faults on some of them."""
    rows: dict[str, list[Row]] = {}
    for place in range(draw(st.integers(0, 12))):
        official = draw(st.sampled_from((*OFFICIALS, *OFFICIALS, None)))
        rows.setdefault(official or "", []).append(draw(_rows(table, f"r{place}", official, as_of)))
    return Rows({name: rows if name == table else {} for name in COLUMNS})


@st.composite
def _rows(draw: st.DrawFn, table: str, key: str, official: str | None, as_of: datetime) -> Row:
    row: Row = {name: draw(_value(name, kind)) for name, kind in COLUMNS[table].items()}
    item = f"i{draw(st.integers(0, 4))}"
    faults = tuple(draw(_fault(item, place)) for place in range(draw(st.sampled_from((0, 0, 0, 1, 2)))))
    own = tuple(fault for fault in faults if draw(st.booleans())) if table == "share" else faults
    row |= {"as_of": as_of, "official": official, "item": item, "_key": key, "_item": item, "_spell": None}
    row |= {"_faults": own, "_all_faults": faults}
    if table == "share":
        row["_lead_weight"] = draw(st.sampled_from((1_000_000, 500_000)))
    if table == "fault":
        row |= {"received_at": row["at"], "due_at": None, "finished_at": row["at"], "excused": row["voided"]}
        row |= {"_faults": faults[:1], "_all_faults": faults[:1]}
    return row


def _value(name: str, kind: Type) -> st.SearchStrategy[Any]:
    made = _there(name, kind)
    sure = name in NEVER_BLANK or kind.sort is Sort.BOOLEAN or (kind.sort is Sort.NUMBER and kind.scale == 0)
    return made if sure else made | st.none()


def _there(name: str, kind: Type) -> st.SearchStrategy[Any]:
    match kind.sort:
        case Sort.INSTANT:
            return AROUND
        case Sort.DAY:
            return st.sampled_from(DAYS)
        case Sort.BOOLEAN:
            return st.booleans()
        case Sort.NUMBER:
            return st.sampled_from(_amounts(name, kind.scale or 0))
    return st.sampled_from(kind.codes or KINDS)


def _amounts(name: str, scale: int) -> Sequence[int]:
    if name == "weight":
        return (0, 333_333, 500_000, 1_000_000)
    return tuple(amount * 10**scale for amount in (0, 1, 2, 5)) + ((50,) if scale == 2 else ())


@st.composite
def _fault(draw: st.DrawFn, item: str, place: int) -> Fault:
    return Fault(
        f"f{place}", item, draw(st.sampled_from(FAULT_KINDS)), draw(AROUND),
        charged_to=draw(st.none() | st.sampled_from(DAYS)),
        voided_by=draw(st.sampled_from((None, None, "1/QD"))),
        derived=draw(st.booleans()),
    )  # fmt: skip
