"""Writing down when a person cannot come to school."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from coordination import audit
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.availability import Period, UnavailabilityKind, settle_period
from coordination.models import Unavailability
from coordination.queries import availability as queries
from coordination.queries import nominations


def add(
    actor: Actor,
    candidate_id: int,
    *,
    from_day: date | None,
    until_day: date | None,
    kind: UnavailabilityKind,
    today: date,
    now: datetime,
) -> None:
    """Add a period in which a person cannot come; Invalid for days turned round, over or taken."""
    candidate = nominations.person(actor, candidate_id, lock=True)
    written = sa.select(Unavailability).where(Unavailability.candidate_id == candidate.id)
    others = [Period(row.from_day, row.until_day, row.kind) for row in db.session.scalars(written)]
    period = settle_period(from_day, until_day, kind, others, today)
    row = Unavailability(
        municipality_id=candidate.municipality_id,
        candidate_id=candidate.id,
        from_day=period.from_day,
        until_day=period.until_day,
        kind=period.kind,
        by_id=actor.user_id,
        at=now,
    )
    db.session.add(row)
    _record(actor, "availability.add", row, now=now)


def remove(actor: Actor, unavailability_id: int, *, now: datetime) -> int:
    """The person can come after all; returns the person's id."""
    row = queries.period(actor, unavailability_id)
    _record(actor, "availability.remove", row, now=now)
    db.session.delete(row)
    return row.candidate_id


def _record(actor: Actor, deed: str, row: Unavailability, *, now: datetime) -> None:
    days = {"first": row.from_day.isoformat(), "last": row.until_day.isoformat()}
    audit.record(actor, deed, "candidate", row.candidate_id, now=now, kind=row.kind, **days)
