"""Proposals wait for the clock: one process takes one, gives signs of life, and a crash gives it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from coordination import audit
from coordination.db import db, system_session
from coordination.domain.actors import Actor
from coordination.domain.pooling.checking import Violation
from coordination.domain.proposals import ProposalState
from coordination.models import Proposal
from coordination.queries.accounts import actor_of

SILENT = timedelta(minutes=2)
"""A claim without a sign of life for so long, beyond the time of its search, is taken for dead."""
AGAIN = "proposal.again"
BROKE = "proposal.broke"


@dataclass(frozen=True)
class Claim:
    """A proposal taken by the clock, and in whose name it is solved; None where that account is closed."""

    proposal_id: int
    partnership_id: int
    made_from_id: int | None
    time_limit: int
    actor: Actor | None


def claim_next(*, now: datetime) -> Claim | None:
    """Take the proposal that has waited longest; None if none waits, or another process was faster."""
    found = db.session.execute(
        sa.select(
            Proposal.id,
            Proposal.partnership_id,
            Proposal.made_from_id,
            Proposal.time_limit,
            Proposal.created_by_id,
        )
        .where(Proposal.state == ProposalState.WAITING)
        .order_by(Proposal.id)
        .limit(1)
    ).first()
    if found is None:
        return None
    taken = db.session.execute(
        sa.update(Proposal)
        .where(Proposal.id == found.id, Proposal.state == ProposalState.WAITING)
        .values(state=ProposalState.SOLVING, claimed_at=now, progress={})
        .returning(Proposal.id)
    ).first()
    return Claim(*found[:4], actor_of(found.created_by_id)) if taken else None


def report_progress(proposal_id: int, progress: dict[str, Any], *, now: datetime) -> bool:
    """Say how far a search is, in a short transaction of its own; False if somebody wants it to stop."""
    with system_session("proposals.progress") as session:
        asked = session.execute(
            sa.update(Proposal)
            .where(Proposal.id == proposal_id, Proposal.state == ProposalState.SOLVING)
            .values(progress=progress, claimed_at=now)
            .returning(Proposal.cancel_asked)
        ).first()
    return asked is not None and not asked.cancel_asked


def fail(proposal_id: int, problem: str, *, now: datetime, clashes: Sequence[Violation] = ()) -> None:
    """Say with a code why there is no answer, and which rules the locks break where that is the reason."""
    told = [{"code": wrong.code, "facts": wrong.facts} for wrong in clashes]
    _end(proposal_id, ProposalState.FAILED, problem=problem, progress={"clashes": told} if told else {})
    audit.record(None, "proposals.fail", "proposal", proposal_id, now=now, problem=problem)


def stop(proposal_id: int, *, given_back: bool = False) -> None:
    """The search ended early: somebody wanted it to, or the clock stops and the next one begins anew."""
    state = ProposalState.WAITING if given_back else ProposalState.CANCELLED
    _end(proposal_id, state, problem="", progress={})


def requeue_stale(*, now: datetime) -> int:
    """Give back proposals whose process died; one that died on a proposal twice is not tried a third time."""
    found = db.session.execute(
        sa.select(
            Proposal.id, Proposal.problem, Proposal.claimed_at, Proposal.time_limit, Proposal.cancel_asked
        ).where(Proposal.state == ProposalState.SOLVING)
    ).all()
    dead = [row for row in found if row.claimed_at < now - SILENT - timedelta(seconds=row.time_limit)]
    for row in dead:
        if row.cancel_asked:
            stop(row.id)
        elif row.problem == AGAIN:
            fail(row.id, BROKE, now=now)
        else:
            _end(row.id, ProposalState.WAITING, problem=AGAIN, progress={})
    return len(dead)


def _end(proposal_id: int, state: ProposalState, *, problem: str, progress: dict[str, Any]) -> None:
    db.session.execute(
        sa.update(Proposal)
        .where(Proposal.id == proposal_id, Proposal.state == ProposalState.SOLVING)
        .values(state=state, claimed_at=None, problem=problem, progress=progress)
    )
