"""One person's browser: opens pages, fills in their forms as they stand there, presses buttons.

What a page does not offer cannot be filled in (`NotThere`); what is typed and chosen is counted.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from congtam.simulate.desk.clock import Clock
from congtam.simulate.desk.page import Control, Form, Page, read
from congtam.simulate.desk.typing import FILE, Filled, seconds_for

SIGN_IN = "/tai-khoan/dang-nhap/"
HOPS = 5
Value: TypeAlias = "str | Sequence[str] | SimpleUploadedFile"


class NotThere(Exception):  # noqa: N818 (it says what a page does not have)
    """A page has no such form, field, choice or button."""


@dataclass
class _Sent:
    """What is sent, and what it took to fill it in."""

    data: dict[str, list[object]]
    characters: int = 0
    choices: int = 1  # the button


class Browser:
    """A browser at a desk of its own. `filled`: every form it sent; `after`: asked to do what a worker beside the site
    would have done, after each form."""

    def __init__(self, person: str, desk: int, clock: Clock, after: Callable[[], None]):
        self.person, self.clock, self.after = person, clock, after
        self.filled: list[Filled] = []
        self._client = Client(
            enforce_csrf_checks=True,
            SERVER_NAME="localhost",
            REMOTE_ADDR=f"10.0.{desk // 250}.{desk % 250 + 1}",
            HTTP_ACCEPT_LANGUAGE="vi",
        )
        self._client.raise_request_exception = True

    def open(self, path: str) -> Page:
        """A page by its address."""
        return self._read(self._client.get(path, follow=True), path)

    def sign_in(self, name: str, password: str) -> Page:
        """As every morning."""
        self._client.cookies.clear()
        page = self.open(SIGN_IN)
        form = next(one for one in page.forms if one.named("login"))
        return self.send(form, {"login": name, "password": password}, called="dang-nhap")

    def send(
        self,
        form: Form,
        values: Mapping[str, Value] | None = None,
        press: tuple[str, str] | None = None,
        called: str = "",
    ) -> Page:
        """Fill in a form and press its button (`press`: one of several, by name and value); where that leads (its
        address alone when it was done and leads on), or the page that came back.

        Raises `NotThere` for what the form does not offer.
        """
        sent = _filled_in(form, values or {}, press)
        self.clock.spend(seconds_for(sent.characters, sent.choices))
        day = timezone.localdate(self.clock.now)
        name = called or form.typed_as or _slug(form.action)
        self.filled.append(Filled(self.person, day, name, sent.characters, sent.choices))
        path = form.action
        if form.method == "get":
            return self._read(self._client.get(path, sent.data, follow=True), path)
        answer = self._client.post(path, sent.data)
        self.after()
        if answer.status_code == 302:
            return Page(answer.headers["Location"], 302, [], [], [], "")
        return self._read(answer, path)

    @property
    def today(self) -> date:
        """The day it is."""
        return timezone.localdate(self.clock.now)

    def _read(self, answer: object, path: str) -> Page:
        chain = getattr(answer, "redirect_chain", [])
        if len(chain) > HOPS:
            raise NotThere(f"{path} leads in circles")
        where = chain[-1][0] if chain else path
        content = answer.content.decode() if "text/html" in answer.headers.get("Content-Type", "") else ""  # type: ignore[attr-defined]
        return read(where, answer.status_code, content)  # type: ignore[attr-defined]


def _filled_in(form: Form, values: Mapping[str, Value], press: tuple[str, str] | None) -> _Sent:
    """The data of a form with some values changed, as a browser sends them."""
    known = {one.name for one in form.controls}
    if missing := values.keys() - known:
        raise NotThere(f"{form.action} has no field {', '.join(sorted(missing))}; it has {', '.join(sorted(known))}")
    sent = _Sent({})
    for control in form.controls:
        for value in _sent_by(form, control, values, sent):
            sent.data.setdefault(control.name, []).append(value)
    if press is not None:
        if not any(one.kind == "button" and (one.name, one.value) == press for one in form.controls):
            raise NotThere(f"{form.action} has no button {press}")
        sent.data[press[0]] = [press[1]]
    return sent


def _sent_by(form: Form, control: Control, values: Mapping[str, Value], sent: _Sent) -> list[object]:
    """What one control sends; what it took is added. What is offered for a line of text is chosen, not typed."""
    name, kind, value, chosen = control.name, control.kind, control.value, control.chosen
    given = values.get(name)
    if kind == "button":
        return []
    if given is None:
        return [value] if kind in ("text", "hidden") else list(chosen) if kind != "file" else []
    if kind == "hidden":
        raise NotThere(f"{form.action}: {name} is hidden, nobody can fill it in")
    if isinstance(given, SimpleUploadedFile):
        sent.choices += FILE
        return [given]
    if kind == "text":
        if given != value and any(given == offered for offered, _ in control.options):
            sent.choices += 1
        elif given != value:
            sent.characters += len(str(given))
        return [given]
    wanted = [given] if isinstance(given, str) else list(given)
    offered = form.offered(name)
    if unknown := [one for one in wanted if one and one not in offered]:
        raise NotThere(f"{form.action}: {name} does not offer {', '.join(unknown)}")
    if kind in ("list", "lists"):
        sent.choices += len(set(wanted) ^ set(chosen)) if kind == "lists" else int(wanted != chosen)
        return list(wanted)
    sent.choices += int((value in wanted) != bool(chosen)) if kind == "box" else int(value in wanted and not chosen)
    return [value] if value in wanted else []


def _slug(action: str) -> str:
    """A name for a form by its address: its words without numbers and codes."""
    parts = [part for part in action.partition("?")[0].split("/") if part and not part.isdecimal()]
    return "/".join(parts[:3])
