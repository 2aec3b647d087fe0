"""One nomination: where it stands, whose turn it is, and every move that led there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from coordination.db import db
from coordination.domain import nominations
from coordination.domain.actors import Actor, Role
from coordination.domain.enrolments import REASONS as REASONS_OF_SEATS
from coordination.domain.enrolments import DeclineReason, DropOutReason, EnrolmentDeed, RejectReason
from coordination.domain.errors import Refused
from coordination.domain.nominations import NominationDeed, NominationState, SeatOnRun, WithdrawReason
from coordination.models import CourseRun, Nomination, NominationMove, User
from coordination.queries.nominations.reach import nomination
from coordination.queries.nominations.rows import NominationRow, base, rows

Reason = WithdrawReason | DeclineReason | RejectReason | DropOutReason


@dataclass(frozen=True)
class MoveRow:
    """One line of the history: who did what, from where to where, and why."""

    at: datetime
    who: str
    deed: NominationDeed | EnrolmentDeed
    reason: Reason | None
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
        may_change_wishes=NominationDeed.CHANGE_WISHES in may,
        may_withdraw=NominationDeed.WITHDRAW in may and not _begun([seat.on_run for seat in row.seats]),
        on_behalf=actor.role is Role.COORDINATOR,
        withdraw_reason=found.withdraw_reason,
        person_ids=(found.candidate_id,),
    )


AT_REST = frozenset({NominationState.DECLINED, NominationState.EXPIRED})
"""Out of the pool, and only waiting to be sent back to it."""
REASONS: dict[str, type[Reason]] = {
    str(NominationDeed.WITHDRAW): WithdrawReason,
    **{str(deed): reasons for deed, reasons in REASONS_OF_SEATS.items()},
}

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
        MoveRow(move.at, who or "", _deed(move), _reason(move), move.note, run or "")
        for move, who, run in found
    )


def _deed(move: NominationMove) -> NominationDeed | EnrolmentDeed:
    """What was done: to the seat if the move names a run and seats know the deed, else to the nomination."""
    if move.course_run_id and move.deed in set(EnrolmentDeed):
        return EnrolmentDeed(move.deed)
    return NominationDeed(move.deed)


def _reason(move: NominationMove) -> Reason | None:
    reasons = REASONS.get(move.deed)
    return reasons(move.reason) if reasons and move.reason in set(reasons) else None


def _begun(seats: list[SeatOnRun]) -> bool:
    try:
        nominations.check_withdrawal(seats)
    except Refused:
        return True
    return False
