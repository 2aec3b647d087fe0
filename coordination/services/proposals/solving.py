"""What the clock does with a proposal: freezes its question, and stores what was found."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from coordination import audit
from coordination.db import db, system_session
from coordination.domain import proposal_locks
from coordination.domain.actors import Actor
from coordination.domain.errors import Refused
from coordination.domain.pooling.checking import check
from coordination.domain.pooling.first_come import first_come, fitting
from coordination.domain.pooling.instances import as_instance
from coordination.domain.pooling.problem import Goal, Plan, Problem
from coordination.domain.pooling.scoring import Starting, score, starting
from coordination.domain.proposal_locks import Locks
from coordination.domain.proposal_reasons import Reasons, reasons
from coordination.domain.proposals import ProposalState
from coordination.models import Nomination, Proposal, ProposedPlace
from coordination.queries import pooling_question
from coordination.queries.proposals.rows import Level, Loaded, load, standing_locks
from coordination.services.proposals.queue import Claim


@dataclass(frozen=True)
class Frozen:
    """The question as it is asked, and which of its locks are the coordinator's."""

    problem: Problem
    locks: Locks


@dataclass(frozen=True)
class Found:
    """What a solver came back with."""

    plan: Plan
    levels: tuple[Level, ...]
    seconds: float
    solver_seconds: float


@dataclass(frozen=True)
class Judged:
    """An answer that breaks no rule, with its goals and reasons, and what a spreadsheet would have given."""

    found: Found
    scores: dict[str, int]
    why: Reasons
    starting: Starting
    by_hand: Starting


def freeze(actor: Actor, claim: Claim, today: date) -> Frozen:
    """The question of a proposal as things stand, with the locks and overrides it takes over; reads only.

    Refused where there is nothing to solve, and where locks clash all by themselves.
    """
    parent = load(actor, claim.made_from_id) if claim.made_from_id else None
    before = parent or _last_published(actor, claim.partnership_id)
    previous = {seat.candidate: seat.run for seat in before.plan} if before else {}
    base = pooling_question.question(actor, claim.partnership_id, today, previous=previous)
    if not any(one.sector != pooling_question.NOBODYS_SECTOR for one in base.runs):
        raise Refused("proposal.no_runs")
    if not any(not one.locked for one in base.candidates):
        raise Refused("proposal.nobody")
    locks = proposal_locks.applicable(base, standing_locks(parent.places) if parent else {})
    problem = proposal_locks.with_locks(base, locks)
    proposal_locks.check_locks(problem)
    return Frozen(problem, locks)


def loosen(frozen: Frozen) -> Frozen:
    """The question in which every run with a seat given stays open, as not all can reach their minimum."""
    return replace(frozen, problem=proposal_locks.keep_open(frozen.problem, frozen.locks))


def keep_question(claim: Claim, frozen: Frozen) -> None:
    """Store the frozen question in a transaction of its own, before anything is solved."""
    with system_session("proposals.freeze") as session:
        session.execute(
            sa.update(Proposal)
            .where(Proposal.id == claim.proposal_id, Proposal.state == ProposalState.SOLVING)
            .values(inputs={**as_instance(frozen.problem), "locks": dict(frozen.locks)})
        )


def judge(frozen: Frozen, found: Found) -> Judged:
    """Hold an answer against every rule, outside of any transaction; else Refused("proposal.check")."""
    if check(frozen.problem, found.plan):
        raise Refused("proposal.check")
    best = next((level.value for level in found.levels if level.goal is Goal.PLACED), None)
    scores = score(frozen.problem, found.plan, best_placed=best)
    why = reasons(frozen.problem, found.plan, frozen.locks)
    return Judged(
        found,
        {str(goal): value for goal, value in scores.items()},
        why,
        starting(frozen.problem, found.plan),
        by_hand=starting(frozen.problem, first_come(frozen.problem, fitting(frozen.problem))),
    )


