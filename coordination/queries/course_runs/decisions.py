"""What is shown before a run is opened, confirmed or cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.course_runs import shortfall
from coordination.domain.enrolments import EnrolmentDeed, EnrolmentState, deeds
from coordination.models import Enrolment, Municipality
from coordination.queries.course_runs.detail import decider_name, session_rows
from coordination.queries.course_runs.head import RunHead, head_of, visible_run
from coordination.queries.course_runs.seat_plan import SeatPlan, seat_plan
from coordination.queries.course_runs.seats import PoolCount, SeatCount, pool_for, seat_counts


@dataclass(frozen=True)
class OpeningPage:
    """A draft as the jobcenters would see it."""

    head: RunHead
    sessions: int
    minutes: int
    decide_by: date | None
    decider: str
    seat_plan: SeatPlan
    jobcenters: tuple[str, ...]


@dataclass(frozen=True)
class ConfirmationPage:
    """An open run against its minimum."""

    head: RunHead
    seats: SeatCount
    missing: int
    pool: tuple[PoolCount, ...]


@dataclass(frozen=True)
class DecisionPage:
    """An open run before it is decided whether it starts: seats, days left, who decides, who is told."""

    head: RunHead
    seats: SeatCount
    missing: int
    decide_by: date | None
    days_left: int | None
    decider: str
    is_decider: bool
    price_ore: int
    jobcenters: tuple[str, ...]


@dataclass(frozen=True)
class CancellationPage:
    """Whom the cancellation of a run would touch, in numbers."""

    head: RunHead
    seats: SeatCount
    jobcenters: tuple[str, ...]


def opening_page(actor: Actor, course_run_id: int, today: date) -> OpeningPage:
    """What opening a run for nominations means."""
    run = visible_run(actor, course_run_id)
    counted = [row for row in session_rows(run.id) if not row.cancelled]
    return OpeningPage(
        head=head_of(actor, run),
        sessions=len(counted),
        minutes=sum(row.minutes for row in counted),
        decide_by=run.decide_by,
        decider=decider_name(run),
        seat_plan=seat_plan(actor, run.id, run.capacity, today),
        jobcenters=_jobcenters(Municipality.partnership_id == run.partnership_id),
    )


def confirmation_page(actor: Actor, course_run_id: int) -> ConfirmationPage:
    """The run against its minimum before its start is made sure."""
    run = visible_run(actor, course_run_id)
    seats = seat_counts(actor, [run.id])[run.id]
    missing = shortfall(run.minimum, seats.held)
    return ConfirmationPage(
        head=head_of(actor, run),
        seats=seats,
        missing=missing,
        pool=pool_for(run.track.sector_id) if missing else (),
    )


def decision_page(actor: Actor, course_run_id: int, today: date) -> DecisionPage:
    """What it takes to decide whether a run starts."""
    run = visible_run(actor, course_run_id)
    seats = seat_counts(actor, [run.id])[run.id]
    return DecisionPage(
        head=head_of(actor, run),
        seats=seats,
        missing=shortfall(run.minimum, seats.held),
        decide_by=run.decide_by,
        days_left=(run.decide_by - today).days if run.decide_by else None,
        decider=decider_name(run),
        is_decider=run.decider_id == actor.user_id,
        price_ore=run.price_ore,
        jobcenters=_concerned(actor, run.id),
    )


def cancellation_page(actor: Actor, course_run_id: int) -> CancellationPage:
    """What cancelling a run would touch."""
    run = visible_run(actor, course_run_id)
    return CancellationPage(
        head=head_of(actor, run),
        seats=seat_counts(actor, [run.id])[run.id],
        jobcenters=_concerned(actor, run.id),
    )


def _concerned(actor: Actor, course_run_id: int) -> tuple[str, ...]:
    """The jobcenters with a seat or a place in line."""
    live = sa.select(Enrolment.municipality_id).where(
        Enrolment.course_run_id == course_run_id, Enrolment.state.in_(given_up(actor))
    )
    return _jobcenters(Municipality.id.in_(live))


def given_up(actor: Actor) -> frozenset[EnrolmentState]:
    """The states of seats and places in line that end when the run is cancelled."""
    return frozenset(state for state in EnrolmentState if EnrolmentDeed.WITHDRAW in deeds(state, actor.role))


def _jobcenters(condition: sa.ColumnElement[bool]) -> tuple[str, ...]:
    ordered = sa.select(Municipality.name).where(condition)
    return tuple(db.session.scalars(ordered.order_by(sa.collate(Municipality.name, "danish"))))
