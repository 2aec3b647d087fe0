"""What a file with modules would do to a track, shown before anything is changed."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass

from coordination.access import one
from coordination.adapters.spreadsheets import unpacked
from coordination.domain.actors import Actor
from coordination.domain.errors import Refused
from coordination.domain.module_imports import ModulePlan, find_table, plan_import
from coordination.domain.module_rows import COLUMNS, MOST_MODULES
from coordination.models import Track
from coordination.queries.tracks.forms import begins
from coordination.queries.tracks.rows import edition_modules, facts_by_id, stamp_of


@dataclass(frozen=True)
class ModuleImportPage:
    """The track a file is for, and the columns it may have."""

    id: int
    title: str
    columns: tuple[tuple[str, str, str], ...]
    most: int


@dataclass(frozen=True)
class ModuleDryRun:
    """What importing the file would do; `missing` are modules it does not name."""

    id: int
    title: str
    stamp: str
    edition: int
    begins: int | None
    plan: ModulePlan
    missing: tuple[str, ...]


def module_import_page(_actor: Actor, track_id: int) -> ModuleImportPage:
    """Where a file is chosen; each column with its fact, heading and example."""
    track = one(Track, track_id)
    columns = tuple((column.field, column.heading, column.example) for column in COLUMNS)
    return ModuleImportPage(id=track.id, title=track.title, columns=columns, most=MOST_MODULES)


def module_dry_run(_actor: Actor, track_id: int, table: str) -> ModuleDryRun:
    """A table, as it was packed when it was tried, held against the newest edition of a track."""
    track = one(Track, track_id)
    known = facts_by_id(edition_modules(track.id, track.edition))
    plan = plan_import(find_table(rows_of(table)), known)
    return ModuleDryRun(
        id=track.id,
        title=track.title,
        stamp=stamp_of(known),
        edition=track.edition,
        begins=begins(track),
        plan=plan,
        missing=tuple(known[key].title for key in plan.missing),
    )


def rows_of(table: str) -> list[tuple[int, Sequence[str]]]:
    """The rows of a table that was packed and came back; Refused("modules.none") if somebody spoilt it."""
    try:
        return list(unpacked(table))
    except (ValueError, csv.Error):
        raise Refused("modules.none") from None
