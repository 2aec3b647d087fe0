"""A proposal becomes offers and places in line at once; whoever comes second sees what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from coordination import audit
from coordination.db import db
from coordination.domain import proposal_locks, proposals
from coordination.domain.actors import Actor
from coordination.domain.calendar import local_day
from coordination.domain.errors import Refused, Stale
from coordination.domain.pooling.checking import check
from coordination.domain.pooling.problem import Plan, Problem, Seat
from coordination.domain.proposals import ProposalState
from coordination.models import CourseRun, Nomination, Partnership, Proposal, ProposedPlace
from coordination.queries import pooling_question
from coordination.queries.proposals.naming import named, named_changes, publisher
from coordination.queries.proposals.rows import Loaded, load, proposal, standing_locks
from coordination.services import enrolments
from coordination.services.proposals.lining_up import put_in_line


@dataclass(frozen=True)
class Published:
    """How many were offered a seat, and how many were put in line for one."""

    offered: int
    waiting: int


def publish(actor: Actor, proposal_id: int, *, version: int, now: datetime) -> Published:
    """Offer every proposed seat, and put those without one in line for the runs they fit.

    Stale if somebody published it first or changed it, or if what changed since the question was frozen no
    longer lets the plan hold; the error lists the changes. Refused for a plan no reason excuses.
    """
    _alone(proposal(actor, proposal_id).partnership_id)
    row = proposal(actor, proposal_id, lock=True)
    if row.state is ProposalState.PUBLISHED:
        raise Stale("proposal.published_first", who=publisher(row), at=_day(row))
    proposals.check_ready(row.state)
    proposals.check_version(row.version, version)
    loaded = load(actor, proposal_id)
    _hold(loaded)
    current = pooling_question.question(actor, row.partnership_id, local_day(now))
    _check_still(actor, loaded, current)
    done = Published(_offer(actor, loaded, now), put_in_line(actor, loaded, current, now))
    _close(actor, row, done, now)
    return done


def _day(row: Proposal) -> date | None:
    return local_day(row.published_at) if row.published_at else None


def _alone(partnership_id: int) -> None:
    """One publishes at a time in a partnership."""
    db.session.execute(
        sa.select(Partnership.id).where(Partnership.id == partnership_id).with_for_update(key_share=True)
    ).all()


def _hold(loaded: Loaded) -> None:
    """Lock the runs and people of the plan in the order of every deed on seats: runs first."""
    runs = sorted({place.course_run_id for place in loaded.places if place.course_run_id})
    people = [place.nomination_id for place in loaded.places if place.course_run_id]
    for model, keys in ((CourseRun, runs), (Nomination, people)):
        held = sa.select(model.id).where(model.id.in_(keys)).order_by(model.id)
        db.session.execute(held.with_for_update()).all()


def _check_still(actor: Actor, loaded: Loaded, current: Problem) -> None:
    """Stale with every change if the plan breaks a rule today that no reason of the coordinator's excuses."""
    locks = {name: run for name, run in standing_locks(loaded.places).items() if run}
    today = proposal_locks.with_locks(current, locks)
    wanted = _wanted(loaded)
    held = {Seat(one.id, run) for one in current.candidates for run in one.locked}
    excused = {proposals.key_of(wrong) for wrong in check(loaded.problem, loaded.plan)}
    broken = [wrong for wrong in check(today, wanted | held) if proposals.key_of(wrong) not in excused]
    if not broken and not {seat.candidate for seat in wanted} & {seat.candidate for seat in held}:
        return
    changes = proposals.changes(loaded.question, current)
    if changes:
        raise Stale("proposal.inputs_changed", changes=named_changes(actor, loaded, current, changes))
    raise Refused("proposal.breaks", clashes=named(actor, loaded, tuple(broken)))


def _wanted(loaded: Loaded) -> Plan:
    """The seats that are to be offered."""
    return frozenset(
        Seat(str(place.nomination_id), str(place.course_run_id))
        for place in loaded.places
        if place.course_run_id and place.held_run_id is None
    )


def _offer(actor: Actor, loaded: Loaded, now: datetime) -> int:
    by_run: dict[int, list[int]] = {}
    for place in loaded.places:
        if place.course_run_id and place.held_run_id is None:
            by_run.setdefault(place.course_run_id, []).append(place.nomination_id)
    return enrolments.offer_seats(actor, by_run, now=now).count if by_run else 0


def _close(actor: Actor, row: Proposal, done: Published, now: datetime) -> None:
    """From now on each jobcenter reads the places of its own people, and why."""
    for place in db.session.scalars(sa.select(ProposedPlace).where(ProposedPlace.proposal_id == row.id)):
        place.published = True
    row.state, row.published_at, row.published_by_id = ProposalState.PUBLISHED, now, actor.user_id
    told = {"offered": done.offered, "waiting": done.waiting}
    audit.record(actor, "proposals.publish", "proposal", row.id, now=now, **told)
