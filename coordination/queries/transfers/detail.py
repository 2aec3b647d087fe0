"""One transfer: the giver sees the person, the receiver a code and the level until the person has moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from coordination import access
from coordination.db import db, system_session
from coordination.domain.actors import Actor, Role
from coordination.domain.candidates import DanishExam, DanishTrack
from coordination.domain.transfers import OPEN, TransferDeed, TransferState, deeds, side_of
from coordination.models import Candidate, Municipality, Nomination, Transfer, User
from coordination.queries.accounts import caseworkers


@dataclass(frozen=True)
class Preview:
    """What the receiver reads before the person has moved."""

    track: DanishTrack | None
    module: int | None
    exam: DanishExam
    in_pool_since: datetime | None


@dataclass(frozen=True)
class DetailPage:
    """A transfer as one side sees it."""

    id: int
    code: str
    candidate_id: int | None
    name: str
    preview: Preview | None
    giver: str
    receiver: str
    effective_on: date
    state: TransferState
    note: str
    offered_by: str
    offered_at: datetime
    answered_by: str
    answered_at: datetime | None
    answer_note: str
    caseworker: str
    done_at: datetime | None
    may: frozenset[TransferDeed]
    caseworkers: tuple[tuple[int, str], ...]
    person_ids: tuple[int, ...]


def detail_page(actor: Actor, transfer_id: int) -> DetailPage:
    """The page of a transfer; NotFound unless one of the two municipalities is the actor's."""
    transfer = access.one(Transfer, transfer_id)
    giver, receiver = transfer.from_municipality_id, transfer.to_municipality_id
    coordinates = actor.role is Role.COORDINATOR
    may = deeds(transfer.state, side_of(actor.municipalities, giver, receiver, coordinates=coordinates))
    known = db.session.get(Candidate, transfer.candidate_id)
    names = _names(transfer)
    return DetailPage(
        id=transfer.id,
        code=transfer.code,
        candidate_id=known.id if known else None,
        name=known.name if known else "",
        preview=_preview(transfer) if known is None and transfer.state in OPEN else None,
        giver=access.one(Municipality, giver).name,
        receiver=access.one(Municipality, receiver).name,
        effective_on=transfer.effective_on,
        state=transfer.state,
        note=transfer.note,
        offered_by=names[transfer.offered_by_id],
        offered_at=transfer.offered_at,
        answered_by=names.get(transfer.answered_by_id or 0, ""),
        answered_at=transfer.answered_at,
        answer_note=transfer.answer_note,
        caseworker=names.get(transfer.caseworker_id or 0, ""),
        done_at=transfer.done_at,
        may=may,
        caseworkers=_offered(receiver) if TransferDeed.ACCEPT in may else (),
        person_ids=(known.id,) if known else (),
    )


def _names(transfer: Transfer) -> dict[int, str]:
    ids = {transfer.offered_by_id, transfer.answered_by_id, transfer.caseworker_id} - {None}
    return dict(db.session.execute(sa.select(User.id, User.name).where(User.id.in_(ids))).all())


def _offered(municipality_id: int) -> tuple[tuple[int, str], ...]:
    return tuple((user.id, user.name) for user in caseworkers(municipality_id))


def _preview(transfer: Transfer) -> Preview | None:
    """Read past the reach of the one who is asked: the level, nothing that tells who it is."""
    with system_session("transfer_preview", reads=True) as session:
        person = session.get(Candidate, transfer.candidate_id)
        if person is None:
            return None
        since = session.scalar(
            sa.select(Nomination.submitted_at).where(
                Nomination.candidate_id == person.id, Nomination.code == transfer.code
            )
        )
        return Preview(person.danish_track, person.danish_module, person.danish_exam, since)