def store(actor: Actor, claim: Claim, frozen: Frozen, judged: Judged, *, now: datetime) -> None:
    """Keep an answer, with a place and its reasons for each person within reach.

    Nothing is kept of a search that somebody stopped in its last moment.
    """
    row = db.session.scalars(
        sa.select(Proposal).where(Proposal.id == claim.proposal_id).with_for_update()
    ).one_or_none()
    if row is None or row.state is not ProposalState.SOLVING:
        return
    row.claimed_at, row.problem, row.progress = None, "", {}
    if row.cancel_asked:
        row.state = ProposalState.CANCELLED
        return
    row.state, row.scores = ProposalState.READY, judged.scores
    row.answer = _answer(frozen.problem, judged)
    _add_places(actor, claim, frozen, judged)
    seats = {"people": len(frozen.problem.candidates), "seats": len(judged.found.plan)}
    audit.record(actor, "proposals.store", "proposal", row.id, now=now, **seats)


def _answer(problem: Problem, judged: Judged) -> dict[str, Any]:
    """The answer in the public format, with reasons for everybody without a seat and every closed run."""
    found = judged.found
    seated = {seat.candidate for seat in found.plan}
    return {
        "seats": [{"candidate": seat.candidate, "run": seat.run} for seat in sorted(found.plan)],
        "open": sorted({seat.run for seat in found.plan} | {run.id for run in problem.runs if run.committed}),
        "levels": {
            str(level.goal): {"value": level.value, "bound": level.bound, "proved": level.proved}
            for level in found.levels
        },
        "unplaced": {name: why for name, why in judged.why.people.items() if name not in seated},
        "closed": judged.why.closed,
        "starting": asdict(judged.starting),
        "by_hand": asdict(judged.by_hand),
        "seconds": round(found.seconds, 3),
        "solver_seconds": round(found.solver_seconds, 3),
    }


def _add_places(actor: Actor, claim: Claim, frozen: Frozen, judged: Judged) -> None:
    """A row for each person still within reach; a seat of somebody no longer shared counts without one.

    Those who are away on a run under way only take their employer's patience: they are placed nowhere.
    """
    runs = {seat.candidate: int(seat.run) for seat in judged.found.plan}
    overrides = _override_reasons(actor, claim)
    people = {one.id: one for one in frozen.problem.candidates if one.weight}
    rows = db.session.scalars(sa.select(Nomination).where(Nomination.id.in_([int(name) for name in people])))
    by_key = {str(row.id): row for row in rows}
    for name, one in people.items():
        if (row := by_key.get(name)) is None:
            continue
        locked = name in frozen.locks
        db.session.add(
            ProposedPlace(
                municipality_id=row.municipality_id,
                proposal_id=claim.proposal_id,
                nomination_id=row.id,
                candidate_id=row.candidate_id,
                code=row.code,
                course_run_id=runs.get(name),
                solver_run_id=runs.get(name),
                held_run_id=int(one.locked[0]) if one.locked and not locked else None,
                locked=locked,
                override_reason=overrides.get(row.id, "") if locked else "",
                why=judged.why.people.get(name, []),
            )
        )


def _override_reasons(actor: Actor, claim: Claim) -> dict[int, str]:
    """Why the coordinator decided otherwise in the proposal this one was made from."""
    if claim.made_from_id is None:
        return {}
    return {place.nomination_id: place.override_reason for place in load(actor, claim.made_from_id).places}


def _last_published(actor: Actor, partnership_id: int) -> Loaded | None:
    """The proposal that last became offers: what it said is kept where that costs nothing."""
    newest = db.session.scalar(
        sa.select(Proposal.id)
        .where(Proposal.partnership_id == partnership_id, Proposal.state == ProposalState.PUBLISHED)
        .order_by(Proposal.published_at.desc())
        .limit(1)
    )
    return load(actor, newest) if newest else None
