"""The coordinator writes down how long people travel to the schools, all journeys at once."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from coordination import access, audit
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.errors import NotFound, Stale
from coordination.domain.travel import Minutes, check_minutes
from coordination.models import Partnership, TravelTime
from coordination.queries.travel import minutes, places, stamp_of


def save(actor: Actor, partnership_id: int, typed: Minutes, *, stamp: str, now: datetime) -> int:
    """Store the journeys between places of the partnership; None forgets one. Returns how many changed.

    Invalid beside each cell that cannot be a journey, Stale if somebody saved since the table was shown.
    """
    if partnership_id not in actor.partnerships:
        raise NotFound
    partnership = access.one(Partnership, partnership_id, lock=True)
    municipalities, schools = places(partnership.id)
    table = [(home, school) for home, _name in municipalities for school, _school in schools]
    written = minutes(partnership.id)
    before = {place: written[place] for place in table if place in written}
    if stamp_of(before) != stamp:
        raise Stale("row.changed")
    after = {place: typed[place] for place in table if place in typed}
    check_minutes(after)
    changed = {place: value for place, value in after.items() if before.get(place) != value}
    for place, value in changed.items():
        _write(partnership.id, place, value)
    if changed:
        audit.record(actor, "travel.save", "partnership", partnership.id, now=now, changed=len(changed))
    return len(changed)


def _write(partnership_id: int, place: tuple[int, int], value: int | None) -> None:
    home, school = place
    row = db.session.scalars(
        sa.select(TravelTime).where(
            TravelTime.partnership_id == partnership_id,
            TravelTime.from_municipality_id == home,
            TravelTime.school_id == school,
        )
    ).one_or_none()
    if value is None:
        if row is not None:
            db.session.delete(row)
    elif row is None:
        made = {"from_municipality_id": home, "school_id": school, "minutes": value}
        db.session.add(TravelTime(partnership_id=partnership_id, **made))
    else:
        row.minutes = value
