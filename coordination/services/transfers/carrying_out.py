"""The day of a transfer: the person changes owner, and every row about the person with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from coordination import audit, outbox
from coordination.db import db
from coordination.domain import transfers
from coordination.domain.calendar import local_day
from coordination.domain.nominations import NominationDeed, NominationState
from coordination.domain.transfers import TransferDeed, TransferEnd, TransferState
from coordination.models import (
    Candidate,
    ImportedRow,
    Municipality,
    Nomination,
    PersonView,
    ThreadMessage,
    Transfer,
    User,
)
from coordination.queries.accounts import caseworkers
from coordination.services.nominations import record_move

ENDED = frozenset({NominationState.WITHDRAWN, NominationState.COMPLETED})
FOLLOWING = (PersonView,)
"""Rows of a person that no foreign key carries along, and that are moved beside the person."""
LEFT = (ImportedRow,)
"""Rows that belong to a deed of the giver and not to the person's case; they are removed."""


def carry_out(*, now: datetime) -> None:
    """Carry out the accepted transfers whose day has come. For the clock."""
    due = db.session.scalars(
        sa.select(Transfer.id)
        .where(Transfer.state == TransferState.ACCEPTED, Transfer.effective_on <= local_day(now))
        .order_by(Transfer.id)
    )
    for transfer_id in due.all():
        transfer_now(transfer_id, now)


def transfer_now(transfer_id: int, now: datetime) -> None:
    """Move one person; only within a reach that holds both municipalities.

    One statement changes the owner of the person: the composite keys carry nominations, wishes, moves,
    seats, marks, follow-ups, the thread and the rest along. A person the receiver has registered in the
    meantime stays, and both sides are told.
    """
    transfer = db.session.scalars(
        sa.select(Transfer)
        .where(Transfer.id == transfer_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    giver, receiver = transfer.from_municipality_id, transfer.to_municipality_id
    if _registered(transfer):
        transfer.state = transfers.move(transfer.state, TransferDeed.CANCEL, None)
        tell_end(transfer, [giver, receiver], TransferEnd.DUPLICATE, now)
        audit.record(None, "transfers.cancel", "transfer", transfer.id, now=now)
        return
    transfer.state = transfers.move(transfer.state, TransferDeed.CARRY_OUT, None)
    transfer.done_at = now
    db.session.flush()  # the row itself is carried along, so it is written before
    _change_owner(transfer)
    _record(transfer.candidate_id, now)
    _tell_done(transfer, now)
    audit.record(None, "transfers.carry_out", "transfer", transfer.id, now=now, to=receiver)


def tell_end(
    transfer: Transfer,
    municipality_ids: Iterable[int],
    why: TransferEnd,
    now: datetime,
    *,
    besides: int | None = None,
) -> None:
    """A letter that the transfer came to nothing, and why."""
    for municipality_id in municipality_ids:
        outbox.queue(
            "transfer_declined",
            caseworkers(municipality_id),
            now=now,
            besides=besides,
            transfer_id=transfer.id,
            code=transfer.code,
            why=str(why),
        )


def _registered(transfer: Transfer) -> bool:
    fingerprint = sa.select(Candidate.cpr_hash).where(Candidate.id == transfer.candidate_id)
    same = sa.select(Candidate.id).where(
        Candidate.municipality_id == transfer.to_municipality_id,
        Candidate.cpr_hash == db.session.scalar(fingerprint),
    )
    return db.session.scalar(same.limit(1)) is not None


def _change_owner(transfer: Transfer) -> None:
    person, receiver = transfer.candidate_id, transfer.to_municipality_id
    for left in LEFT:
        _do(sa.delete(left).where(left.candidate_id == person))
    moved = {"municipality_id": receiver, "caseworker_id": transfer.caseworker_id}
    _do(sa.update(Candidate).where(Candidate.id == person).values(**moved, version=Candidate.version + 1))
    for model in FOLLOWING:
        _do(sa.update(model).where(model.candidate_id == person).values(municipality_id=receiver))
    _do(
        sa.update(Nomination)
        .where(Nomination.candidate_id == person, Nomination.state.not_in(ENDED))
        .values(caseworker_id=transfer.caseworker_id, version=Nomination.version + 1)
    )
    # What colleagues of the giver were asked to do falls to the new caseworker.
    colleagues = sa.select(User.id).where(User.jobcenter_id == transfer.from_municipality_id)
    _do(
        sa.update(ThreadMessage)
        .where(ThreadMessage.candidate_id == person, ThreadMessage.done_at.is_(None))
        .where(ThreadMessage.handed_to_id.in_(colleagues))
        .values(handed_to_id=transfer.caseworker_id)
    )
    db.session.expire_all()  # the database has changed the owner of what this session holds


def _do(statement: sa.Update | sa.Delete) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": False})


def _record(candidate_id: int, now: datetime) -> None:
    """A line in the history of each nomination that is not at its end."""
    live = sa.select(Nomination).where(
        Nomination.candidate_id == candidate_id, Nomination.state.not_in(ENDED)
    )
    for nomination in db.session.scalars(live):
        state = nomination.state
        record_move(None, nomination, NominationDeed.TRANSFER, before=state, after=state, now=now)


def _tell_done(transfer: Transfer, now: datetime) -> None:
    places = {
        row.id: row.name
        for row in db.session.scalars(
            sa.select(Municipality).where(
                Municipality.id.in_({transfer.from_municipality_id, transfer.to_municipality_id})
            )
        )
    }
    for municipality_id in (transfer.from_municipality_id, transfer.to_municipality_id):
        outbox.queue(
            "transfer_done",
            caseworkers(municipality_id),
            now=now,
            transfer_id=transfer.id,
            code=transfer.code,
            giver=places[transfer.from_municipality_id],
            receiver=places[transfer.to_municipality_id],
            effective_on=transfer.effective_on.isoformat(),
        )
