"""What the people of the office did, tried, and could not do."""

import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from congtam.simulate.desk.browser import Browser, NotThere, Value
from congtam.simulate.desk.page import Form, Page


@dataclass(frozen=True)
class Deed:
    """One form sent: who did what, at which instant (no two share one), where it led, and what the page complained of
    (nothing: it was done)."""

    act: str
    person: str
    at: datetime
    path: str
    complaints: tuple[str, ...]

    @property
    def done(self) -> bool:
        """Whether it was done."""
        return not self.complaints


@dataclass
class Log:
    """Everything in order. `impossible`: what no page offered, by deed and why, with how often; `broken`: pages that
    failed, with what was raised."""

    deeds: list[Deed] = field(default_factory=list)
    impossible: dict[tuple[str, str], int] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def do(
        self,
        act: str,
        browser: Browser,
        form: Form | None,
        values: Mapping[str, Value] | None = None,
        press: tuple[str, str] | None = None,
        called: str = "",
    ) -> Page | None:
        """Send a form and note what came of it; where it led, or None when it could not be sent."""
        if form is None:
            self.could_not(act, "the page has no such form")
            return None
        try:
            page = browser.send(form, values, press, called)
        except NotThere as missing:
            self.could_not(act, str(missing))
            return None
        except Exception:
            self.broken.append(f"{act} {form.action}: {traceback.format_exc(limit=-4)}")
            return None
        complaints = tuple(page.complaints) or ((f"HTTP {page.status}",) if page.status >= 400 else ())
        self.deeds.append(Deed(act, browser.person, browser.clock.now, page.path, complaints))
        return page

    def confirm(self, act: str, browser: Browser, seen: Page | None) -> Page | None:
        """The second step of a form in two: what will be was read, and is written."""
        form = next((one for one in seen.forms if "write" in one.offered("step")), None) if seen else None
        if form is None:
            said = "; ".join(seen.complaints) if seen else "no page"
            self.could_not(act, f"nothing to confirm: {said}")
            return None
        return self.do(act, browser, form, press=("step", "write"), called="xác nhận")

    def look(self, act: str, browser: Browser, path: str) -> Page | None:
        """Open a page; None when it is not there or failed."""
        try:
            page = browser.open(path)
        except NotThere as missing:
            self.could_not(act, str(missing))
            return None
        except Exception:
            self.broken.append(f"{act} {path}: {traceback.format_exc(limit=-4)}")
            return None
        if page.status >= 400:
            self.could_not(act, f"{_plain(path)} answers {page.status}")
            return None
        return page

    def could_not(self, act: str, why: str) -> None:
        """Something could not even be tried."""
        self.impossible[act, why] = self.impossible.get((act, why), 0) + 1

    def count(self, act: str) -> int:
        """How often something was done."""
        return sum(deed.act == act and deed.done for deed in self.deeds)


def _plain(path: str) -> str:
    """An address without numbers, so that the like is counted together."""
    return "/".join("…" if part.isdecimal() else part for part in path.partition("?")[0].split("/"))
