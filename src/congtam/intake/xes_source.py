"""Reads an XES log as a stream, one trace at a time, with nothing but expat.

Kept: attributes of traces and of events, as text. Left out: attributes of the log, globals, classifiers, and
attributes nested in other attributes. Document types are refused, so that no entity can be declared.
"""

from collections.abc import Callable, Iterator
from typing import Any
from unicodedata import normalize
from xml.parsers import expat

from congtam.engine.findings import Place, unusable
from congtam.intake.opening import Stream
from congtam.intake.records import Cells

CHUNK = 1 << 16  # bytes
LOG, TRACE, EVENT, EVENT_ATTRIBUTE = 1, 2, 3, 4  # depths; attributes of a trace lie beside its events
Trace = tuple[Cells, list[Cells]]


def read_traces(stream: Stream) -> Iterator[Trace]:
    """Yield (attributes of the trace, attributes of each event). Raises `Unusable` when it is no XES log."""
    ready: list[Trace] = []
    parser = _parser(stream.name, ready)
    try:
        while chunk := stream.data.read(CHUNK):
            parser.Parse(chunk)
            yield from _finished(ready)
        parser.Parse(b"", True)
        yield from ready
    except expat.ExpatError as error:
        what = f"the XML breaks here: {expat.errors.messages[error.code]}"
        advice = "export the log again, or mend the line"
        raise unusable("xes-broken", what, advice, Place(stream.name, line=error.lineno)) from None


def _finished(ready: list[Trace]) -> list[Trace]:
    """Take all traces but the last, which may still be growing."""
    traces = ready[:-1]
    del ready[:-1]
    return traces


def _parser(name: str, ready: list[Trace]) -> expat.XMLParserType:
    """A parser that puts traces into `ready` as soon as they begin, and fills them."""
    parser = expat.ParserCreate()
    parser.ordered_attributes = True

    def refuse_doctype(*_: object) -> None:
        place = Place(name, line=parser.CurrentLineNumber)
        advice = "delete the <!DOCTYPE …> block; a log needs none"
        raise unusable("xes-entities", "the log declares a document type or entities", advice, place)

    parser.StartDoctypeDeclHandler = refuse_doctype
    closed: list[str] = []
    parser.EndElementHandler = closed.append
    parser.StartElementHandler = _start_handler(name, closed, ready)
    return parser


def _start_handler(name: str, closed: list[str], ready: list[Trace]) -> Callable[[str, list[str]], None]:
    """What happens at the start of each element.

    Calls into Python are what costs here: elements are only counted at their end, by `list.append`, which runs no
    Python. The depth is then the number opened less the number closed; both start afresh with each trace.
    """
    names = _Names()
    opened = 0
    case: Cells | None = None
    event: Cells | None = None
    events: list[Cells] = []

    def start(tag: str, attributes: list[str]) -> None:
        nonlocal opened, case, event, events
        opened += 1
        depth = opened - len(closed)
        if depth == EVENT_ATTRIBUTE:
            if event is not None:
                _keep(event, attributes, names)
        elif depth == EVENT:
            if case is None:
                return
            if tag == "event" or tag.endswith(":event"):
                event = {}
                events.append(event)
            else:
                event = None
                _keep(case, attributes, names)
        elif depth == TRACE:
            opened -= len(closed)
            closed.clear()
            event, case, events = None, ({} if _local(tag) == "trace" else None), []
            if case is not None:
                ready.append((case, events))
        elif depth == LOG and _local(tag) != "log":
            raise unusable("xes-no-log", f"the first element is <{tag}>, not <log>", "give an XES log", Place(name))

    return start


def _local(tag: str) -> str:
    """The tag without its namespace prefix."""
    return tag.rpartition(":")[2]


class _Names(dict[str, str]):
    """Each attribute name once, NFC-normalised."""

    def __missing__(self, name: str) -> str:
        self[name] = normalize("NFC", name)
        return self[name]


def _keep(cells: Cells, attributes: list[str], names: dict[str, str]) -> None:
    """Note one attribute; lists and containers have no value of their own and are left out."""
    if len(attributes) == 4 and attributes[0] == "key":
        cells[names[attributes[1]]] = attributes[3]
        return
    given: dict[str, Any] = dict(zip(attributes[::2], attributes[1::2], strict=True))
    if "key" in given and "value" in given:
        cells[names[given["key"]]] = given["value"]
