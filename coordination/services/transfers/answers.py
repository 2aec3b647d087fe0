"""The receiver says yes, knowing the person, or no; either side may still call it off before the day."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from coordination import access, audit, outbox
from coordination.adapters.cpr_vault import CprVault
from coordination.db import system_session, widened
from coordination.domain import transfers
from coordination.domain.actors import Actor, Role
from coordination.domain.candidates import parse_cpr
from coordination.domain.errors import Invalid, Problem, Refused
from coordination.domain.texts import problem_in, tidy
from coordination.domain.transfers import Side, TransferDeed, TransferEnd
from coordination.models import Candidate, Municipality, Transfer
from coordination.queries.accounts import caseworkers
from coordination.services.transfers.carrying_out import tell_end, transfer_now

MAX_NOTE = 500


def accept(
    actor: Actor,
    transfer_id: int,
    cpr: str,
    caseworker_id: int | None,
    *,
    vault: CprVault,
    today: date,
    now: datetime,
) -> bool:
    """Take over a person one knows: True if the CPR number fits, else nothing but a note in the log.

    Refused("transfer.duplicate") if the person is registered here already; Invalid beside `cpr` and
    `caseworker`. A transfer whose day has come is carried out at once.
    """
    transfer = access.one(Transfer, transfer_id, lock=True)
    after = transfers.move(transfer.state, TransferDeed.ACCEPT, _side(actor, transfer))
    number = _settled(cpr, caseworker_id, transfer.to_municipality_id, today)
    if vault.fingerprint(number) != _fingerprint_of(transfer.candidate_id):
        audit.record(actor, "transfers.wrong_identity", "transfer", transfer.id, now=now)
        return False
    if _registered(transfer.to_municipality_id, vault.fingerprint(number)):
        raise Refused("transfer.duplicate")
    transfer.state, transfer.caseworker_id = after, caseworker_id
    transfer.answered_by_id, transfer.answered_at = actor.user_id, now
    _tell_giver(actor, transfer, now)
    audit.record(actor, "transfers.accept", "transfer", transfer.id, now=now)
    if transfer.effective_on <= today:
        with widened("transfer"):
            transfer_now(transfer_id, now)
    return True


def decline(actor: Actor, transfer_id: int, reason: str, *, now: datetime) -> None:
    """Say no with a reason; the giver keeps the person and gets a letter."""
    _end(actor, transfer_id, TransferDeed.DECLINE, reason, now)


def cancel(actor: Actor, transfer_id: int, reason: str, *, now: datetime) -> None:
    """Call a transfer off before its day; the other side gets a letter."""
    _end(actor, transfer_id, TransferDeed.CANCEL, reason, now)


def _end(actor: Actor, transfer_id: int, deed: TransferDeed, reason: str, now: datetime) -> None:
    transfer = access.one(Transfer, transfer_id, lock=True)
    side = _side(actor, transfer)
    after = transfers.move(transfer.state, deed, side)
    note = tidy(reason)
    if not note:
        raise Invalid({"reason": "transfer.no_reason"})
    if problem := problem_in(note, MAX_NOTE):
        raise Invalid({"reason": problem})
    transfer.state, transfer.answer_note = after, note
    transfer.answered_by_id, transfer.answered_at = actor.user_id, now
    why = TransferEnd.DECLINED if deed is TransferDeed.DECLINE else TransferEnd.CANCELLED
    other = transfer.to_municipality_id if side is Side.GIVER else transfer.from_municipality_id
    tell_end(transfer, [other], why, now, besides=actor.user_id)
    audit.record(actor, f"transfers.{deed}", "transfer", transfer.id, now=now)


def _side(actor: Actor, transfer: Transfer) -> Side | None:
    return transfers.side_of(
        actor.municipalities,
        transfer.from_municipality_id,
        transfer.to_municipality_id,
        coordinates=actor.role is Role.COORDINATOR,
    )


def _settled(cpr: str, caseworker_id: int | None, municipality_id: int, today: date) -> str:
    """The ten digits; Invalid beside both fields at once."""
    errors: dict[str, str | Problem] = {}
    number = ""
    try:
        number = parse_cpr(cpr, today).number
    except Refused as refused:
        errors["cpr"] = (refused.code, refused.facts)
    if caseworker_id not in {user.id for user in caseworkers(municipality_id)}:
        errors["caseworker"] = "transfer.no_caseworker"
    if errors:
        raise Invalid(errors)
    return number


def _fingerprint_of(candidate_id: int) -> str:
    """The hash of a person who is not yet within reach; it leaves this module only as yes or no."""
    with system_session("transfer_identity", reads=True) as session:
        return session.scalar(sa.select(Candidate.cpr_hash).where(Candidate.id == candidate_id)) or ""


def _registered(municipality_id: int, fingerprint: str) -> bool:
    with system_session("transfer_duplicate", reads=True) as session:
        same = sa.select(Candidate.id).where(
            Candidate.municipality_id == municipality_id, Candidate.cpr_hash == fingerprint
        )
        return session.scalar(same.limit(1)) is not None


def _tell_giver(actor: Actor, transfer: Transfer, now: datetime) -> None:
    receiver = access.one(Municipality, transfer.to_municipality_id).name
    outbox.queue(
        "transfer_accepted",
        caseworkers(transfer.from_municipality_id),
        now=now,
        besides=actor.user_id,
        transfer_id=transfer.id,
        code=transfer.code,
        jobcenter=receiver,
        effective_on=transfer.effective_on.isoformat(),
    )
