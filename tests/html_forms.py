"""The forms of a page, read as a browser without scripts reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

Fields = list[tuple[str, str]]
NEVER_SENT = {"button", "file", "image", "reset", "submit"}


@dataclass
class Form:
    """Where a form goes, what a browser would send unchanged, and the values to choose from in each field."""

    action: str
    method: str = "post"
    fields: Fields = field(default_factory=list)
    offered: dict[str, list[str]] = field(default_factory=dict)

    def filled(self, **values: str | list[str]) -> Fields:
        """The fields with these in place of what stood there."""
        kept = [(name, value) for name, value in self.fields if name not in values]
        lists = {name: value if isinstance(value, list) else [value] for name, value in values.items()}
        return kept + [(name, value) for name, given in lists.items() for value in given]


def forms_in(text: str) -> list[Form]:
    """Every form of a page."""
    reader = _Reader()
    reader.feed(text)
    return reader.forms


def form_in(text: str, action: str) -> Form:
    """The form with fields that is sent to an address that ends like this."""
    found = (form for form in forms_in(text) if form.fields)
    return next(form for form in found if form.action.partition("?")[0].endswith(action))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.inside = False
        self.name = ""
        self.text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
            self.inside = True
        elif self.inside and tag in {"select", "textarea"}:
            self.name = given.get("name", "")
            self.forms[-1].offered.setdefault(self.name, [])
            self.text = [] if tag == "textarea" else None
        elif self.inside and tag == "option":
            self._choice(self.name, given.get("value", ""), chosen="selected" in given)
        elif self.inside and tag == "input" and given.get("name"):
            self._input(given)

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.text is not None:
            self.forms[-1].fields.append((self.name, "".join(self.text).removeprefix("\n")))
            self.text = None
        elif tag == "form":
            self.inside = False

    def _input(self, given: dict[str, str]) -> None:
        kind, name, value = given.get("type", "text"), given["name"], given.get("value", "")
        if kind in {"radio", "checkbox"}:
            self._choice(name, value or "on", chosen="checked" in given)
        elif kind in NEVER_SENT:
            self.forms[-1].offered.setdefault(name, [])
        else:
            self.forms[-1].offered.setdefault(name, [])
            self.forms[-1].fields.append((name, value))

    def _choice(self, name: str, value: str, *, chosen: bool) -> None:
        self.forms[-1].offered.setdefault(name, []).append(value)
        if chosen:
            self.forms[-1].fields.append((name, value))
