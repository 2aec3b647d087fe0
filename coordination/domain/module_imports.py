"""A file with modules beside the track it is for: what is new, changed, already there, or missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from coordination.domain.candidate_rows import RowError
from coordination.domain.editions import Difference, ModuleChange, module_key
from coordination.domain.errors import Refused
from coordination.domain.module_rows import (
    COLUMNS,
    HEADINGS,
    LOOKED_AT,
    MOST_MODULES,
    ReadModule,
    guess,
    read_module,
)
from coordination.domain.tracks import ModuleFacts


class ModuleRowKind(StrEnum):
    """What a row of a file with modules will do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    ERROR = "error"


@dataclass(frozen=True)
class ModuleTable:
    """The columns of a file that are read, its rows by fact, and the headings nobody reads."""

    rows: tuple[tuple[int, Mapping[str, str]], ...]
    unread: tuple[str, ...]


@dataclass(frozen=True)
class CheckedModule:
    """A row held against the track: which module it is, and how it differs."""

    read: ReadModule
    kind: ModuleRowKind
    module_id: int | None = None
    change: Difference | None = None


@dataclass(frozen=True)
class ModulePlan:
    """What importing a file would do; `missing` are modules of the track that the file does not name."""

    rows: tuple[CheckedModule, ...]
    missing: tuple[int, ...]

    @property
    def errors(self) -> int:
        """How many things are wrong in the file."""
        return sum(len(row.read.errors) for row in self.rows)

    def count(self, kind: str) -> int:
        """How many rows do that; the kind as such or by its value."""
        return sum(row.kind == kind for row in self.rows)


def find_table(rows: Iterable[tuple[int, Sequence[str]]]) -> ModuleTable:
    """The rows below the headings; Refused for a file without modules, headings or a title column."""
    listed = [(number, [" ".join(cell.split()) for cell in cells]) for number, cells in rows]
    if not listed:
        raise Refused("modules.none")
    place = max(range(min(len(listed), LOOKED_AT)), key=lambda row: _known_in(listed[row][1]))
    headings = listed[place][1]
    facts = _columns(headings)
    if "title" not in facts.values():
        raise Refused("modules.no_title", heading=HEADINGS["title"])
    below = listed[place + 1 :]
    if not below:
        raise Refused("modules.none")
    if len(below) > MOST_MODULES:
        raise Refused("modules.too_many", most=MOST_MODULES)
    unread = tuple(text for column, text in enumerate(headings) if text and column not in facts)
    return ModuleTable(tuple((number, _by_fact(cells, facts)) for number, cells in below), unread)


def canonical(table: ModuleTable) -> list[tuple[int, list[str]]]:
    """The table with our own headings and no other columns, as it is kept until somebody says yes."""
    names = [column.field for column in COLUMNS]
    rows = [(number, [cells.get(name, "") for name in names]) for number, cells in table.rows]
    return [(0, [column.heading for column in COLUMNS]), *rows]


def plan_import(table: ModuleTable, known: Mapping[int, ModuleFacts]) -> ModulePlan:
    """Every row read and held against the modules of the track; of two rows for one module both are told."""
    free = {module_key(facts): key for key, facts in reversed(list(known.items()))}
    read = _twins_told([read_module(number, cells) for number, cells in table.rows])
    rows = tuple(_checked(row, free, known) for row in read)
    named = {row.module_id for row in rows}
    return ModulePlan(rows, tuple(key for key in known if key not in named))


def _known_in(cells: Sequence[str]) -> int:
    return len({fact for cell in cells if cell and (fact := guess(cell))})


def _columns(headings: Sequence[str]) -> dict[int, str]:
    """The fact each place holds; a fact named twice is read from its first column."""
    found: dict[int, str] = {}
    for place, heading in enumerate(headings):
        fact = guess(heading) if heading else None
        if fact and fact not in found.values():
            found[place] = fact
    return found


def _by_fact(cells: Sequence[str], facts: Mapping[int, str]) -> dict[str, str]:
    return {fact: cells[place] if place < len(cells) else "" for place, fact in facts.items()}


def _twins_told(rows: Sequence[ReadModule]) -> list[ReadModule]:
    """Two rows about the same module: which of them should count is for the person to say."""
    places: dict[str, list[int]] = {}
    for row in rows:
        if row.facts:
            places.setdefault(module_key(row.facts), []).append(row.number)
    told = []
    for row in rows:
        twins = places.get(module_key(row.facts), []) if row.facts else []
        others = [number for number in twins if number != row.number]
        error = RowError(row.number, HEADINGS["code"], "module.twice", {"other_row": min(others, default=0)})
        told.append(replace(row, errors=(*row.errors, error)) if others else row)
    return told


def _checked(row: ReadModule, free: Mapping[str, int], known: Mapping[int, ModuleFacts]) -> CheckedModule:
    key = free.get(module_key(row.facts)) if row.facts else None
    if row.errors or row.facts is None:
        return CheckedModule(row, ModuleRowKind.ERROR, key)
    if key is None:
        return CheckedModule(row, ModuleRowKind.NEW)
    if known[key] == row.facts:
        return CheckedModule(row, ModuleRowKind.UNCHANGED, key)
    change = Difference(ModuleChange.CHANGED, known[key], row.facts)
    return CheckedModule(row, ModuleRowKind.CHANGED, key, change)
