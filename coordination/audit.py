"""Who did what and who looked at whom: entries that are only ever added to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import insert, literal, select

from coordination.db import db, system_session
from coordination.domain.actors import Actor
from coordination.models import AuditEntry, Candidate, PersonView


def record(
    actor: Actor | None, deed: str, subject: str, subject_id: int | None, *, now: datetime, **facts: object
) -> None:
    """Add an entry to the current transaction; facts are counts, states and reasons, never names."""
    db.session.add(
        AuditEntry(
            at=now,
            actor_id=actor.user_id if actor else None,
            deed=deed,
            subject=subject,
            subject_id=subject_id,
            facts=facts,
        )
    )


def record_views(actor: Actor, candidate_ids: Collection[int], purpose: str, *, now: datetime) -> None:
    """Log that these people were seen; in a transaction of its own, because a page writes nothing."""
    if not candidate_ids:
        return
    seen = select(
        Candidate.municipality_id,
        Candidate.id,
        literal(actor.user_id),
        literal(purpose),
        literal(now, PersonView.at.type),
    ).where(Candidate.id.in_(set(candidate_ids)))
    columns = ["municipality_id", "candidate_id", "user_id", "purpose", "at"]
    with system_session("record_views") as session:
        # one statement however many were seen; the guard knows no insert but a flush, which sends one per row
        session.execute(insert(PersonView).from_select(columns, seen), execution_options={"unguarded": True})
