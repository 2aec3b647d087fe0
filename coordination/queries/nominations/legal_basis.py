"""What allows the sharing of a nomination, how long it still holds, and what closing it means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from coordination.db import system_session
from coordination.domain import nominations
from coordination.domain.actors import Actor
from coordination.domain.enrolments import HOLDS_SEAT, EnrolmentState
from coordination.domain.errors import NotFound
from coordination.domain.legal_bases import LegalBasis, ends_soon, is_open
from coordination.domain.nominations import NominationDeed
from coordination.models import Candidate, Enrolment, Nomination
from coordination.queries.nominations.reach import nomination, person
from coordination.queries.nominations.rows import SeatRow, seats_of


@dataclass(frozen=True)
class BasisRow:
    """The basis of a nomination as it stands today."""

    kind: LegalBasis
    given_on: date
    until: date
    days_left: int
    open: bool
    ends_soon: bool
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class RenewalPage:
    """The form that renews a basis, and the page that asks before it is withdrawn."""

    nomination_id: int
    code: str
    name: str
    basis: BasisRow
    held: tuple[SeatRow, ...]
    waits: bool
    possible: bool
    person_ids: tuple[int, ...]


def basis_of(found: Nomination, today: date) -> BasisRow | None:
    """The basis of a nomination; a draft may have none yet."""
    if found.basis is None or found.basis_given_on is None or found.basis_until is None:
        return None
    until, withdrawn_at = found.basis_until, found.basis_withdrawn_at
    return BasisRow(
        kind=found.basis,
        given_on=found.basis_given_on,
        until=until,
        days_left=(until - today).days,
        open=is_open(until, withdrawn_at, today),
        ends_soon=ends_soon(until, withdrawn_at, today),
        withdrawn_at=withdrawn_at,
    )


def renewal_page(actor: Actor, nomination_id: int, today: date) -> RenewalPage:
    """What the form that renews the basis must know."""
    return _page(actor, nomination_id, NominationDeed.RENEW_BASIS, today)


def basis_withdrawal_page(actor: Actor, nomination_id: int, today: date) -> RenewalPage:
    """What is told before the basis is withdrawn."""
    return _page(actor, nomination_id, NominationDeed.WITHDRAW_BASIS, today)


def may(actor: Actor, found: Nomination, deed: NominationDeed) -> bool:
    """True if the basis is there and this person may renew or withdraw it."""
    there = found.basis is not None and found.basis_withdrawn_at is None
    return there and deed in nominations.deeds(found.state, actor.role)


def ending_soon(actor: Actor, until: date, today: date) -> sa.Select[int, int, str, str, date | None]:
    """SQL: the actor's own people whose sharing is open and ends by that day, the first to end first."""
    return (
        sa.select(
            Nomination.id, Nomination.candidate_id, Candidate.name, Nomination.code, Nomination.basis_until
        )
        .join(Candidate, Candidate.id == Nomination.candidate_id)
        .where(Nomination.caseworker_id == actor.user_id)
        .where(Nomination.state.in_(nominations.LIVE), Nomination.submitted_at.is_not(None))
        .where(Nomination.shared_on(today), Nomination.basis_until <= until)
        .order_by(Nomination.basis_until, Nomination.id)
    )


def closed_seats(course_run_id: int, today: date) -> frozenset[int]:
    """Seats of a run whose person is shared no longer, whoever asks: nobody can be marked there."""
    with system_session("closed_seats", reads=True) as session:
        found = session.scalars(
            sa.select(Enrolment.id)
            .join(Nomination, Nomination.id == Enrolment.nomination_id)
            .where(Enrolment.course_run_id == course_run_id, sa.not_(Nomination.shared_on(today)))
        )
        return frozenset(found)


def _page(actor: Actor, nomination_id: int, deed: NominationDeed, today: date) -> RenewalPage:
    found = nomination(actor, nomination_id)
    basis = basis_of(found, today)
    if basis is None:
        raise NotFound
    seats = seats_of([found.id])[found.id]
    return RenewalPage(
        nomination_id=found.id,
        code=found.code,
        name=person(actor, found.candidate_id).name,
        basis=basis,
        held=tuple(seat for seat in seats if seat.state in HOLDS_SEAT),
        waits=any(seat.state is EnrolmentState.WAITING for seat in seats),
        possible=may(actor, found, deed),
        person_ids=(found.candidate_id,),
    )
