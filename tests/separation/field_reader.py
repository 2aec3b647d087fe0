"""Reads what a page, a file or a letter tells of whom: words alone, and words beside a person."""

from __future__ import annotations

import re
from collections import defaultdict
from html import unescape
from io import BytesIO
from zipfile import ZipFile, is_zipfile

from tests.separation.field_world import WISHED, Person

TOKENS = re.compile(
    r"[A-Za-zÆØÅæøå]+xq\d\dz"
    r"|\b\d{6}-?\d{4}\b|\b\d{6}-\*{4}|\b7[12]\d{2}000[12]\b|\b9\d\d9\b"
    r"|\b\d{4}-\d\d-\d\d\b|\b\d\d-\d\d-\d{4}\b|\b\d{1,2}\.\d{1,2}\.\d{2,4}\b"
    r"|\b\d{1,2}\. [a-zæøå]+\.? \d{4}\b"
)
LINE = re.compile(r"<(?:tr|li)\b")
LINE_ENDS = re.compile(r"</(?:tr|li)>")
FORMS = re.compile(r"<form\b.*?</form>", re.DOTALL)
LISTS = re.compile(r"<select\b.*?</select>|<textarea\b.*?</textarea>", re.DOTALL)
BESIDE = {
    "scheme": re.compile(r"\bIGU\b(?!-)|;igu;"),
    "level": re.compile(r"Prøve i Dansk 3|\bpd3\b|\bPD3\b"),
    "needs": re.compile(r"\btolk\b"),
    "need_count": re.compile(r"\b2 behov\b"),
    "wishes": re.compile(WISHED),
    "municipality": re.compile("Haderslev"),
    "minutes": re.compile(r'\b37 min|value="37"|>37<'),
    "cause": re.compile("egen sygdom", re.IGNORECASE),
    "lawfulness": re.compile("ulovligt"),
    "practice_days": re.compile("onsdag", re.IGNORECASE),
    "most_travel_minutes": re.compile(r'\b173 min|value="173"|>173<|;173\b'),
}
"""Words many people have: they tell something only where they stand beside a person."""

Sightings = dict[tuple[int, str], set[str]]


class Reader:
    """Collects, per person and field, the addresses where it was seen."""

    def __init__(self, people: tuple[Person, ...]) -> None:
        self.people = {person.number: person for person in people}
        self.known = {
            word: (person.number, name)
            for person in people
            for name, words in person.words.items()
            for word in words
        }
        self.seen: Sightings = defaultdict(set)

    def read(self, address: str, text: str, about: Person | None = None) -> None:
        """Note what stands in a text; `about` is whose page it is, if it is one person's."""
        for person, name in self.found(text):
            self.seen[person, name].add(address)
        if about is not None:
            main = text.partition("<main")[2] or text
            self._beside(address, FORMS.sub(" ", main), about.number)
        for line in lines_of(text):
            named = {person for person, name in self.found(line) if name in {"name", "code"}}
            for number in named if len(named) == 1 else ():
                self._beside(address, LISTS.sub(" ", line), number)

    def found(self, text: str) -> set[tuple[int, str]]:
        """The fields whose words stand in a text, and whose they are."""
        tokens = {match.group() for match in TOKENS.finditer(unescape(text))}
        return {self.known[token] for token in tokens if token in self.known}

    def _beside(self, address: str, text: str, number: int) -> None:
        for name, pattern in BESIDE.items():
            if pattern.search(text):
                self.seen[number, name].add(address)


def lines_of(text: str) -> list[str]:
    """The innermost rows and list items of a page; of a file its lines."""
    parts = LINE.split(text)[1:]
    return [LINE_ENDS.split(part, maxsplit=1)[0] for part in parts] or text.splitlines()


def text_of(answer) -> str:
    """What an answer says; a workbook is unpacked, for a leak in it is a leak too."""
    if is_zipfile(BytesIO(answer.data)):
        with ZipFile(BytesIO(answer.data)) as packed:
            return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    return answer.get_data(as_text=True)
