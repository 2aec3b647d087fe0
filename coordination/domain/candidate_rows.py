"""A table of candidates read into a plan: what would be registered, and what is wrong where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from coordination.domain.calendar import parse_day
from coordination.domain.candidate_cells import (
    is_formula,
    read_exam,
    read_module,
    read_scheme,
    read_sectors,
    read_track,
    squash,
    text_of,
)
from coordination.domain.candidates import (
    CandidateFacts,
    Cpr,
    DanishExam,
    DanishLevel,
    Scheme,
    parse_cpr,
    settle_facts,
)
from coordination.domain.errors import Facts, Invalid, Refused

Cells = Mapping[Any, object]  # heading to text; cells beyond the headings arrive as a list under None
T = TypeVar("T")


@dataclass(frozen=True)
class Column:
    """A column of the template: its Danish heading, the fact it holds, and an example."""

    heading: str
    field: str
    example: str
    required: bool = False


COLUMNS = (
    Column("cpr", "cpr", "150390-0001", required=True),
    Column("navn", "name", "Eksempel Kandidat", required=True),
    Column("telefon", "phone", "+45 00 00 00 00"),
    Column("e-mail", "email", "kandidat@example.org"),
    Column("adresse", "address", "Eksempelvej 1"),
    Column("postnummer", "postcode", "6200"),
    Column("by", "town", "Aabenraa"),
    Column("ordning", "scheme", "IGU", required=True),
    Column("igu-start", "igu_start", "01-08-2026"),
    Column("arbejdsgiver", "employer", "Eksempel A/S"),
    Column("danskuddannelse", "track", "DU2"),
    Column("modul", "module", "3"),
    Column("prøve", "exam", "PD2"),
    Column("brancher", "wishes", "køkken og rengøring | social og sundhed"),
)
MAX_ROWS = 5000
NO_SECTORS: tuple[int, ...] = ()
FIRST_ROW = 2  # the headings stand on row 1, as in a spreadsheet
_HEADING = {column.field: column.heading for column in COLUMNS}


@dataclass(frozen=True)
class RowError:
    """What is wrong in a row (1 is the headings), in which column ("" is the whole row), as a code."""

    row: int
    column: str
    code: str
    facts: Facts = field(default_factory=dict)


class RowWarning(RowError):
    """What looks odd but does not stop the import."""


@dataclass(frozen=True)
class NewCandidate:
    """A candidate the import would register, with the sectors wished for, first wish first."""

    row: int
    cpr: Cpr
    facts: CandidateFacts
    sector_ids: tuple[int, ...]


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do; nothing may be registered while there are errors."""

    rows: tuple[NewCandidate, ...]
    errors: tuple[RowError, ...] = ()
    warnings: tuple[RowWarning, ...] = ()


@dataclass
class _Row:
    """One row while it is read: its cells by fact, and the first error of each."""

    number: int
    cells: Mapping[str, str]
    errors: dict[str, RowError] = field(default_factory=dict)
    cpr: Cpr | None = None

    def fail(self, name: str, code: str, facts: Facts | None = None) -> None:
        error = RowError(self.number, _HEADING.get(name, ""), code, facts or {})
        self.errors.setdefault(name, error)

    def read(self, name: str, parse: Callable[[str], T], otherwise: T) -> T:
        try:
            return parse(self.cells.get(name, "").strip())
        except Refused as refused:
            self.fail(name, refused.code, refused.facts)
        except Invalid as invalid:
            self.fail(name, *invalid.errors[name])
        return otherwise


