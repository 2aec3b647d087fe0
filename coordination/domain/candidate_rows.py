"""A row of a candidate list read into facts: what it says about whom, and everything that is wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from coordination.domain.candidate_cells import (
    is_broken,
    is_formula,
    read_day,
    read_exam,
    read_group,
    read_minutes,
    read_module,
    read_scheme,
    read_sectors,
    read_track,
    read_weekdays,
    squash,
)
from coordination.domain.candidate_columns import COLUMNS, HEADINGS, REQUIRED
from coordination.domain.candidates import Cpr, parse_cpr
from coordination.domain.errors import Facts, Invalid, Refused

MAX_ROWS = 5000
NO_SECTORS: tuple[int, ...] = ()
TEXTS = ("name", "phone", "email", "address", "postcode", "town", "employer", "vitas_reference")
READERS: Mapping[str, Callable[[str], object]] = {
    "scheme": read_scheme,
    "igu_start": read_day,
    "residence_since": read_day,
    "target_group": read_group,
    "danish_track": read_track,
    "danish_module": read_module,
    "danish_exam": read_exam,
    "danish_exam_on": read_day,
    "practice_days": lambda text: list(read_weekdays(text)),
    "most_travel_minutes": read_minutes,
}


@dataclass(frozen=True)
class RowError:
    """What is wrong in a row, in which column ("" is the whole row), as a code."""

    row: int
    column: str
    code: str
    facts: Facts = field(default_factory=dict)


class RowWarning(RowError):
    """What looks odd but does not stop the import."""


@dataclass(frozen=True)
class ReadRow:
    """What a row says: the person, the facts it names (an empty cell names none), the sectors wished for."""

    number: int
    cpr: Cpr | None
    given: Mapping[str, Any]
    sector_ids: tuple[int, ...]
    errors: tuple[RowError, ...] = ()
    warnings: tuple[RowWarning, ...] = ()


@dataclass
class _Reading:
    """A row while it is read: its cells by fact, and the first error of each."""

    number: int
    cells: Mapping[str, str]
    errors: dict[str, RowError] = field(default_factory=dict)

    def fail(self, name: str, code: str, facts: Facts | None = None) -> None:
        error = RowError(self.number, HEADINGS.get(name, ""), code, facts or {})
        self.errors.setdefault(name, error)

    def read(self, name: str, parse: Callable[[str], Any], otherwise: Any = None) -> Any:
        text = self.cells.get(name, "")
        if name in self.errors or not text:
            return otherwise
        try:
            return parse(text)
        except Refused as refused:
            self.fail(name, refused.code, refused.facts)
        except Invalid as invalid:
            self.fail(name, *invalid.errors[name])
        return otherwise


def sector_keys(sectors: Mapping[str, int]) -> dict[str, int]:
    """Sector ids by name and code, however they are written."""
    return {squash(name): sector_id for name, sector_id in sectors.items()}


def read_row(
    number: int,
    cells: Sequence[str],
    *,
    places: Mapping[str, int],
    width: int,
    sectors: Mapping[str, int],
    today: date,
) -> ReadRow:
    """What a row says, with `places` of the columns among `width` headings and ids by sector_keys().

    Never raises on bad input. Cells beyond the headings mean that others may stand in the wrong column.
    """
    texts = {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}
    row = _Reading(number, texts)
    if any(cell.strip() for cell in cells[width:]):
        row.fail("", "row.too_many_cells")
    _check_cells(row)
    cpr = row.read("cpr", lambda text: parse_cpr(text, today))
    given: dict[str, Any] = {
        name: text for name in TEXTS if (text := texts.get(name)) and name not in row.errors
    }
    for name, reader in READERS.items():
        value = row.read(name, reader)
        if value is not None:
            given[name] = value
    sector_ids = row.read("wishes", lambda text: read_sectors(text, sectors), NO_SECTORS)
    return ReadRow(
        number,
        cpr,
        given,
        sector_ids,
        errors=in_order(row.errors.values()),
        warnings=tuple(RowWarning(number, HEADINGS["cpr"], code) for code in (cpr.warnings if cpr else ())),
    )


def in_order(errors: Iterable[RowError]) -> tuple[RowError, ...]:
    """The errors of a row in the order of the template's columns."""
    order = {column.heading: place for place, column in enumerate(COLUMNS)}
    return tuple(sorted(errors, key=lambda error: order.get(error.column, len(order))))


def number_in(cells: Sequence[str], place: int, today: date) -> str:
    """The CPR number of a row, empty if it cannot be read."""
    try:
        return parse_cpr(cells[place].strip(), today).number if place < len(cells) else ""
    except Refused:
        return ""


def find_twins(numbers: Iterable[tuple[int, str]]) -> dict[int, int]:
    """The same number twice is told on every row that has it: row to the first other row."""
    first: dict[str, int] = {}
    twins: dict[int, int] = {}
    for row, number in numbers:
        if number and first.setdefault(number, row) != row:
            twins[row] = first[number]
            twins.setdefault(first[number], row)
    return twins


def _check_cells(row: _Reading) -> None:
    for name, text in row.cells.items():
        if not text and name in REQUIRED:
            row.fail(name, "cell.missing")
        elif is_broken(text):
            row.fail(name, "cell.broken")
        elif is_formula(name, text):
            row.fail(name, "cell.formula")
