"""A Chromium that drives the product in its own processes, and the checks every page it passes must stand."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.chromium import ARGUMENTS, MISSING, find_chromium
from tests.conftest import PASSWORD, environ
from tests.databases import Cluster
from tests.served import Served, serve

AXE_RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = find_chromium()
    if program is None:
        if os.environ.get("REQUIRE_TOOLS"):
            raise RuntimeError(MISSING)
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def served(app, cluster: Cluster, tmp_path: Path, now: datetime) -> Iterator[Served]:
    """Two web processes and one clock on the database of this run, with the rows every test starts from."""
    mail = {"COORDINATION_MAIL_FOLDER": str(tmp_path / "mail")}
    with serve(environ(DATABASE_URL=cluster.app_url, **mail), tmp_path, now) as running:
        yield running


class Person:
    """Someone at a browser of their own."""

    def __init__(self, context: BrowserContext, served: Served) -> None:
        self.page: Page = context.new_page()
        self.served = served
        self.seen: set[str] = set()

    def log_in(self, actor) -> Person:
        self.go("/login")
        self.page.get_by_label("E-mail").fill(f"user{actor.user_id}@example.org")
        self.page.get_by_label("Adgangskode", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Log ind").click()
        self.page.wait_for_url(f"{self.served.url}/")
        self.check()
        return self

    def go(self, path: str) -> None:
        answer = self.page.goto(self.served.url + path)
        assert answer is not None
        assert answer.status < 400, (path, answer.status)
        self.check()

    def check(self) -> None:
        """No page may fail axe; each kind of page is checked once per person."""
        kind = re.sub(r"\d+", "#", self.page.url.removeprefix(self.served.url)).partition("?")[0]
        if kind in self.seen:
            return
        self.seen.add(kind)
        found = Axe().run(self.page, options=AXE_RULES)
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"


@pytest.fixture
def person(chromium: Browser, served: Served) -> Iterator[Callable[..., Person]]:
    """`person(javascript=False)`: a new browser with nothing remembered."""
    contexts: list[BrowserContext] = []

    def sit_down(*, javascript: bool = True, width: int = 1280) -> Person:
        context = chromium.new_context(
            java_script_enabled=javascript, locale="da-DK", viewport={"width": width, "height": 900}
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Person(context, served)

    yield sit_down
    for context in contexts:
        context.close()
