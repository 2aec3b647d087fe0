"""Someone at a browser of their own, who reads every page as a demanding reader would."""

from __future__ import annotations

import re
import time

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, Response, expect

from tests.conftest import PASSWORD
from tests.served import PATIENCE_SECONDS, Served

AXE_RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
NARROW = (390, 320)
"""A phone, and a desk at 400 % zoom."""
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1
                   && !e.closest(".sr-only, .table-wrap"))
    .slice(0, 5).map((e) => e.outerHTML.slice(0, 120))"""

TWICE = """() => [...document.querySelectorAll("[id]:not([type=hidden])")].map((e) => e.id)
    .filter((id, place, all) => all.indexOf(id) !== place)"""


class Person:
    """Clicks, types and reads; every kind of page met is checked once, and once more when it shows errors."""

    def __init__(self, context: BrowserContext, served: Served, *, javascript: bool) -> None:
        self.page: Page = context.new_page()
        self.served = served
        self.javascript = javascript
        self.seen: set[tuple[str, bool]] = set()

    def log_in(self, actor) -> Person:
        """As that account, to the start page."""
        self.go("/login")
        self.fill("E-mailadresse", f"user{actor.user_id}@example.org")
        self.fill("Adgangskode", PASSWORD)
        self.press("Log ind")
        self.page.wait_for_url(f"{self.served.url}/")
        return self

    def go(self, path: str) -> None:
        """Open an address."""
        answer = self.page.goto(self.served.url + path)
        assert answer is not None
        self._arrived(answer, 200)

    def press(self, name: str, within: Locator | None = None, *, status: int = 200) -> None:
        """Press the first button, or follow the first link, of that name; another page comes."""
        place = within or self.page.locator("main")
        target = place.get_by_role("button", name=name).or_(place.get_by_role("link", name=name)).first
        with self.page.expect_navigation() as moved:
            target.click()
        self._arrived(moved.value, status)

    def refused(self, name: str, *sentences: str, within: Locator | None = None) -> None:
        """Press a button and read why nothing was saved: on top, as links, and in the title of the page."""
        self.press(name, within, status=422)
        assert self.page.title().startswith("Fejl:"), self.page.title()
        summary = self.page.locator(".error-summary")
        for sentence in sentences:
            expect(summary).to_contain_text(sentence)
        if self.javascript:
            expect(summary).to_be_focused()

    def fill(self, label: str, text: str, within: Locator | None = None) -> None:
        """Type into the field of that label."""
        self.field(label, within).fill(text)

    def choose(self, label: str, option: str) -> None:
        """Choose from a list."""
        self.field(label).select_option(label=option)

    def tick(self, label: str, within: Locator | None = None) -> None:
        """Set a box or a radio button."""
        self.field(label, within).check()

    def field(self, label: str, within: Locator | None = None) -> Locator:
        """The field with exactly that label, with or without the star of what must be filled in."""
        whole = re.compile(rf"^\s*{re.escape(label)}(\s*\*)?(\s*skal udfyldes)?\s*$")
        return (within or self.page.locator("main")).get_by_label(whole)

    def row(self, text: str) -> Locator:
        """The line of a table, list or register that says this."""
        lines = self.page.locator("main").locator("tbody tr, li, .register-row, .panel")
        return lines.filter(has_text=text).last

    def reads(self, *texts: str, within: Locator | None = None) -> None:
        """Each of the texts stands on the page."""
        for text in texts:
            expect(within or self.page.locator("main")).to_contain_text(text)

    def reads_nothing_of(self, *texts: str) -> None:
        """None of the texts stands anywhere in what the browser got."""
        for text in texts:
            assert text not in self.page.content(), (self.page.url, text)

    def waits_for(self, path: str, text: str) -> None:
        """Load a page again until the clock has done its work."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            self.go(path)
            if self.page.locator("main").get_by_text(text).count():
                return
            self.page.wait_for_timeout(500)
        raise AssertionError(f"{path}: {text!r} never came\n{self.page.locator('main').inner_text()}")

    def _arrived(self, answer: Response, status: int) -> None:
        assert answer.status == status, (answer.request.method, self.page.url, answer.status, self.said)
        self.check(error=status != 200)

    @property
    def said(self) -> str:
        """What stands on the page."""
        return self.page.locator("main").inner_text()

    def check(self, *, error: bool = False) -> None:
        """Accessible, titled, with one heading, and nothing beyond the edge of a narrow screen."""
        kind = re.sub(r"\d+", "#", self.page.url.removeprefix(self.served.url)).partition("?")[0], error
        if kind in self.seen:
            return
        self.seen.add(kind)
        assert re.fullmatch(r".+ – Brancheforløb", self.page.title()), self.page.title()
        assert self.page.locator("h1").count() == 1, self.page.url
        assert self.page.evaluate(TWICE) == [], self.page.url
        if self.javascript:  # axe is a script itself; without scripts the same pages come from the server
            found = Axe().run(self.page, options=AXE_RULES)
            assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"
            self._check_narrow()

    def _check_narrow(self) -> None:
        usual = self.page.viewport_size
        assert usual is not None
        for width in NARROW:
            self.page.set_viewport_size({"width": width, "height": 800})
            beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            if self.page.evaluate(beyond) > 0:
                raise AssertionError(f"{self.page.url} at {width} px: {self.page.evaluate(TOO_WIDE)}")
        self.page.set_viewport_size(usual)
