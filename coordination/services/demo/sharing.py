"""The demonstration's people whose sharing is about to end, and the one who moves to the neighbours."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

from coordination.db import db
from coordination.domain.nominations import NominationState
from coordination.domain.transfers import TransferState
from coordination.models import Nomination, Transfer
from coordination.services.demo.places import Places, save


def sharing_and_moves(places: Places, *, today: date, now: datetime) -> None:
    """One basis ends in twelve days; one person is offered to the next jobcenter from a 28th on."""
    waiting = db.session.scalars(
        select(Nomination).where(Nomination.state == NominationState.SUBMITTED).order_by(Nomination.id)
    ).all()
    ending, moving = waiting[0], waiting[1]
    ending.basis_until = today + timedelta(days=12)
    receiver = next(number for number in places.caseworkers if number != moving.municipality_id)
    save(
        Transfer(
            municipality_id=moving.municipality_id,
            candidate_id=moving.candidate_id,
            from_municipality_id=moving.municipality_id,
            to_municipality_id=receiver,
            code=moving.code,
            state=TransferState.OFFERED,
            effective_on=(today + timedelta(days=14)).replace(day=28),
            note="Har fået bolig hos jer.",
            offered_by_id=moving.caseworker_id,
            offered_at=now - timedelta(days=1),
        )
    )
