"""How people of the journey go through the product: who they are, what they press, what they see. Addresses are typed
only where somebody would: the front pages of the navigation."""

import re
from collections.abc import Callable
from datetime import datetime

from playwright.sync_api import Locator, Page, expect

from journey_scene import Clock

PATIENCE = 30_000  # ms; other tests of the machine run meanwhile
expect.set_options(timeout=PATIENCE)


class Hand:
    """What a person does at a page, counted: a key pressed, a field typed into, a click, a page opened."""

    def __init__(self, page: Page):
        self.page, self.actions = page, 0

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.actions += 1

    def click(self, what: Locator) -> None:
        what.click()
        self.actions += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.actions += 1

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.actions += 1

    def focused(self) -> str:
        """The name of the field the keyboard is in."""
        return str(self.page.evaluate("document.activeElement.name || ''"))


WITHOUT_SCRIPTS = frozenset({"nhan-su", "an", "pho-giam-doc", "truong-hai"})


class Walk:
    """Everybody's browser in one month, of some without scripts. `wrong` gathers what barriers and widths were found on
    the way."""

    def __init__(
        self,
        site: str,
        clock: Clock,
        open_page: Callable[..., Page],
        sign_in: Callable[[Page, str], None],
        read: Callable[[Page, str], list[str]],
    ):
        self.site, self.clock, self.wrong = site, clock, list[str]()
        self._open_page, self._sign_in, self._read = open_page, sign_in, read
        self._pages: dict[str, Page] = {}
        self._eyes: dict[str, Page] = {}  # with scripts, which whoever reads a page needs

    def person(self, username: str, lang: str = "vi") -> Page:
        """The page of an account, signed in; opened when it is first asked for."""
        if username not in self._pages:
            page = self._pages[username] = self.visitor(scripts=username not in WITHOUT_SCRIPTS)
            self._sign_in(page, username)
            page.context.add_cookies([{"name": "lang", "value": lang, "url": self.site}])
        return self._pages[username]

    def visitor(self, *, scripts: bool = True) -> Page:
        """The page of somebody who is nobody here."""
        page = self._open_page(scripts=scripts)
        page.set_default_timeout(PATIENCE)
        return page

    def at(self, when: datetime) -> None:
        """It is that instant now; days later everybody signs in again."""
        self.clock.now = when
        for pages in (self._pages, self._eyes):
            for username, page in pages.items():
                self._sign_in(page, username)

    def go(self, page: Page, address: str) -> Page:
        """To a page by its address."""
        page.goto(f"{self.site}{address}")
        return page

    def look(self, page: Page, name: str) -> None:
        """Read the page that is open, or for whoever has no scripts the same address, at every width."""
        whose = next((one for one, own in self._pages.items() if own is page), "")
        if whose in WITHOUT_SCRIPTS:
            if whose not in self._eyes:
                self._eyes[whose] = self.visitor()
                self._sign_in(self._eyes[whose], whose)
            self._eyes[whose].goto(page.url)
            page = self._eyes[whose]
        self.wrong += self._read(page, name)


def confirm(page: Page) -> None:
    """The form on the page, looked at and confirmed."""
    page.locator("main button[value=review]").click()
    page.locator("main button[value=write]").click()


def step_over(page: Page, title: str) -> None:
    """End the step that is open, from the page of the period."""
    page.get_by_role("link", name="Xong bước này").click()
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.get_by_text(f"Đã xong bước “{title}”.")).to_be_visible()


def line_of(page: Page, title: str) -> Locator:
    """A line of a slip."""
    return page.get_by_role("region", name=title, exact=True)


def grade_of(page: Page, name: str) -> Locator:
    """The row of somebody in a table."""
    return page.get_by_role("row", name=re.compile(f"^{name}"))
