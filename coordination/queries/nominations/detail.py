"""One nomination: where it stands, whose turn it is, and every move that led there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from coordination.db import db
from coordination.domain import nominations
from coordination.domain.actors import Actor, Role
from coordination.domain.errors import Refused
from coordination.domain.nominations import NominationDeed, NominationState, SeatOnRun
from coordination.domain.priorities import Priority
from coordination.domain.reasons import ReasonKind
from coordination.models import Nomination
from coordination.queries import reasons
from coordination.queries.nominations import legal_basis
from coordination.queries.nominations.history import MoveRow, moves_of
from coordination.queries.nominations.legal_basis import BasisRow
from coordination.queries.nominations.reach import nomination
from coordination.queries.nominations.rows import NominationRow, base, rows


@dataclass(frozen=True)
class DetailPage:
    """A nomination with its history and what its reader may do."""

    nomination: NominationRow
    moves: tuple[MoveRow, ...]
    may_submit: bool
    may_return: bool
    may_change_wishes: bool
    may_withdraw: bool
    may_park: bool
    may_unpark: bool
    may_set_priority: bool
    priority: Priority
    priority_reason: str
    basis: BasisRow | None
    may_renew: bool
    may_close: bool
    on_behalf: bool
    reason: str
    person_ids: tuple[int, ...]


def detail_page(actor: Actor, nomination_id: int, today: date) -> DetailPage:
    """The page of a nomination; NotFound if the actor may not know of it."""
    found = nomination(actor, nomination_id)
    (row,) = rows(actor, db.session.execute(base().where(Nomination.id == nomination_id)).all())
    may = nominations.deeds(found.state, actor.role)
    alone = not live_elsewhere(found)
    basis = legal_basis.basis_of(found, today)
    shared = basis is not None and basis.open
    return DetailPage(
        nomination=row,
        moves=moves_of(actor, nomination_id),
        may_submit=NominationDeed.SUBMIT in may,
        may_return=found.state in AT_REST and NominationDeed.RETURN_TO_POOL in may and alone and shared,
        may_change_wishes=NominationDeed.CHANGE_WISHES in may,
        may_withdraw=NominationDeed.WITHDRAW in may and not _begun([seat.on_run for seat in row.seats]),
        may_park=NominationDeed.PARK in may,
        may_unpark=NominationDeed.UNPARK in may,
        may_set_priority=NominationDeed.PRIORITY in may,
        priority=found.priority,
        priority_reason=_name(actor, ReasonKind.PRIORITY, found.priority_reason),
        basis=basis,
        may_renew=legal_basis.may(actor, found, NominationDeed.RENEW_BASIS),
        may_close=legal_basis.may(actor, found, NominationDeed.WITHDRAW_BASIS),
        on_behalf=actor.role is Role.COORDINATOR,
        reason=_reason(actor, found),
        person_ids=(found.candidate_id,),
    )


AT_REST = frozenset({NominationState.DECLINED, NominationState.EXPIRED})
"""Out of the pool, and only waiting to be sent back to it."""

withdrawal_page = detail_page


def live_elsewhere(found: Nomination) -> bool:
    """True if the candidate has another nomination that is still alive."""
    others = sa.select(Nomination.id).where(
        Nomination.candidate_id == found.candidate_id,
        Nomination.id != found.id,
        Nomination.state.in_(nominations.LIVE),
    )
    return db.session.scalar(others.limit(1)) is not None


def _reason(actor: Actor, found: Nomination) -> str:
    """Why the nomination is withdrawn or parked, in the reader's words."""
    kind, code = {
        NominationState.WITHDRAWN: (ReasonKind.WITHDRAW, found.withdraw_reason),
        NominationState.PARKED: (ReasonKind.PARK, found.park_reason),
    }.get(found.state, (None, None))
    return _name(actor, kind, code) if kind else ""


def _name(actor: Actor, kind: ReasonKind, code: str | None) -> str:
    """What a reason is called; empty for none."""
    return reasons.names(actor.language).get((kind, code), code) if code else ""


def _begun(seats: list[SeatOnRun]) -> bool:
    try:
        nominations.check_withdrawal(seats)
    except Refused:
        return True
    return False
