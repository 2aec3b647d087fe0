"""A frozen question is solved again by the clock, to see whether its figures agree with the proposal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from coordination import audit
from coordination.db import db
from coordination.domain.pooling.instances import read_instance
from coordination.domain.pooling.problem import Problem
from coordination.domain.replays import Replay, compare
from coordination.models import Proposal
from coordination.queries.proposals.rows import Level, levels_of
from coordination.services.proposals.queue import SILENT


@dataclass(frozen=True)
class Frozen:
    """The question of a proposal exactly as it was solved, and what came of it."""

    proposal_id: int
    problem: Problem
    levels: tuple[Level, ...]
    time_limit: int


def frozen_question(proposal_id: int) -> Frozen | None:
    """The question of a proposal as it was solved; None for one without an answer, or none at all."""
    row = db.session.get(Proposal, proposal_id)
    if row is None or not row.answer:
        return None
    return Frozen(row.id, read_instance(row.inputs), levels_of(row.answer), row.time_limit)


def claim_replay(*, now: datetime) -> Frozen | None:
    """Take the replay that was asked for first, or one whose process died; None if none waits."""
    waiting = db.session.execute(
        sa.select(Proposal.id, Proposal.claimed_at, Proposal.time_limit)
        .where(Proposal.replay_asked_at.is_not(None))
        .order_by(Proposal.replay_asked_at, Proposal.id)
    ).all()
    for row in waiting:
        if row.claimed_at is None or row.claimed_at < now - SILENT - timedelta(seconds=row.time_limit):
            taken = db.session.execute(
                sa.update(Proposal)
                .where(Proposal.id == row.id, Proposal.replay_asked_at.is_not(None))
                .where(Proposal.claimed_at.is_not_distinct_from(row.claimed_at))
                .values(claimed_at=now)
                .returning(Proposal.id)
            ).first()
            return frozen_question(row.id) if taken else None
    return None


def keep_replay(
    frozen: Frozen, found: tuple[Level, ...], *, now: datetime, seconds: float = 0.0, problem: str = ""
) -> Replay:
    """Write down what came of it beside the answer, which itself stays as it was."""
    outcome = agreement(frozen, found)
    row = db.session.get_one(Proposal, frozen.proposal_id, with_for_update=True, populate_existing=True)
    told = {
        "at": now.isoformat(),
        "then": {str(goal): value for goal, value in outcome.then.items()},
        "now": {str(goal): value for goal, value in outcome.now.items()},
        "differing": [str(goal) for goal in outcome.differing],
        "seconds": round(seconds, 3),
        "problem": problem,
    }
    db.session.execute(  # past the version: nothing a coordinator changes has changed
        sa.update(Proposal)
        .where(Proposal.id == row.id)
        .values(answer={**row.answer, "replay": told}, replay_asked_at=None, claimed_at=None)
    )
    differing = len(outcome.differing)
    audit.record(None, "proposals.replay", "proposal", row.id, now=now, differing=differing, problem=problem)
    return outcome


def agreement(frozen: Frozen, found: tuple[Level, ...]) -> Replay:
    """Every goal of the proposal as it was found then and as it is found now."""
    return compare(
        {level.goal: level.value for level in frozen.levels}, {level.goal: level.value for level in found}
    )
