"""The modules of a track: changes go into the newest edition, or begin one where runs hold the newest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from coordination import audit
from coordination.access import one
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.editions import check_current, edition_to_write
from coordination.domain.tracks import ModuleFacts, moved, settle_module
from coordination.models import CourseSession, Track, TrackModule
from coordination.queries.tracks import edition_modules, is_used


class Changed(NamedTuple):
    """The track that was changed, and its edition if the change began a new one."""

    track_id: int
    begun: int | None


def add_module(actor: Actor, track_id: int, facts: ModuleFacts, *, now: datetime) -> Changed:
    """Put a module last in a track; raises Invalid beside a field."""
    facts = settle_module(facts)
    track = one(Track, track_id, lock=True)
    begun = begin_edition(track)
    append(track, facts)
    return _recorded(actor, "tracks.add_module", track, begun, now=now, code=facts.code)


def save_module(actor: Actor, module_id: int, facts: ModuleFacts, *, now: datetime) -> Changed:
    """Change a module; raises Invalid beside a field, Refused for a module of an earlier edition."""
    facts = settle_module(facts)
    module, track = _locked(module_id)
    begun = begin_edition(track)
    rewrite(track, module, facts)
    return _recorded(actor, "tracks.save_module", track, begun, now=now, code=facts.code)


def move_module(actor: Actor, module_id: int, step: int, *, now: datetime) -> int:
    """Move a module a step up (-1) or down (1) in its track; returns the track's id.

    The order is no part of an edition: runs keep their sessions, whatever stands first.
    """
    module, track = _locked(module_id)
    rows = {row.id: row for row in edition_modules(track.id, track.edition)}
    number(rows[row_id] for row_id in moved(tuple(rows), module.id, step))
    audit.record(actor, "tracks.move_module", "track", track.id, now=now)
    return track.id


def remove_module(actor: Actor, module_id: int, *, now: datetime) -> Changed:
    """Take a module out of its track; runs of earlier editions keep it, other sessions stay without."""
    module, track = _locked(module_id)
    begun = begin_edition(track)
    rest = [row for row in edition_modules(track.id, track.edition) if row.id != module.id]
    code = module.code
    take_out(track, module)
    number(rest)
    return _recorded(actor, "tracks.remove_module", track, begun, now=now, code=code)


def begin_edition(track: Track) -> int | None:
    """Begin the next edition where a run was made from the newest; returns its number, or None."""
    edition = edition_to_write(track.edition, used=is_used(track))
    begun = edition if edition != track.edition else None
    track.edition = edition
    return begun


def append(track: Track, facts: ModuleFacts, position: int | None = None) -> TrackModule:
    """A new module of the newest edition, last unless a position is given."""
    last = len(edition_modules(track.id, track.edition)) + 1 if position is None else position
    module = TrackModule(
        partnership_id=track.partnership_id,
        track_id=track.id,
        position=last,
        from_edition=track.edition,
        **vars(facts),
    )
    db.session.add(module)
    return module


def rewrite(track: Track, module: TrackModule, facts: ModuleFacts) -> TrackModule:
    """The module with other facts: the row itself, or one in its place where an earlier edition holds it."""
    if module.from_edition < track.edition:
        module.until_edition = track.edition
        return append(track, facts, module.position)
    for name, value in vars(facts).items():
        setattr(module, name, value)
    return module


def take_out(track: Track, module: TrackModule) -> None:
    """The newest edition holds the module no longer; a row no earlier edition holds is deleted."""
    if module.from_edition < track.edition:
        module.until_edition = track.edition
        return
    for session in db.session.scalars(sa.select(CourseSession).where(CourseSession.module_id == module.id)):
        session.module_id = None
    db.session.flush()  # the sessions let go of the module before it goes
    db.session.delete(module)


def number(rows: Iterable[TrackModule]) -> None:
    """Give modules their places in this order."""
    for position, row in enumerate(rows, start=1):
        row.position = position


def _locked(module_id: int) -> tuple[TrackModule, Track]:
    """A module of the newest edition with its track, which is locked first."""
    track = one(Track, one(TrackModule, module_id).track_id, lock=True)
    module = one(TrackModule, module_id, lock=True)
    check_current(module.until_edition)
    return module, track


def _recorded(
    actor: Actor, deed: str, track: Track, begun: int | None, *, now: datetime, code: str
) -> Changed:
    audit.record(actor, deed, "track", track.id, now=now, code=code, edition=track.edition)
    return Changed(track.id, begun)
