"""The list of transfers to and from the reader's municipality, those under way first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.transfers import OPEN, Side, TransferState, side_of
from coordination.models import Candidate, Municipality, Transfer

PAGE_SIZE = 50


@dataclass(frozen=True)
class TransferRow:
    """A transfer in the list; the name stands only there where the person is."""

    id: int
    code: str
    candidate_id: int | None
    name: str
    giver: str
    receiver: str
    effective_on: date
    state: TransferState
    side: Side | None

    @property
    def waits(self) -> bool:
        """True if the reader's side must answer."""
        return self.state is TransferState.OFFERED and self.side is Side.RECEIVER


@dataclass(frozen=True)
class OverviewPage:
    """One page of the list."""

    rows: tuple[TransferRow, ...]
    total: int
    number: int
    pages: int
    person_ids: tuple[int, ...]


def overview_page(actor: Actor, number: int) -> OverviewPage:
    """The transfers within reach; the one who is asked finds a code, not a name."""
    total = db.session.scalar(sa.select(sa.func.count(Transfer.id))) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(1, number), pages)
    found = db.session.execute(
        sa.select(Transfer, Candidate.id, Candidate.name)
        .outerjoin(Candidate, Candidate.id == Transfer.candidate_id)
        .order_by(sa.case((Transfer.state.in_(OPEN), 0), else_=1), Transfer.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    places = dict(db.session.execute(sa.select(Municipality.id, Municipality.name)).all())
    rows = tuple(_row(actor, transfer, known, name or "", places) for transfer, known, name in found)
    ids = tuple(row.candidate_id for row in rows if row.candidate_id)
    return OverviewPage(rows, total, number, pages, ids)


def waiting_transfers(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    """SQL: the transfers that wait for an answer of the reader's jobcenter, as codes."""
    asked = (
        sa.select(Transfer.id, Transfer.code, Municipality.name, Transfer.effective_on)
        .join(Municipality, Municipality.id == Transfer.from_municipality_id)
        .where(Transfer.state == TransferState.OFFERED)
        .where(Transfer.to_municipality_id.in_(sorted(actor.municipalities)))
        .order_by(Transfer.effective_on, Transfer.id)
    )
    return asked if actor.role is Role.JOBCENTER else asked.where(sa.false())


def _row(
    actor: Actor, transfer: Transfer, known: int | None, name: str, places: dict[int, str]
) -> TransferRow:
    giver, receiver = transfer.from_municipality_id, transfer.to_municipality_id
    return TransferRow(
        id=transfer.id,
        code=transfer.code,
        candidate_id=known,
        name=name,
        giver=places[giver],
        receiver=places[receiver],
        effective_on=transfer.effective_on,
        state=transfer.state,
        side=side_of(actor.municipalities, giver, receiver, coordinates=actor.role is Role.COORDINATOR),
    )
