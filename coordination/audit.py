"""Who did what and who looked at whom: entries that are only ever added to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

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
    with system_session("record_views") as session:
        owners = session.execute(
            select(Candidate.id, Candidate.municipality_id).where(Candidate.id.in_(set(candidate_ids)))
        ).all()
        session.add_all(
            PersonView(
                municipality_id=owner,
                candidate_id=candidate_id,
                user_id=actor.user_id,
                purpose=purpose,
                at=now,
            )
            for candidate_id, owner in owners
        )
