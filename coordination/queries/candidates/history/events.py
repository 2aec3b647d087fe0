"""What happened to a candidate: moves of nominations and seats, follow-ups, moves to another municipality."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum, auto

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.attendance import Cause, Lawfulness, MarkStatus
from coordination.domain.enrolments import EnrolmentDeed
from coordination.domain.follow_ups import Channel, CloseReason, ContactOutcome
from coordination.domain.nominations import NominationDeed
from coordination.domain.transfers import TransferState
from coordination.models import (
    Candidate,
    ContactAttempt,
    CourseRun,
    FollowUp,
    FollowUpMove,
    Municipality,
    Nomination,
    NominationMove,
    Transfer,
    User,
)
from coordination.queries import nominations, reasons
from coordination.queries.nominations.history import deed_of, reason_in_words


class Happened(Enum):
    """The kinds of things that happen to somebody."""

    REGISTERED = auto()
    MOVED = auto()
    MISSED = auto()
    FOLLOW_UP_OPENED = auto()
    FOLLOW_UP_CLOSED = auto()
    FOLLOW_UP_REOPENED = auto()
    CONTACT = auto()
    TRANSFER = auto()

    @property
    def kind(self) -> str:
        """The name a template compares with."""
        return self.name.lower()


@dataclass(frozen=True)
class MarkRow:
    """One mark, as the jobcenter reads it."""

    day: date
    starts_at: time
    minutes: int
    status: MarkStatus
    minutes_missed: int
    cause: Cause | None
    announced: bool
    comment: str
    lawfulness: Lawfulness


@dataclass(frozen=True)
class Event:
    """One thing that happened; what does not belong to its kind is empty."""

    at: datetime
    happened: Happened
    who: str = ""
    code: str = ""
    run: str = ""
    deed: NominationDeed | EnrolmentDeed | None = None
    reason: str = ""
    note: str = ""
    until: date | None = None
    follow_up_id: int | None = None
    close_reason: CloseReason | None = None
    channel: Channel | None = None
    outcome: ContactOutcome | None = None
    mark: MarkRow | None = None
    state: TransferState | None = None
    giver: str = ""
    receiver: str = ""


def events_of(actor: Actor, candidate: Candidate) -> tuple[Event, ...]:
    """Everything but the marks, in no order."""
    return (
        Event(candidate.created_at, Happened.REGISTERED),
        *_moves(actor, candidate.id),
        *_follow_ups(candidate.id),
        *_follow_up_moves(candidate.id),
        *_contacts(candidate.id),
        *_transfers(candidate.id),
    )


def _moves(actor: Actor, candidate_id: int) -> Iterable[Event]:
    """Every move of the nominations the actor may know of, and of their seats."""
    found = db.session.execute(
        sa.select(NominationMove, Nomination.code, User.name, CourseRun.title)
        .join(Nomination, Nomination.id == NominationMove.nomination_id)
        .outerjoin(User, User.id == NominationMove.by_id)
        .outerjoin(CourseRun, CourseRun.id == NominationMove.course_run_id)
        .where(Nomination.candidate_id == candidate_id, nominations.visible(actor))
        .order_by(NominationMove.id.desc())
    ).all()
    names = reasons.names(actor.language)
    for move, code, who, run in found:
        yield Event(
            at=move.at,
            happened=Happened.MOVED,
            who=who or "",
            code=code,
            run=run or "",
            deed=deed_of(move),
            reason=reason_in_words(move, names),
            note=move.note,
            until=move.until,
        )


def _follow_ups(candidate_id: int) -> Iterable[Event]:
    found = db.session.execute(
        sa.select(FollowUp.id, FollowUp.opened_at, CourseRun.title)
        .join(CourseRun, CourseRun.id == FollowUp.course_run_id)
        .where(FollowUp.candidate_id == candidate_id)
    )
    for follow_up_id, at, run in found:
        yield Event(at, Happened.FOLLOW_UP_OPENED, run=run, follow_up_id=follow_up_id)


def _follow_up_moves(candidate_id: int) -> Iterable[Event]:
    """Closings and openings anew; the first opening is told by the follow-up itself."""
    found = db.session.execute(
        sa.select(FollowUpMove, User.name, CourseRun.title)
        .join(FollowUp, FollowUp.id == FollowUpMove.follow_up_id)
        .join(CourseRun, CourseRun.id == FollowUp.course_run_id)
        .join(User, User.id == FollowUpMove.by_id)
        .where(FollowUp.candidate_id == candidate_id, FollowUpMove.deed != "open")
    )
    for move, who, run in found:
        closed = move.deed == "close"
        yield Event(
            at=move.at,
            happened=Happened.FOLLOW_UP_CLOSED if closed else Happened.FOLLOW_UP_REOPENED,
            who=who,
            run=run,
            note=move.note,
            follow_up_id=move.follow_up_id,
            close_reason=CloseReason(move.reason) if move.reason else None,
        )


def _contacts(candidate_id: int) -> Iterable[Event]:
    found = db.session.execute(
        sa.select(ContactAttempt, User.name, CourseRun.title)
        .join(FollowUp, FollowUp.id == ContactAttempt.follow_up_id)
        .join(CourseRun, CourseRun.id == FollowUp.course_run_id)
        .join(User, User.id == ContactAttempt.by_id)
        .where(FollowUp.candidate_id == candidate_id)
    )
    for attempt, who, run in found:
        yield Event(
            at=attempt.at,
            happened=Happened.CONTACT,
            who=who,
            run=run,
            note=attempt.note,
            follow_up_id=attempt.follow_up_id,
            channel=attempt.channel,
            outcome=attempt.outcome,
        )


def _transfers(candidate_id: int) -> Iterable[Event]:
    """Offers to another municipality and what came of them; the words of both sides stand on the transfer."""
    giver, receiver = aliased(Municipality), aliased(Municipality)
    found = db.session.execute(
        sa.select(Transfer, giver.name, receiver.name)
        .join(giver, giver.id == Transfer.from_municipality_id)
        .join(receiver, receiver.id == Transfer.to_municipality_id)
        .where(Transfer.candidate_id == candidate_id)
    )
    for row, gives, receives in found:
        at = row.done_at or row.answered_at or row.offered_at
        yield Event(
            at=at,
            happened=Happened.TRANSFER,
            state=row.state,
            giver=gives,
            receiver=receives,
            until=row.effective_on,
        )
