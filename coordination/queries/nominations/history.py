"""The history of a nomination and its seats: who did what, from where to where, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.enrolments import EnrolmentDeed
from coordination.domain.nominations import NominationDeed
from coordination.domain.reasons import ReasonKind
from coordination.models import CourseRun, NominationMove, User
from coordination.queries import reasons
from coordination.queries.reasons import Names


@dataclass(frozen=True)
class MoveRow:
    """One line of the history."""

    at: datetime
    who: str
    deed: NominationDeed | EnrolmentDeed
    reason: str
    note: str
    run: str
    until: date | None


def moves_of(actor: Actor, nomination_id: int) -> tuple[MoveRow, ...]:
    """The history of a nomination and its seats, newest first, reasons in the reader's words."""
    found = db.session.execute(
        sa.select(NominationMove, User.name, CourseRun.title)
        .outerjoin(User, User.id == NominationMove.by_id)
        .outerjoin(CourseRun, CourseRun.id == NominationMove.course_run_id)
        .where(NominationMove.nomination_id == nomination_id)
        .order_by(NominationMove.id.desc())
    )
    names = reasons.names(actor.language)
    return tuple(
        MoveRow(
            move.at, who or "", deed_of(move), reason_in_words(move, names), move.note, run or "", move.until
        )
        for move, who, run in found
    )


def reason_in_words(move: NominationMove, names: Names) -> str:
    """Why the move was made; empty where a deed has no list of reasons."""
    if not move.reason or move.deed not in set(ReasonKind):
        return ""
    return names.get((ReasonKind(move.deed), move.reason), move.reason)


def deed_of(move: NominationMove) -> NominationDeed | EnrolmentDeed:
    """What was done: to the seat if the move names a run and seats know the deed, else to the nomination."""
    if move.course_run_id and move.deed in set(EnrolmentDeed):
        return EnrolmentDeed(move.deed)
    return NominationDeed(move.deed)
