"""Reads an XES log as a stream, one trace at a time, with nothing but expat.

Kept: attributes of traces and of events, as text. Left out: attributes of the log, globals, classifiers, and
attributes nested in other attributes. Document types are refused, so that no entity can be declared.

Calls into Python are what costs here. So expat checks the XML and hands over the tags as they are written, by
`list.append`, which runs no Python; a tag is then read once, however often it stands in the log.
"""

import re
from collections.abc import Iterator
from unicodedata import normalize
from xml.parsers import expat

from congtam.engine.findings import Place, unusable
from congtam.files.opening import Stream
from congtam.files.records import Cells

CHUNK = 1 << 16  # bytes
AT_HAND = 1 << 13  # tags kept at hand: logs repeat most of theirs
LOG, TRACE, EVENT, EVENT_ATTRIBUTE = 1, 2, 3, 4  # depths; attributes of a trace lie beside its events
PLAIN = re.compile(r"""<([^\s/>]+) key="([^"&\t\n\r]*)" value="([^"&\t\n\r]*)" ?(/?)>""")
NAME = re.compile(r"[^\s/>]+")
Trace = tuple[Cells, list[Cells]]


def read_traces(stream: Stream) -> Iterator[Trace]:
    """Yield (attributes of the trace, attributes of each event). Raises `Unusable` when it is no XES log."""
    tags: list[str] = []
    parser, gathering = _parser(stream.name, tags), _Gathering(stream.name)
    try:
        while chunk := stream.data.read(CHUNK):
            parser.Parse(chunk)
            yield from gathering.take(tags)
        parser.Parse(b"", True)
        yield from gathering.ready
    except expat.ExpatError as error:
        gathering.take(tags)  # what is no log is told as such, also when it is broken
        what = f"the XML breaks here: {expat.errors.messages[error.code]}"
        advice = "export the log again, or mend the line"
        raise unusable("xes-broken", what, advice, Place(stream.name, line=error.lineno)) from None


def _parser(name: str, tags: list[str]) -> expat.XMLParserType:
    """A parser that puts the tags, as they are written, into `tags`, and lets texts and comments go."""
    parser = expat.ParserCreate()

    def refuse_doctype(*_: object) -> None:
        place = Place(name, line=parser.CurrentLineNumber)
        advice = "delete the <!DOCTYPE …> block; a log needs none"
        raise unusable("xes-entities", "the log declares a document type or entities", advice, place)

    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.DefaultHandler = tags.append
    parser.CharacterDataHandler = parser.CommentHandler = len
    parser.ProcessingInstructionHandler = max
    return parser


# What a tag opens (1 at the start of an element, -1 at its end, 0 when it is empty), its name, key and value. The key
# is None where there is no attribute to keep: lists and containers have no value of their own. What is no element, such
# as the first line of the file, has no name.
Tag = tuple[int, str, str | None, str]


class _Tags(dict[str, Tag]):
    """Tags that were read, by how they are written."""

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[str, str] = {}

    def __missing__(self, text: str) -> Tag:
        if len(self) >= AT_HAND:
            self.clear()
        tag = self[text] = self._read(text)
        return tag

    def _read(self, text: str) -> Tag:
        if plain := PLAIN.fullmatch(text):
            name, key, value, empty = plain.groups()
            return 0 if empty else 1, name, self._names.get(key) or self._name(key), value
        if text.startswith("</"):
            return -1, "", None, ""
        if text.startswith(("<!", "<?")):
            return 0, "", None, ""
        return self._read_any(text)

    def _read_any(self, text: str) -> Tag:
        """Read a tag with whatever XML allows in it: references, other attributes, another order, line ends."""
        empty = text.endswith("/>")
        name, given = "", dict[str, str]()

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal name
            name = tag
            given.update(attributes)

        parser = expat.ParserCreate()
        parser.StartElementHandler = start
        parser.Parse(text if empty else f"{text[:-1]}/>", True)
        key = self._name(given["key"]) if "key" in given and "value" in given else None
        return 0 if empty else 1, name, key, given.get("value", "")

    def _name(self, name: str) -> str:
        """Each attribute name once, NFC-normalised."""
        return self._names.setdefault(name, normalize("NFC", name))


class _Gathering:
    """Puts traces together from tags. `ready` are those begun; the last may still be growing."""

    def __init__(self, file: str):
        self._file = file
        self.ready: list[Trace] = []
        self._tags = _Tags()
        self._depth = 0
        self._case: Cells | None = None
        self._event: Cells | None = None
        self._events: list[Cells] = []

    def take(self, tags: list[str]) -> list[Trace]:
        """Take the tags away and give the traces that are complete."""
        self._take(_whole(tags))
        tags.clear()
        complete = self.ready[:-1]
        del self.ready[:-1]
        return complete

    def _take(self, tags: list[str]) -> None:
        known, depth, case, event, events = self._tags, self._depth, self._case, self._event, self._events
        for text in tags:
            opens, name, key, value = known[text]
            if opens < 0:
                depth -= 1
                continue
            level = depth + 1
            depth += opens
            if level == EVENT_ATTRIBUTE:
                if event is not None and key is not None:
                    event[key] = value
            elif not name:
                continue
            elif level == EVENT:
                if case is None:
                    continue
                event = None
                if name == "event" or _local(name) == "event":
                    event = {}
                    events.append(event)
                elif key is not None:
                    case[key] = value
            elif level == TRACE:
                event, case, events = None, ({} if _local(name) == "trace" else None), []
                if case is not None:
                    self.ready.append((case, events))
            elif level == LOG and _local(name) != "log":
                raise unusable(
                    "xes-no-log", f"the first element is <{name}>, not <log>", "give an XES log", Place(self._file)
                )
        self._depth, self._case, self._event, self._events = depth, case, event, events


def _whole(tags: list[str]) -> list[str]:
    """The tags, each in one piece: expat hands over long ones in pieces when it has to decode them."""
    together = "".join(tags)
    if together.count("<") == len(tags):
        return tags
    return [f"<{rest}" for rest in together.split("<")[1:]]


def _local(tag: str) -> str:
    """The tag without its namespace prefix."""
    return tag.rpartition(":")[2]
