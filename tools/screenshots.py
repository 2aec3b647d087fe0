"""Pictures of every page with the demonstration's data, for people to look at.

`.venv-test/bin/python -m tools.screenshots` walks through the product as each role and takes every page, on a
desk and on a phone, into build/screenshots; `--readme` takes the few that the README shows.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from flask_migrate import upgrade
from playwright.sync_api import Browser, Error, Page, Response, sync_playwright

from app import create_app
from config import settings_from
from coordination.jobs import proposals
from tests.chromium import ARGUMENTS, MISSING, find_chromium
from tests.conftest import environ
from tests.served import serve
from tools.console import Stop, say
from tools.environment import ROOT

WEDNESDAY = datetime(2026, 11, 25, 9, 40, tzinfo=UTC)
WIDTHS = {"desk": 1280, "phone": 390}
EACH = 6  # visits to pages of one kind, in search of states not seen yet
NOT_PAGES = ("/static", "/health", "/logout")


@contextmanager
def product() -> Iterator[tuple[str, dict[str, str], str]]:
    """A running product with demonstration data: its address, one e-mail per login's name, their password."""
    with tempfile.TemporaryDirectory(prefix="screenshots-") as name:
        folder = Path(name)
        variables = environ(
            DATABASE_URL=f"sqlite:///{folder / 'demo.sqlite3'}", COORDINATION_MAIL_FOLDER=str(folder / "mail")
        )
        emails, password = _demo(variables)
        with serve(variables, folder, WEDNESDAY) as served:
            yield served.url, emails, password


def _demo(variables: dict[str, str]) -> tuple[dict[str, str], str]:
    app = create_app(settings_from(variables))
    app.config["CLOCK"] = lambda: WEDNESDAY
    with app.app_context():
        upgrade()
    shell = app.test_cli_runner()
    shell.invoke(args=["demo", "load"], catch_exceptions=False)
    proposals.work_off(app)
    lines = shell.invoke(args=["demo", "logins"], catch_exceptions=False).output.splitlines()
    logins = [line.split() for line in lines if line.count("@") == 1]
    return {email.partition("@")[0]: email for _role, email, _password in logins}, logins[0][2]


class Walk:
    """One person's way through all pages they can reach."""

    def __init__(self, page: Page, url: str, folder: Path, who: str) -> None:
        self.page, self.url, self.folder, self.who = page, url, folder, who
        self.visits: Counter[str] = Counter()
        self.taken: set[str] = set()

    def log_in(self, email: str, password: str, language: str) -> None:
        """From the log-in page to the start page."""
        self.page.goto(f"{self.url}/login")
        self.page.locator("#email").fill(email)
        self.page.locator("#password").fill(password)
        self.page.locator("main button[type=submit]").click()
        self.page.wait_for_url(f"{self.url}/")
        if language != "da":
            self.page.locator(f".languages button[lang={language}]").click()

    def all_pages(self, *first: str) -> None:
        """Every page that a link leads to, once per kind and state."""
        waiting, known = list(first), set(first)
        while waiting:
            path = waiting.pop(0)
            if self.visits[kind_of(path)] >= EACH:
                continue
            self.visits[kind_of(path)] += 1
            answer = self.visit(path)
            if answer is None:
                continue
            self.take(path, answer)
            for link in self.page.locator("a[href^='/']").evaluate_all(
                "(all) => all.map((a) => a.getAttribute('href'))"
            ):
                target = link.partition("#")[0]
                if target not in known and not target.startswith(NOT_PAGES):
                    known.add(target)
                    waiting.append(target)

    def visit(self, path: str) -> Response | None:
        """Open a page; nothing where the link is to a file."""
        try:
            return self.page.goto(self.url + path)
        except Error as error:
            if "Download is starting" not in error.message:
                raise
            return None

    def take(self, path: str, answer: Response, more: str = "") -> None:
        """The page at both widths, unless one of its kind in the same state was taken."""
        states = self.page.locator("main .lead .state")
        words = [kind_of(path), states.first.inner_text() if states.count() else "", more]
        name = (
            re.sub(r"[^0-9a-zæøå#]+", "-", "-".join(filter(None, words)).lower()).strip("-").replace("#", "n")
        )
        if name in self.taken:
            return
        self.taken.add(name)
        if answer.status >= 400 and not more:  # noqa: PLR2004 (the first error code)
            say(f"{answer.status} {self.who} {path}", error=True)
        for place, width in WIDTHS.items():
            self.page.set_viewport_size({"width": width, "height": 900})
            picture = self.folder / f"{self.who}-{name or 'start'}-{place}.png"
            self.page.screenshot(path=picture, full_page=True)

    def refused_forms(self) -> None:
        """Every form sent empty: what a page looks like when it says no."""
        for path in FORMS:
            self.page.goto(self.url + path)
            forms = self.page.locator("main form.form[method=post] [type=submit]")
            if forms.count():
                with self.page.expect_navigation() as moved:
                    forms.first.click()
                if moved.value.status == 422:  # noqa: PLR2004 (a form with errors)
                    self.take(path, moved.value, "refused")


