"""People without a browser: cookies, the forms of the pages they read, and nothing a script would add."""

from __future__ import annotations

import http.client
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import unescape
from http.cookies import SimpleCookie
from threading import Barrier
from urllib.parse import urlencode, urlsplit

from tests.conftest import PASSWORD
from tests.html_forms import Fields, Form, form_in
from tests.served import PATIENCE_SECONDS

NOT_REACHED = (OSError, http.client.HTTPException)
"""What a person meets while the product is down."""


@dataclass(frozen=True)
class Page:
    """What the product answered."""

    status: int
    text: str
    location: str

    @property
    def words(self) -> str:
        """The text without its markup."""
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", self.text)).split())

    def form(self, action: str = "") -> Form:
        """The form that is sent to an address that ends like this."""
        return form_in(self.text, action)


class Person:
    """Someone with a login of their own."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.cookies: dict[str, str] = {}

    def log_in(self, actor) -> Person:
        """As that account."""
        form = self.get("/login").form("/login")
        fields = form.filled(email=f"user{actor.user_id}@example.org", password=PASSWORD)
        answer = self.post("/login", fields)
        assert answer.status == 302, answer.words
        return self

    def twin(self) -> Person:
        """The same browser, a second tab."""
        other = Person(self.url)
        other.cookies = dict(self.cookies)
        return other

    def get(self, path: str) -> Page:
        """Open a page."""
        return self._ask("GET", path)

    def post(self, path: str, fields: Fields, **headers: str) -> Page:
        """Send a form from one of the product's own pages; raises NOT_REACHED while the product is down."""
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.url}
        return self._ask("POST", path, urlencode(fields), **{**kind, **headers})

    def _ask(self, method: str, path: str, body: str | None = None, **headers: str) -> Page:
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=PATIENCE_SECONDS)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body, {"Cookie": cookie, "Accept": "text/html", **headers})
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return Page(answer.status, text, answer.headers.get("Location", ""))


def together(deeds: Sequence[Callable[[], Page]]) -> list[Page]:
    """Everybody presses at the same moment."""
    start = Barrier(len(deeds))

    def press(deed: Callable[[], Page]) -> Page:
        start.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(press, deeds))
