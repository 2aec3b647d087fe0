"""One nomination: where it stands, whose turn it is, and every move that led there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from coordination.db import db
from coordination.domain import nominations
from coordination.domain.actors import Actor, Role
from coordination.domain.errors import Refused
from coordination.domain.nominations import NominationDeed, NominationState, SeatOnRun, WithdrawReason
from coordination.models import CourseRun, Nomination, NominationMove, User
from coordination.queries.nominations.reach import nomination
from coordination.queries.nominations.rows import NominationRow, base, rows


@dataclass(frozen=True)
class MoveRow:
    """One line of the history: who did what, from where to where, and why."""

    at: datetime
    who: str
    deed: str
    reason: str
    note: str
    run: str


@dataclass(frozen=True)
class DetailPage:
    """A nomination with its history and what its reader may do."""

    nomination: NominationRow
    moves: tuple[MoveRow, ...]
    may_submit: bool
    may_return: bool
    may_change_wishes: bool
    may_withdraw: bool
    on_behalf: bool
    withdraw_reason: WithdrawReason | None
    person_ids: tuple[int, ...]


def detail_page(actor: Actor, nomination_id: int) -> DetailPage:
    """The page of a nomination; NotFound if the actor may not know of it."""
    found = nomination(actor, nomination_id)
    (row,) = rows(actor, db.session.execute(base().where(Nomination.id == nomination_id)).all())
    may = nominations.deeds(found.state, actor.role)
    alone = not live_elsewhere(found)
    return DetailPage(
        nomination=row,
        moves=moves_of(nomination_id),
        may_submit=NominationDeed.SUBMIT in may,
        may_return=found.state in AT_REST and NominationDeed.RETURN_TO_POOL in may and alone,
        may_change_wishes=found.state in CHANGEABLE,
        may_withdraw=NominationDeed.WITHDRAW in may and not _begun([seat.on_run for seat in row.seats]),
        on_behalf=actor.role is Role.COORDINATOR,
        withdraw_reason=found.withdraw_reason,
        person_ids=(found.candidate_id,),
    )


AT_REST = frozenset({NominationState.DECLINED, NominationState.EXPIRED})
"""Out of the pool, and only waiting to be sent back to it."""
CHANGEABLE = frozenset({NominationState.DRAFT, NominationState.SUBMITTED})
"""The wishes still decide something."""

withdrawal_page = detail_page


def live_elsewhere(found: Nomination) -> bool:
    """True if the candidate has another nomination that is still alive."""
    others = sa.select(Nomination.id).where(
        Nomination.candidate_id == found.candidate_id,
        Nomination.id != found.id,
        Nomination.state.in_(nominations.LIVE),
    )
    return db.session.scalar(others.limit(1)) is not None


def moves_of(nomination_id: int) -> tuple[MoveRow, ...]:
    """The history of a nomination and its seats, newest first."""
    found = db.session.execute(
        sa.select(NominationMove, User.name, CourseRun.title)
        .outerjoin(User, User.id == NominationMove.by_id)
        .outerjoin(CourseRun, CourseRun.id == NominationMove.course_run_id)
        .where(NominationMove.nomination_id == nomination_id)
        .order_by(NominationMove.id.desc())
    )
    return tuple(
        MoveRow(move.at, who or "", move.deed, move.reason, move.note, run or "") for move, who, run in found
    )


def _begun(seats: list[SeatOnRun]) -> bool:
    try:
        nominations.check_withdrawal(seats)
    except Refused:
        return True
    return False
