"""A page as somebody sees it: its forms with what stands in them, its links, and what it complains of."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"input", "br", "hr", "img", "link", "meta", "source", "wbr", "path", "use", "circle", "rect"})
COMPLAINTS = ("errorlist", "message-error")


@dataclass
class Control:
    """One control of a form. `options`: of a list, or offered for a line of text (the list `listed`), value and words;
    `chosen`: what is chosen or ticked now."""

    name: str
    kind: str  # text, list, lists, radio, box, file, hidden, button
    value: str = ""
    options: list[tuple[str, str]] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    listed: str = ""


@dataclass
class Form:
    """A form. `around`: the words of the list entry it stands in, before it; `called`: its name for who cannot see."""

    action: str
    method: str
    called: str
    typed_as: str
    around: str
    controls: list[Control] = field(default_factory=list)

    def named(self, name: str) -> list[Control]:
        """Its controls of a name."""
        return [one for one in self.controls if one.name == name]

    def offered(self, name: str) -> list[str]:
        """What may be chosen under a name; nothing where there is no such field."""
        found = [value for one in self.named(name) for value, _ in one.options if value]
        return found or [one.value for one in self.named(name) if one.kind in ("radio", "box", "button")]


@dataclass
class Page:
    """A page that was answered: where one ended up, how, and what is on it."""

    path: str
    status: int
    forms: list[Form]
    links: list[tuple[str, str]]
    complaints: list[str]
    text: str

    def find(self, part: str) -> list[Form]:
        """Its forms whose address holds a part, in order."""
        return [form for form in self.forms if part in form.action]

    def linked(self, part: str) -> list[str]:
        """Addresses that hold a part, each once."""
        return list(dict.fromkeys(href for href, _ in self.links if part in href))


def read(path: str, status: int, html: str) -> Page:
    """A page out of its text."""
    reader = _Reader(path)
    reader.feed(html)
    for control in (one for form in reader.forms for one in form.controls if one.listed):
        control.options = reader.lists.get(control.listed, [])
    return Page(
        path,
        status,
        reader.forms,
        reader.links,
        list(dict.fromkeys(" ".join("".join(one).split()) for one in reader.complaints)),
        " ".join("".join(reader.words).split()),
    )


class _Reader(HTMLParser):
    """Reads forms, links, list entries and complaints in one pass."""

    def __init__(self, path: str):
        super().__init__(convert_charrefs=True)
        self.path = path
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.complaints: list[list[str]] = []
        self.words: list[str] = []
        self.lists: dict[str, list[tuple[str, str]]] = {}  # what is offered for lines of text, by its key
        self._open: list[tuple[str, list[str] | None]] = []  # tag, and where its words go besides
        self._form: Form | None = None
        self._list: Control | None = None
        self._offered: list[tuple[str, str]] | None = None
        self._area: Control | None = None
        self._option: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        words: list[str] | None = None
        classes = given.get("class", "").split()
        if tag == "li":
            words = []
        if any(one in classes for one in COMPLAINTS):
            words = []
            self.complaints.append(words)
        if tag == "a" and given.get("href"):
            self.links.append((given["href"], given.get("aria-label", "")))
        if tag == "form":
            self._form = self._begun(given)
            self.forms.append(self._form)
        elif tag == "datalist":
            self._offered = self.lists.setdefault(given.get("id", ""), [])
        elif tag == "option" and self._offered is not None:
            self._offered.append((given.get("value", ""), given.get("label", "")))
        elif self._form is not None:
            self._control(tag, given)
        if tag not in VOID:
            self._open.append((tag, words))

    def handle_endtag(self, tag: str) -> None:
        if tag == "option" and self._option and self._list:
            self._list.options.append((self._option[0], " ".join("".join(self._option[1]).split())))
            self._option = None
        elif tag == "select":
            self._ended_list()
        elif tag == "datalist":
            self._offered = None
        elif tag == "textarea":
            self._area = None
        elif tag == "form":
            self._form = None
        if any(one == tag for one, _ in self._open):
            while self._open and self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value += data
            return
        if self._option is not None:
            self._option[1].append(data)
            return
        if self._offered is not None or (self._open and self._open[-1][0] in ("script", "style")):
            return
        self.words.append(data + " ")
        for _, words in self._open:
            if words is not None:
                words.append(data + " ")

    def _begun(self, given: dict[str, str]) -> Form:
        entry = next((words for tag, words in reversed(self._open) if tag == "li" and words is not None), [])
        around = " ".join("".join(entry).split())
        return Form(
            given.get("action") or self.path,
            given.get("method", "get").lower(),
            given.get("aria-label", ""),
            given.get("data-typed", ""),
            around,
        )

    def _control(self, tag: str, given: dict[str, str]) -> None:
        assert self._form is not None
        name, kind = given.get("name", ""), given.get("type", "text").lower()
        if tag == "button" and name:
            self._form.controls.append(Control(name, "button", given.get("value", "")))
        elif tag == "textarea":
            self._area = Control(name, "text")
            self._form.controls.append(self._area)
        elif tag == "select":
            self._list = Control(name, "lists" if "multiple" in given else "list")
            self._form.controls.append(self._list)
        elif tag == "option" and self._list is not None:
            self._option = (given.get("value", ""), [])
            if "selected" in given:
                self._list.chosen.append(given.get("value", ""))
        elif tag == "input" and name:
            sort = {"checkbox": "box", "radio": "radio", "hidden": "hidden", "file": "file"}.get(kind, "text")
            chosen = [given.get("value", "on")] if "checked" in given else []
            self._form.controls.append(
                Control(
                    name, sort, given.get("value", "on" if sort == "box" else ""), [], chosen, given.get("list", "")
                )
            )

    def _ended_list(self) -> None:
        if self._list and self._list.kind == "list" and not self._list.chosen and self._list.options:
            self._list.chosen = [self._list.options[0][0]]
        self._list = None
