"""A jobcenter offers a person to the municipality the person moves to."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from coordination import audit, outbox
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.errors import Refused
from coordination.domain.nominations import LIVE
from coordination.domain.texts import check_fields, problem_in, tidy
from coordination.domain.transfers import TransferState, neutral_key, settle_transfer
from coordination.models import Municipality, Nomination, Transfer
from coordination.queries import nominations, transfers
from coordination.queries.accounts import caseworkers

MAX_NOTE = 500


def offer(
    actor: Actor,
    candidate_id: int,
    to_municipality_id: int | None,
    effective_on: date | None,
    note: str,
    *,
    today: date,
    now: datetime,
) -> int:
    """Offer a person to another municipality of the partnership from a day on; returns the id.

    Refused("transfer.open") while another one is under way. The receiver's caseworkers get a letter.
    """
    candidate = nominations.person(actor, candidate_id, lock=True)
    offered = dict(transfers.receivers(candidate.municipality_id))
    receiver, day = settle_transfer(to_municipality_id, effective_on, offered, today)
    check_fields({"note": problem_in(tidy(note), MAX_NOTE)})
    if transfers.open_transfer(candidate_id):
        raise Refused("transfer.open")
    row = Transfer(
        municipality_id=candidate.municipality_id,
        candidate_id=candidate.id,
        from_municipality_id=candidate.municipality_id,
        to_municipality_id=receiver,
        code=_code(candidate.id),
        state=TransferState.OFFERED,
        effective_on=day,
        note=tidy(note),
        offered_by_id=actor.user_id,
        offered_at=now,
    )
    db.session.add(row)
    db.session.flush()  # the letter links to it
    _tell(actor, row, now)
    audit.record(actor, "transfers.offer", "transfer", row.id, now=now, to=receiver)
    return row.id


def _tell(actor: Actor, transfer: Transfer, now: datetime) -> None:
    home = db.session.get_one(Municipality, transfer.from_municipality_id)
    outbox.queue(
        "transfer_offered",
        caseworkers(transfer.to_municipality_id),
        now=now,
        besides=actor.user_id,
        transfer_id=transfer.id,
        jobcenter=home.name,
        effective_on=transfer.effective_on.isoformat(),
    )


def _code(candidate_id: int) -> str:
    """The pool code by which others know the person already, or a key that tells nothing."""
    live = sa.select(Nomination.code).where(
        Nomination.candidate_id == candidate_id,
        Nomination.state.in_(LIVE),
        Nomination.submitted_at.is_not(None),
    )
    return db.session.scalar(live) or neutral_key(candidate_id)
