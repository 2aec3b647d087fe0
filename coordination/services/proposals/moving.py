"""The coordinator changes a proposal: moves a person with a reason, and holds people where they are."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified

from coordination import audit
from coordination.db import db
from coordination.domain import proposals
from coordination.domain.actors import Actor
from coordination.domain.errors import NotFound, Refused
from coordination.domain.pooling.scoring import score
from coordination.domain.proposal_reasons import reasons
from coordination.domain.proposals import Move
from coordination.models import Proposal, ProposedPlace
from coordination.queries.proposals.naming import named
from coordination.queries.proposals.rows import Loaded, load, proposal, standing_locks


def move_person(
    actor: Actor,
    proposal_id: int,
    nomination_id: int,
    course_run_id: int | None,
    reason: str,
    *,
    version: int,
    now: datetime,
) -> None:
    """Put a person into another run of the proposal, or out of all, with a reason for coordinators.

    Back where the search put the person needs no reason. Refused for one who holds a seat, and for what no
    reason excuses; Stale if the proposal changed since its page was opened.
    """
    row, place, loaded = _held(actor, proposal_id, nomination_id, version)
    if course_run_id is not None and str(course_run_id) not in {run.id for run in loaded.problem.runs}:
        raise NotFound
    back = course_run_id == place.solver_run_id
    why = "" if back else proposals.settle_reason(reason)
    move = Move(str(nomination_id), str(course_run_id) if course_run_id else None)
    found = proposals.effect(loaded.problem, loaded.plan, move, best_placed=loaded.best_placed)
    if found.refusals:
        raise Refused("proposal.breaks", clashes=named(actor, loaded, found.refusals))
    place.course_run_id, place.override_reason, place.locked = course_run_id, why, not back
    db.session.flush()  # the goals are counted from what is stored
    _count_again(actor, row)
    told = {"nomination_id": nomination_id, "course_run_id": course_run_id}
    audit.record(actor, "proposals.move_person", "proposal", row.id, now=now, reason=why, **told)


def set_lock(
    actor: Actor,
    proposal_id: int,
    nomination_id: int,
    locked: bool,  # noqa: FBT001 (the page's button says which)
    *,
    now: datetime,
    version: int | None = None,
) -> None:
    """Have a new search keep a person where the proposal puts them now, or set the person free again.

    What the coordinator decided with a reason is kept in any case.
    """
    row, place, _loaded = _held(actor, proposal_id, nomination_id, version)
    if place.locked == locked:
        return
    place.locked = locked
    flag_modified(row, "scores")  # a page opened before must see that something changed
    audit.record(
        actor, "proposals.set_lock", "proposal", row.id, now=now, nomination_id=nomination_id, locked=locked
    )


def _held(
    actor: Actor, proposal_id: int, nomination_id: int, version: int | None
) -> tuple[Proposal, ProposedPlace, Loaded]:
    """The proposal, locked, and the place of a person who holds no seat yet."""
    row = proposal(actor, proposal_id, lock=True)
    proposals.check_ready(row.state)
    if version is not None:
        proposals.check_version(row.version, version)
    place = db.session.scalars(
        sa.select(ProposedPlace)
        .where(ProposedPlace.proposal_id == proposal_id)
        .where(ProposedPlace.nomination_id == nomination_id)
    ).one_or_none()
    if place is None:
        raise NotFound
    if place.held_run_id is not None:
        raise Refused("proposal.holds_seat", person=place.code)
    return row, place, load(actor, proposal_id)


def _count_again(actor: Actor, row: Proposal) -> None:
    """Goals and reasons as the proposal stands after a move; the version rises in any case."""
    loaded = load(actor, row.id)
    found = score(loaded.problem, loaded.plan, best_placed=loaded.best_placed)
    row.scores = {str(goal): value for goal, value in found.items()}
    flag_modified(row, "scores")
    told = reasons(loaded.problem, loaded.plan, standing_locks(loaded.places)).people
    places = db.session.scalars(sa.select(ProposedPlace).where(ProposedPlace.proposal_id == row.id))
    for place in places:
        why = told.get(str(place.nomination_id), [])
        if place.why != why:
            place.why = why
