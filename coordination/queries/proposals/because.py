"""What a published proposal says about one nomination, for its own jobcenter."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from coordination.db import db
from coordination.models import ProposedPlace
from coordination.queries.proposals.naming import Told
from coordination.queries.proposals.telling import names_behind, reasons, title


@dataclass(frozen=True)
class Because:
    """Where the latest published proposal put somebody, and why."""

    course_run_id: int | None
    title: str
    reasons: tuple[Told, ...]


def because(nomination_id: int) -> Because | None:
    """The latest published place of a nomination within reach; None if none was published."""
    row = db.session.scalars(
        sa.select(ProposedPlace)
        .where(ProposedPlace.nomination_id == nomination_id, ProposedPlace.published)
        .order_by(ProposedPlace.proposal_id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    names = names_behind([row.why, str(row.course_run_id)])
    return Because(row.course_run_id, title(names, row.course_run_id), reasons(row.why, names))
