"""A coordinator asks for a proposal, stops the search, throws a proposal away, or has one solved again."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from coordination import audit
from coordination.db import db
from coordination.domain import proposal_locks, proposals
from coordination.domain.actors import Actor
from coordination.domain.calendar import local_day
from coordination.domain.errors import NotFound, Refused
from coordination.domain.proposals import UNDER_WAY, ProposalState
from coordination.models import Proposal
from coordination.queries import pooling_question
from coordination.queries.proposals.naming import named
from coordination.queries.proposals.rows import load, proposal


def ask(
    actor: Actor,
    *,
    made_from_id: int | None,
    time_limit: int,
    now: datetime,
    partnership_id: int | None = None,
) -> int:
    """Ask for a proposal, from an earlier one's locks and overrides if named; the clock solves it.

    Refused while another one is under way, while there is nothing to solve, and where the locks clash.
    """
    seconds = proposals.settle_time_limit(time_limit)
    if made_from_id is not None:
        parent = load(actor, made_from_id)
        if not parent.levels:
            raise Refused("proposal.not_ready", state=parent.proposal.state)
        if clashes := proposal_locks.lock_clashes(parent.problem):
            raise Refused("proposal.locks_clash", clashes=named(actor, parent, clashes))
        partnership_id = parent.proposal.partnership_id
    home = _partnership(actor, partnership_id)
    _check_free(home)
    pooling_question.check_something(home, local_day(now))
    row = Proposal(
        partnership_id=home,
        state=ProposalState.WAITING,
        made_from_id=made_from_id,
        created_by_id=actor.user_id,
        created_at=now,
        time_limit=seconds,
    )
    db.session.add(row)
    db.session.flush()  # the answer is the key
    audit.record(actor, "proposals.ask", "proposal", row.id, now=now, made_from_id=made_from_id)
    return row.id


def cancel(actor: Actor, proposal_id: int, *, now: datetime) -> None:
    """Stop a search: at once while it waits, at the solver's next breath while it runs."""
    row = proposal(actor, proposal_id, lock=True)
    if row.state not in UNDER_WAY:
        raise Refused("proposal.not_under_way", state=row.state)
    row.cancel_asked = True
    if row.state is ProposalState.WAITING:
        row.state = ProposalState.CANCELLED
    audit.record(actor, "proposals.cancel", "proposal", row.id, now=now)


def discard(actor: Actor, proposal_id: int, *, now: datetime) -> None:
    """Remove a proposal that never became offers; Refused for a published one or while it is solved."""
    row = proposal(actor, proposal_id, lock=True)
    if row.state is ProposalState.PUBLISHED:
        raise Refused("proposal.published")
    if row.state in UNDER_WAY:
        raise Refused("proposal.under_way", proposal_id=row.id)
    db.session.delete(row)
    audit.record(actor, "proposals.discard", "proposal", proposal_id, now=now)


def ask_replay(actor: Actor, proposal_id: int, *, now: datetime) -> None:
    """Have the frozen question solved again by the clock, to see whether the figures agree."""
    row = proposal(actor, proposal_id, lock=True)
    if not row.answer:
        raise Refused("proposal.not_ready", state=row.state)
    row.replay_asked_at = row.replay_asked_at or now
    audit.record(actor, "proposals.ask_replay", "proposal", row.id, now=now)


def _partnership(actor: Actor, wanted: int | None) -> int:
    """The partnership asked for, or the coordinator's only one."""
    if wanted is None and len(actor.partnerships) == 1:
        return next(iter(actor.partnerships))
    if wanted not in actor.partnerships:
        raise NotFound
    return wanted


def _check_free(partnership_id: int) -> None:
    under_way = db.session.scalar(
        sa.select(Proposal.id)
        .where(Proposal.partnership_id == partnership_id, Proposal.state.in_(UNDER_WAY))
        .limit(1)
    )
    if under_way is not None:
        raise Refused("proposal.under_way", proposal_id=under_way)