FORMS = (
    "/candidates/new",
    "/candidates/50/nominate",
    "/exchange/candidates",
    "/course-runs/3/cancellation",
    "/improvements/1",
    "/accounts/new?role=school",
    "/change",
)


def kind_of(path: str) -> str:
    """A page's address without its numbers, and with what its query asks but not for which."""
    base, _, query = path.partition("?")
    asked = sorted({part.partition("=")[0] for part in query.split("&") if part} - {"page", "sort"})
    return "-".join([re.sub(r"\d+", "#", base), *asked])


@contextmanager
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    program = find_chromium()
    if program is None:
        raise Stop(MISSING)
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=program, args=list(ARGUMENTS), env={"LANGUAGE": "da"}
        )


WALKS = {
    "koordinator": "coordinator",
    "aabenraa": "jobcenter",
    "eucsyd": "school",
    "sosusyd": "other-school",
    "leder": "leader",
    "admin": "admin",
}
OPEN_PAGES = ("/login", "/reset", "/accessibility", "/invitations/unknown", "/nothing-here")


def every_page(folder: Path, language: str) -> None:
    """All pages of all roles."""
    folder.mkdir(parents=True, exist_ok=True)
    with product() as (url, emails, password), browser() as chromium:
        nobody = Walk(_page(chromium), url, folder, "nobody")
        for path in OPEN_PAGES:
            answer = nobody.page.goto(url + path)
            nobody.take(path, answer, "open")
        walks = []
        for login, who in WALKS.items():
            walk = Walk(_page(chromium), url, folder, who)
            walk.log_in(emails[login], password, language)
            walk.all_pages("/", "/change", "/permissions")
            walks.append(walk)
        for walk in walks:
            walk.refused_forms()
        say(f"{sum(len(walk.taken) for walk in walks)} pages at {len(WIDTHS)} widths in {folder}")


def _page(chromium: Browser) -> Page:
    context = chromium.new_context(locale="da-DK", reduced_motion="reduce")
    context.set_default_timeout(15_000)
    return context.new_page()


FIRST_ROW = "main tbody th a"
README = {
    "today": ("koordinator", "/", (), "desk"),
    "pool": ("koordinator", "/", ("a.button:has-text('Find deltagere')",), "desk"),
    "candidate": ("aabenraa", "/candidates?state=accepted", ("main tbody th a",), "desk"),
    "school-hours": (
        "aabenraa",
        "/candidates?state=accepted",
        ("main tbody th a", "main a:has-text('Skoletimer')"),
        "desk",
    ),
    "register": ("eucsyd", "/", ("main .work-list-end a.button",), "phone"),
    "follow-up": ("aabenraa", "/follow-ups", (FIRST_ROW,), "desk"),
    "evaluation": ("koordinator", "/evaluations", (FIRST_ROW,), "desk"),
    "allocation": ("koordinator", "/proposals", (FIRST_ROW,), "desk"),
    "calendar": ("koordinator", "/calendar?month=2027-01", (), "desk"),
    "next-run": (
        "koordinator",
        "/course-runs?state=draft",
        ("main tbody th a", ".page-actions a.button"),
        "desk",
    ),
}


def for_readme(folder: Path) -> None:
    """The pictures of the README: the first screen of each, small."""
    folder.mkdir(parents=True, exist_ok=True)
    with product() as (url, emails, password), browser() as chromium:
        for name, (login, path, clicks, place) in README.items():
            page = _page(chromium)
            page.set_viewport_size({"width": WIDTHS[place], "height": 900})
            Walk(page, url, folder, name).log_in(emails[login], password, "da")
            page.goto(url + path)
            for selector in clicks:
                page.locator(selector).first.click()
                page.wait_for_load_state()
            page.screenshot(path=folder / f"{name}.png")
            page.context.close()


def main() -> int:
    """Say what is wanted on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.screenshots", description=__doc__)
    parser.add_argument(
        "--readme", action="store_true", help="only the README's pictures, into docs/screenshots"
    )
    parser.add_argument("--language", choices=("da", "en"), default="da")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "screenshots")
    asked = parser.parse_args()
    try:
        if asked.readme:
            for_readme(ROOT / "docs" / "screenshots")
        else:
            every_page(asked.folder, asked.language)
    except Stop as reason:
        say(str(reason), error=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
