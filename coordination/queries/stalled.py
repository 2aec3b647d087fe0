"""Steps that stand still: what waits for whom, and since when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from coordination.db import db
from coordination.domain.enrolments import TAKES_PLACE, EnrolmentState
from coordination.domain.nominations import NominationState
from coordination.domain.stalled import StepKind
from coordination.domain.transfers import TransferState
from coordination.models import (
    CourseRun,
    Enrolment,
    Municipality,
    Nomination,
    NominationMove,
    Transfer,
)


@dataclass(frozen=True)
class Step:
    """One step that somebody must take; a school, a named caseworker, or a jobcenter."""

    kind: StepKind
    subject_id: int
    since: datetime
    partnership_id: int
    municipality_id: int
    user_id: int | None = None
    school_id: int | None = None


def standing_steps() -> tuple[Step, ...]:
    """Every step that waits for somebody, in all partnerships; for the clock only."""
    return (*_drafts(), *_expired(), *_participants(), *_transfers())


def _drafts() -> Iterator[Step]:
    rows = db.session.execute(
        select(Nomination, Municipality.partnership_id)
        .join(Municipality, Municipality.id == Nomination.municipality_id)
        .where(Nomination.state == NominationState.DRAFT)
        .order_by(Nomination.id)
    )
    for row, partnership_id in rows:
        yield Step(
            StepKind.DRAFT, row.id, row.created_at, partnership_id, row.municipality_id, row.caseworker_id
        )


def _expired() -> Iterator[Step]:
    """Nominations nobody decided about since their offer ended; the newest move says since when."""
    moved = (
        select(func.max(NominationMove.at))
        .where(NominationMove.nomination_id == Nomination.id)
        .correlate(Nomination)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Nomination,
            Municipality.partnership_id,
            func.coalesce(moved, Nomination.created_at).label("since"),
        )
        .join(Municipality, Municipality.id == Nomination.municipality_id)
        .where(Nomination.state == NominationState.EXPIRED)
        .order_by(Nomination.id)
    )
    for row, partnership_id, since in rows:
        yield Step(
            StepKind.EXPIRED_OFFER,
            row.id,
            since,
            partnership_id,
            row.municipality_id,
            row.caseworker_id,
        )


def _participants() -> Iterator[Step]:
    rows = db.session.execute(
        select(Enrolment, CourseRun.partnership_id)
        .join(CourseRun, CourseRun.id == Enrolment.course_run_id)
        .where(Enrolment.state == EnrolmentState.ACCEPTED, CourseRun.state.in_(TAKES_PLACE))
        .order_by(Enrolment.id)
    )
    for row, partnership_id in rows:
        yield Step(
            StepKind.PARTICIPANT,
            row.id,
            row.answered_at or row.waiting_since,
            partnership_id,
            row.municipality_id,
            school_id=row.school_id,
        )


def _transfers() -> Iterator[Step]:
    rows = db.session.execute(
        select(Transfer, Municipality.partnership_id)
        .join(Municipality, Municipality.id == Transfer.from_municipality_id)
        .where(Transfer.state == TransferState.OFFERED)
        .order_by(Transfer.id)
    )
    for row, partnership_id in rows:
        yield Step(StepKind.TRANSFER, row.id, row.offered_at, partnership_id, row.to_municipality_id)
