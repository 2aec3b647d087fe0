"""What the coordinator does to tracks and their modules."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from coordination import audit
from coordination.access import one
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.errors import Invalid, Stale
from coordination.domain.tracks import ModuleFacts, TrackFacts, moved, settle_module, settle_track
from coordination.models import CourseSession, Sector, Track, TrackModule


def create(actor: Actor, facts: TrackFacts, *, now: datetime) -> int:
    """Begin a track in a sector of the coordinator's partnerships; returns its id, raises Invalid."""
    facts = settle_track(facts)
    sector = _sector(facts.sector_id)
    track = Track(partnership_id=sector.partnership_id)
    _write(track, facts)
    db.session.add(track)
    db.session.flush()  # its key is needed for the record and the page to go to
    audit.record(actor, "tracks.create", "track", track.id, now=now)
    return track.id


def save(actor: Actor, track_id: int, facts: TrackFacts, *, version: int, now: datetime) -> None:
    """Change a track; Stale if someone else did since version `version`, Invalid beside a field."""
    track = one(Track, track_id, lock=True)
    if track.version != version:
        raise Stale("row.changed")
    facts = settle_track(facts)
    if _sector(facts.sector_id).partnership_id != track.partnership_id:
        raise Invalid({"sector_id": "track.sector"})
    _write(track, facts)
    audit.record(actor, "tracks.save", "track", track.id, now=now)


def add_module(actor: Actor, track_id: int, facts: ModuleFacts, *, now: datetime) -> None:
    """Put a module last in a track; raises Invalid beside a field."""
    track = one(Track, track_id, lock=True)
    facts = settle_module(facts)
    module = TrackModule(
        partnership_id=track.partnership_id, track_id=track.id, position=len(_modules(track.id)) + 1
    )
    _write_module(module, facts)
    db.session.add(module)
    audit.record(actor, "tracks.add_module", "track", track.id, now=now, code=facts.code)


def save_module(actor: Actor, module_id: int, facts: ModuleFacts, *, now: datetime) -> int:
    """Change a module; returns the track's id, raises Invalid beside a field."""
    module = one(TrackModule, module_id, lock=True)
    facts = settle_module(facts)
    _write_module(module, facts)
    audit.record(actor, "tracks.save_module", "track", module.track_id, now=now, code=facts.code)
    return module.track_id


def move_module(actor: Actor, module_id: int, step: int, *, now: datetime) -> int:
    """Move a module a step up (-1) or down (1) in its track; returns the track's id."""
    module = one(TrackModule, module_id)
    track = one(Track, module.track_id, lock=True)
    rows = {row.id: row for row in _modules(track.id)}
    for position, row_id in enumerate(moved(tuple(rows), module.id, step), start=1):
        rows[row_id].position = position
    audit.record(actor, "tracks.move_module", "track", track.id, now=now)
    return track.id


def remove_module(actor: Actor, module_id: int, *, now: datetime) -> int:
    """Take a module out of its track, whose id it returns; sessions that taught it stay, without a module."""
    module = one(TrackModule, module_id)
    track = one(Track, module.track_id, lock=True)
    taught = sa.select(CourseSession).where(CourseSession.module_id == module.id)
    for session in db.session.scalars(taught):
        session.module_id = None
    rest = [row for row in _modules(track.id) if row.id != module.id]
    for position, row in enumerate(rest, start=1):
        row.position = position
    db.session.flush()  # the sessions let go of the module before it goes
    db.session.delete(module)
    audit.record(actor, "tracks.remove_module", "track", track.id, now=now, code=module.code)
    return track.id


def _sector(sector_id: int) -> Sector:
    sector = db.session.get(Sector, sector_id)
    if sector is None:
        raise Invalid({"sector_id": "track.sector"})
    return sector


def _modules(track_id: int) -> list[TrackModule]:
    ordered = sa.select(TrackModule).where(TrackModule.track_id == track_id)
    return list(db.session.scalars(ordered.order_by(TrackModule.position, TrackModule.id)))


def _write(track: Track, facts: TrackFacts) -> None:
    track.title = facts.title
    track.sector_id = facts.sector_id
    track.description = facts.description
    track.minimum = facts.minimum
    track.capacity = facts.capacity
    track.exam_needed = facts.exam_needed


def _write_module(module: TrackModule, facts: ModuleFacts) -> None:
    module.code = facts.code
    module.title = facts.title
    module.kind = facts.kind
    module.half_days = facts.half_days
    module.minutes = facts.minutes
    module.exam_needed = facts.exam_needed
