"""The demonstration's lines: everyone has drawn a lot, and one of those who came last goes first."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from coordination.db import db
from coordination.domain.nominations import NominationDeed, NominationState, lot
from coordination.domain.priorities import Priority
from coordination.models import Nomination, NominationMove
from coordination.services.demo.places import Places

WHY_FIRST = "igu_ends_soon"


def lots_and_priority(places: Places, *, now: datetime) -> None:
    """Draw the lot of everyone who was sent to the pool, and let one person go first."""
    rows = db.session.scalars(select(Nomination).order_by(Nomination.submitted_at.desc())).all()
    for row in rows:
        if row.submitted_at is not None:
            row.draw = lot(row.id, row.submitted_at)
    first = next(row for row in rows if row.state is NominationState.SUBMITTED)
    first.priority, first.priority_reason = Priority.HIGH, WHY_FIRST
    db.session.add(
        NominationMove(
            municipality_id=first.municipality_id,
            nomination_id=first.id,
            deed=NominationDeed.PRIORITY,
            before=first.state,
            after=first.state,
            reason=WHY_FIRST,
            by_id=places.coordinator.id,
            at=now - timedelta(days=1),
        )
    )
