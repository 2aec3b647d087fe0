"""Beginning a track and changing what is written about it."""

from __future__ import annotations

from datetime import datetime

from coordination import audit
from coordination.access import one
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.errors import Invalid, Stale
from coordination.domain.tracks import TrackFacts, settle_track
from coordination.models import Sector, Track


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


def _sector(sector_id: int) -> Sector:
    sector = db.session.get(Sector, sector_id)
    if sector is None:
        raise Invalid({"sector_id": "track.sector"})
    return sector


def _write(track: Track, facts: TrackFacts) -> None:
    track.title = facts.title
    track.sector_id = facts.sector_id
    track.description = facts.description
    track.minimum = facts.minimum
    track.capacity = facts.capacity
    track.exam_needed = facts.exam_needed
