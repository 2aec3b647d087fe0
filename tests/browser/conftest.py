"""A Chromium that drives the product in its own processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.browser.person import Person
from tests.chromium import ARGUMENTS, MISSING, find_chromium
from tests.served import PATIENCE_SECONDS, Served


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
    expect.set_options(timeout=PATIENCE_SECONDS * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def person(chromium: Browser, served: Served) -> Iterator[Callable[..., Person]]:
    """`person(Jobcenter, javascript=False)`: a new browser with nothing remembered."""
    contexts: list[BrowserContext] = []

    def sit_down(kind: type[Person] = Person, *, javascript: bool = True, width: int = 1280) -> Person:
        context = chromium.new_context(
            java_script_enabled=javascript, locale="da-DK", viewport={"width": width, "height": 900}
        )
        context.set_default_timeout(PATIENCE_SECONDS * 1000)
        contexts.append(context)
        return kind(context, served, javascript=javascript)

    yield sit_down
    for context in contexts:
        context.close()
