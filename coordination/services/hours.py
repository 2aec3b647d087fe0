"""Writing down school hours that a person had outside the runs of this tool."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from coordination import audit
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.candidates import Scheme
from coordination.domain.errors import Invalid
from coordination.domain.hours_elsewhere import Elsewhere, ElsewhereFacts, settle_elsewhere
from coordination.models import Candidate, HoursElsewhere
from coordination.queries import hours as queries
from coordination.queries import nominations


def add_elsewhere(
    actor: Actor, candidate_id: int, facts: ElsewhereFacts, *, today: date, now: datetime
) -> int:
    """Add teaching elsewhere to a person's hours; returns its id, Invalid beside what cannot be true."""
    candidate = nominations.person(actor, candidate_id, lock=True)
    start = candidate.igu_start if candidate.scheme is Scheme.IGU else None
    settled = settle_elsewhere(facts, start, today)
    if _is_there(candidate, settled):
        raise Invalid({"hours": "hours.twice"})
    row = HoursElsewhere(
        municipality_id=candidate.municipality_id,
        candidate_id=candidate.id,
        kind=settled.kind,
        place=settled.place,
        from_day=settled.from_day,
        until_day=settled.until_day,
        minutes=settled.minutes,
        by_id=actor.user_id,
        at=now,
    )
    db.session.add(row)
    db.session.flush()  # the page leads to the new line by its key
    _record(actor, "hours.add_elsewhere", row, now=now)
    return row.id


def remove_elsewhere(actor: Actor, hours_elsewhere_id: int, *, now: datetime) -> int:
    """Take an entry out of a person's hours; returns the person's id."""
    row = queries.entry(actor, hours_elsewhere_id)
    _record(actor, "hours.remove_elsewhere", row, now=now)
    db.session.delete(row)
    return row.candidate_id


def _is_there(candidate: Candidate, settled: Elsewhere) -> bool:
    """Whether just this stands there already: the same form sent twice must not count twice."""
    same = sa.select(HoursElsewhere.id).where(
        HoursElsewhere.candidate_id == candidate.id,
        HoursElsewhere.kind == settled.kind,
        HoursElsewhere.place == settled.place,
        HoursElsewhere.from_day == settled.from_day,
        HoursElsewhere.until_day == settled.until_day,
        HoursElsewhere.minutes == settled.minutes,
    )
    return db.session.scalar(same.limit(1)) is not None


def _record(actor: Actor, deed: str, row: HoursElsewhere, *, now: datetime) -> None:
    facts = {"kind": row.kind, "minutes": row.minutes, "until": row.until_day.isoformat()}
    audit.record(actor, deed, "candidate", row.candidate_id, now=now, **facts)