def plan_import(table: Sequence[Cells], sectors: Mapping[str, int], today: date) -> ImportPlan:
    """The plan for a table of rows (heading to text); `sectors` gives the id of each sector code and name.

    Never raises on bad input: every problem is a row, a column and a code.
    """
    headings = [key for key in table[0] if key] if table else []
    unknown = [RowWarning(1, key, "column.unknown") for key in headings if key.strip() and not _field(key)]
    if errors := tuple(_table_errors(table, headings)):
        return ImportPlan((), errors, tuple(unknown))
    fields = {key: name for key in headings if (name := _field(key))}
    known = {squash(name): sector_id for name, sector_id in sectors.items()}
    numbered = [(number, cells) for number, cells in enumerate(table, start=FIRST_ROW) if _filled(cells)]
    read = [_read_row(number, cells, fields, known, today) for number, cells in numbered]
    rows = [row for row, _ in read]
    _mark_twins(rows)
    odd = [RowWarning(row.number, "cpr", code) for row in rows if row.cpr for code in row.cpr.warnings]
    return ImportPlan(
        rows=tuple(candidate for row, candidate in read if candidate and not row.errors),
        errors=tuple(error for row in rows for error in row.errors.values()),
        warnings=(*unknown, *odd),
    )


def _table_errors(table: Sequence[Cells], headings: Sequence[str]) -> Iterator[RowError]:
    if not any(_filled(cells) for cells in table):
        yield RowError(1, "", "table.empty")
        return
    if (rows := sum(map(_filled, table))) > MAX_ROWS:
        yield RowError(1, "", "table.too_long", {"rows": rows, "most": MAX_ROWS})
    found = [_field(key) for key in headings]
    for column in COLUMNS:
        if column.required and column.field not in found:
            yield RowError(1, column.heading, "column.missing")
        if found.count(column.field) > 1:
            yield RowError(1, column.heading, "column.twice")


def _read_row(
    number: int,
    cells: Cells,
    fields: Mapping[str, str],
    sectors: Mapping[str, int],
    today: date,
) -> tuple[_Row, NewCandidate | None]:
    row = _Row(number, {name: text_of(cells.get(key)) for key, name in fields.items()})
    _check_cells(row, surplus=cells.get(None))
    row.cpr = row.read("cpr", lambda text: parse_cpr(text, today), None)
    facts = _read_facts(row)
    sector_ids = row.read("wishes", lambda text: read_sectors(text, sectors), NO_SECTORS)
    try:
        facts = settle_facts(facts, today)
    except Invalid as invalid:
        for name, (code, code_facts) in invalid.errors.items():
            row.fail(name, code, code_facts)
    if row.errors or row.cpr is None:
        return row, None
    return row, NewCandidate(number, row.cpr, facts, sector_ids)


def _check_cells(row: _Row, surplus: object) -> None:
    if _has_text(surplus):
        row.fail("", "row.too_many_cells")
    for column in COLUMNS:
        text = row.cells.get(column.field, "")
        if column.required and not text.strip():
            row.fail(column.field, "cell.missing")
        if is_formula(column.field, text):
            row.fail(column.field, "cell.formula")


def _read_facts(row: _Row) -> CandidateFacts:
    return CandidateFacts(
        name=row.cells.get("name", ""),
        scheme=row.read("scheme", read_scheme, Scheme.IGU),
        phone=row.cells.get("phone", ""),
        email=row.cells.get("email", ""),
        address=row.cells.get("address", ""),
        postcode=row.cells.get("postcode", ""),
        town=row.cells.get("town", ""),
        igu_start=row.read("igu_start", lambda text: parse_day(text) if text else None, None),
        employer=row.cells.get("employer", ""),
        level=DanishLevel(
            track=row.read("track", read_track, None),
            module=row.read("module", read_module, None),
            exam=row.read("exam", read_exam, DanishExam.NONE),
        ),
    )


def _mark_twins(rows: Sequence[_Row]) -> None:
    """The same number twice is an error on every row that has it, naming the first other one."""
    same = defaultdict(list)
    for row in rows:
        if row.cpr:
            same[row.cpr.number].append(row)
    for first, *others in same.values():
        for row in others:
            row.fail("cpr", "cpr.twice", {"other_row": first.number})
        if others:
            first.fail("cpr", "cpr.twice", {"other_row": others[0].number})


def _field(heading: str) -> str | None:
    return next((column.field for column in COLUMNS if squash(column.heading) == squash(heading)), None)


def _filled(cells: Cells) -> bool:
    """True if any cell holds something."""
    return any(_has_text(cell) for cell in cells.values())


def _has_text(cell: object) -> bool:
    parts = cell if isinstance(cell, list) else [cell]
    return any(text_of(part).strip() for part in parts)
