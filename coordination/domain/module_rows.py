"""A file with modules, row by row: which column holds what, what a row says, and all that is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from coordination.domain.candidate_cells import is_broken, is_formula, read_exam, squash
from coordination.domain.candidate_columns import Column
from coordination.domain.candidate_rows import RowError
from coordination.domain.candidates import DanishExam
from coordination.domain.errors import Facts, Invalid, Refused
from coordination.domain.tracks import ModuleFacts, TeachingKind, settle_module

COLUMNS = (
    Column("kode", "code", "D0001", names="amukode fagkode kursuskode skolefag coursecode modulkode nummer"),
    Column(
        "titel", "title", "Hygiejne i køkkenet", required=True, names="navn kursus fag modul kursusnavn name"
    ),
    Column("art", "kind", "AMU", names="undervisningsart undervisningensart skoleform teachingkind type"),
    Column("AMU", "amu", "ja", names="eramu amukursus"),
    Column("dage", "days", "2", names="antaldage varighed varighedidage kursusdage længde"),
    Column("timer", "hours", "14,8", names="timetal undervisningstimer antaltimer undervisning"),
    Column("danskprøve", "exam", "PD1", names="prøve sprogkrav dansk danskkrav language exam_needed"),
)
HEADINGS = {column.field: column.heading for column in COLUMNS}
MOST_MODULES = 200
ENOUGH = 2  # headings we know make a row of headings
LOOKED_AT = 10
DAY_MINUTES = 444  # 7 hours and 24 minutes: a day of an AMU course
_KNOWN = {
    squash(name): column.field
    for column in COLUMNS
    for name in (column.heading, column.field, *column.names.split())
}
_KINDS = {
    "amu": TeachingKind.AMU,
    "arbejdsmarkedsuddannelse": TeachingKind.AMU,
    "fvu": TeachingKind.FVU,
    "avu": TeachingKind.AVU,
    "hf": TeachingKind.HF,
    "hfenkeltfag": TeachingKind.HF,
    "fgu": TeachingKind.FGU,
    "danskuddannelse": TeachingKind.DANISH,
    "dansk": TeachingKind.DANISH,
    "danish": TeachingKind.DANISH,
    "andet": TeachingKind.OTHER,
    "anden": TeachingKind.OTHER,
    "other": TeachingKind.OTHER,
}
_YES = {"ja", "j", "x", "sand", "true", "yes", "amu", "1"}
_NO = {"nej", "n", "falsk", "false", "no", "0", "ejamu", "ikkeamu"}
_DECIMAL = re.compile(r"(\d{1,4})(?:[.,](\d{1,2}))?(?:t|timer|h|d|dage|dag)?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,4})(?::|t|h|timer)([0-5]?\d)(?::00|m|min|minutter)?", re.ASCII)
_AMU_CODE = re.compile(r"\d{5}|D\d{4}", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class ReadModule:
    """What a row says, or everything that is wrong in it."""

    number: int
    title: str
    code: str
    facts: ModuleFacts | None
    errors: tuple[RowError, ...]


@dataclass
class _Reading:
    number: int
    cells: Mapping[str, str]
    errors: dict[str, RowError] = field(default_factory=dict)

    def fail(self, name: str, code: str, facts: Facts | None = None) -> None:
        self.errors.setdefault(name, RowError(self.number, HEADINGS.get(name, ""), code, facts or {}))

    def read(self, name: str, parse: Callable[[str], Any]) -> Any:
        text = self.cells.get(name, "")
        if not text or name in self.errors:
            return None
        try:
            return parse(text)
        except Refused as refused:
            self.fail(name, refused.code, refused.facts)
            return None


def guess(heading: str) -> str | None:
    """The fact a heading names, if it is one of the names we know."""
    return _KNOWN.get(squash(heading))


def likely(cells: Sequence[str]) -> bool:
    """True for a row in which several cells are headings we know."""
    return len({guess(cell) for cell in cells if cell} - {None}) >= ENOUGH


def read_kind(text: str) -> TeachingKind:
    """A teaching kind by its name; Refused("cell.kind") for any other word."""
    if squash(text) not in _KINDS:
        raise Refused("cell.kind")
    return _KINDS[squash(text)]


def read_yes(text: str) -> bool:
    """Yes or no in any of the ways people write it; else Refused("cell.yes")."""
    word = squash(text)
    if word not in _YES | _NO:
        raise Refused("cell.yes")
    return word in _YES


def read_half_days(text: str) -> int:
    """Days as 2 or 2,5, in half days; Refused("cell.days") for anything else."""
    found = _DECIMAL.fullmatch("".join(text.casefold().split()))
    half = {"": 0, "0": 0, "00": 0, "5": 1, "50": 1}.get((found[2] or "") if found else "-")
    if found is None or half is None:
        raise Refused("cell.days")
    return int(found[1]) * 2 + half


def read_hours(text: str) -> int:
    """Hours as 14,8 or 14:48 or 14 t 48 min, in minutes; Refused("cell.hours") for anything else."""
    small = "".join(text.casefold().split())
    if found := _DECIMAL.fullmatch(small):
        return int(found[1]) * 60 + round(float(f"0.{found[2] or 0}") * 60)
    if found := _CLOCK.fullmatch(small):
        return int(found[1]) * 60 + int(found[2])
    raise Refused("cell.hours")


def read_module(number: int, cells: Mapping[str, str]) -> ReadModule:
    """What a row with these cells says; never raises on bad input."""
    row = _Reading(number, {name: text.strip() for name, text in cells.items()})
    _check_cells(row)
    kind = _kind(row)
    half_days = row.read("days", read_half_days)
    if half_days is None:
        row.fail("days", "cell.missing")
    minutes = row.read("hours", read_hours)
    if minutes is None and kind is TeachingKind.AMU:
        minutes = (half_days or 0) * DAY_MINUTES // 2
    elif minutes is None:
        row.fail("hours", "cell.missing")
    exam = row.read("exam", read_exam) or DanishExam.NONE
    code, title = row.cells.get("code", ""), row.cells.get("title", "")
    facts = _settled(row, ModuleFacts(code, title, kind, half_days or 0, minutes or 0, exam))
    order = [*HEADINGS.values(), ""]
    errors = sorted(row.errors.values(), key=lambda error: order.index(error.column))
    return ReadModule(number, title, code.upper(), None if errors else facts, tuple(errors))


def _check_cells(row: _Reading) -> None:
    for name, text in row.cells.items():
        if is_broken(text):
            row.fail(name, "cell.broken")
        elif is_formula(name, text):
            row.fail(name, "cell.formula")


def _kind(row: _Reading) -> TeachingKind:
    """The kind a row names; by its code or its yes to AMU where it names none."""
    named, amu = row.read("kind", read_kind), row.read("amu", read_yes)
    if named is not None and amu is not None and amu != (named is TeachingKind.AMU):
        row.fail("amu", "cell.amu_and_kind")
    if isinstance(named, TeachingKind):
        return named
    by_code = amu is None and _AMU_CODE.fullmatch(row.cells.get("code", ""))
    return TeachingKind.AMU if amu or by_code else TeachingKind.OTHER


def _settled(row: _Reading, facts: ModuleFacts) -> ModuleFacts | None:
    """The facts as they would be stored; what the rules find is told beside what could not be read."""
    try:
        return settle_module(facts)
    except Invalid as invalid:
        for name, (code, more) in invalid.errors.items():
            row.fail({"half_days": "days"}.get(name, name), code, more)
    return None
