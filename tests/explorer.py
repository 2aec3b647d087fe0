"""Walks through the product as one person: every page, the links between them, and the forms they offer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

from werkzeug.exceptions import HTTPException

from tests.html_forms import Form, forms_in

LINK = re.compile(r'href="(/[^"?#]*\?[^"#]+)')


EXAMPLES = (
    ("exam_on", ""),
    ("cpr", "010190-1234"),
    ("phone", "20 00 00 00"),
    ("postcode", "6200"),
    ("code", "0999"),
    ("mail", "nogen@example.org"),
    ("time", "09:00"),
    ("minimum", "1"),
    ("capacity|count|minutes|hours|half_days|_days|score|version|rank", "4"),
    ("day|_on|_by|since|until|igu_start", "2026-12-01"),
)
"""What somebody might write in a field whose name has this part."""


@dataclass
class Found:
    """What one person comes across, by endpoint: forms as last offered, what links and filters ask."""

    forms: dict[str, Form] = field(default_factory=dict)
    asked: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def explore(application, read: Callable[[str], str], paths: Iterable[str]) -> Found:
    """Read these pages, and each kind of link with a question that they lead to, once."""
    found, known = Found(), set()
    waiting = list(paths)
    for path in waiting:
        text = read(path)
        links = [unescape(link) for link in LINK.findall(text)]
        for form in forms_in(text):
            address = form.action or path
            endpoint = endpoint_of(application, address, form.method.upper())
            if form.method == "post":
                found.forms[endpoint] = form
            else:
                found.asked[endpoint].update(form.offered)
                links.append(f"{address}?{urlencode(plausible(form))}")
        for link in links:
            names = frozenset(name for name, _value in parse_qsl(urlsplit(link).query))
            kind = (endpoint_of(application, link, "GET"), names)
            found.asked[kind[0]].update(names)
            if kind not in known:
                known.add(kind)
                waiting.append(link)
    return found


def endpoint_of(application, address: str, method: str) -> str:
    """Where an address leads; empty for nowhere."""
    try:
        return application.url_map.bind("localhost").match(urlsplit(address).path, method)[0]
    except HTTPException:
        return ""


def plausible(form: Form) -> dict[str, str]:
    """The form as somebody might send it: what stands there, else what is offered, else an example."""
    standing = {name: value for name, value in form.fields if value.strip()}
    return {name: standing.get(name) or _example(name, given) for name, given in form.offered.items()}


def _example(name: str, offered: list[str]) -> str:
    chosen = next((value for value in offered if value), "")
    return chosen or next((example for part, example in EXAMPLES if re.search(part, name)), "Ord")
