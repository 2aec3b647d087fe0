"""Modules from a file: tried first, then imported as a whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from coordination import audit
from coordination.access import one
from coordination.adapters.spreadsheets import packed, read_file, unpacked
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.errors import Refused, Stale
from coordination.domain.module_imports import (
    CheckedModule,
    ModulePlan,
    ModuleRowKind,
    canonical,
    find_table,
    plan_import,
)
from coordination.domain.module_rows import likely
from coordination.models import Track, TrackModule
from coordination.queries.tracks import edition_modules, facts_by_id, rows_of, stamp_of
from coordination.services.tracks.modules import append, begin_edition, number, rewrite, take_out


class Tried(NamedTuple):
    """The table of a file, packed without the columns nobody reads, and the headings of those."""

    table: str
    unread: tuple[str, ...]


class Imported(NamedTuple):
    """How many modules were new, changed and taken out, and the edition if one began."""

    new: int
    changed: int
    removed: int
    begun: int | None


def try_modules(_actor: Actor, track_id: int, content: bytes) -> Tried:
    """Read a file for its dry run; nothing is stored. Refused with `file.…` or `modules.…` in words."""
    one(Track, track_id)
    db.session.rollback()  # nobody shall wait while a workbook is read
    try:
        table = find_table(unpacked(read_file(content, likely=likely)))
    except Refused as refused:
        if refused.code == "file.several_sheets":
            raise Refused("modules.several_sheets") from None
        raise
    return Tried(packed(canonical(table)), table.unread)


def import_modules(
    actor: Actor, track_id: int, table: str, *, replace: bool, stamp: str, now: datetime
) -> Imported:
    """Bring the newest edition of a track in line with a table that was tried.

    With `replace` the modules it does not name are taken out, and its order holds. Stale if the modules
    were changed since it was tried, Refused("modules.errors") for a table with errors.
    """
    track = one(Track, track_id, lock=True)
    rows = {row.id: row for row in edition_modules(track.id, track.edition)}
    known = facts_by_id(rows.values())
    if stamp_of(known) != stamp:
        raise Stale("row.changed")
    plan = plan_import(find_table(rows_of(table)), known)
    gone = plan.missing if replace else ()
    _check(plan, gone)
    begun = begin_edition(track)
    for key in gone:
        take_out(track, rows[key])
    written = [_write(track, row, rows) for row in plan.rows]
    if replace:
        number(written)
    told = Imported(plan.count(ModuleRowKind.NEW), plan.count(ModuleRowKind.CHANGED), len(gone), begun)
    audit.record(
        actor,
        "tracks.import_modules",
        "track",
        track.id,
        now=now,
        edition=track.edition,
        new=told.new,
        changed=told.changed,
        removed=told.removed,
    )
    return told


def _check(plan: ModulePlan, gone: tuple[int, ...]) -> None:
    if plan.errors:
        raise Refused("modules.errors")
    if not gone and all(row.kind is ModuleRowKind.UNCHANGED for row in plan.rows):
        raise Refused("modules.nothing_new")


def _write(track: Track, row: CheckedModule, rows: Mapping[int, TrackModule]) -> TrackModule:
    facts = row.read.facts
    if facts is None:  # an error stops the import before
        raise Refused("modules.errors")
    if row.module_id is None:
        return append(track, facts)
    module = rows[row.module_id]
    return rewrite(track, module, facts) if row.kind is ModuleRowKind.CHANGED else module
