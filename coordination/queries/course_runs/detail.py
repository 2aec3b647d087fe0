"""One course run: facts, seats in figures, sessions, what may be done, and its neighbours in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.course_runs import ACCEPTS_NOMINATIONS, RunDeed, RunState, deeds, shortfall
from coordination.domain.decisions import is_due
from coordination.domain.enrolments import last_substitute_day
from coordination.domain.permissions import Permission, allowed
from coordination.domain.run_plans import PLANNABLE, RunSpan, out_of_step
from coordination.models import CourseRun, CourseSession, Mark, TrackModule, User
from coordination.queries.course_runs.head import RunHead, head_of, seen_by, visible_run
from coordination.queries.course_runs.planning import run_facts
from coordination.queries.course_runs.seat_plan import SeatPlan, seat_plan
from coordination.queries.course_runs.seats import SeatCount, seat_counts


@dataclass(frozen=True)
class SessionRow:
    """One session in the plan of a run."""

    id: int
    day: date
    starts_at: time
    ends_at: time
    minutes: int
    cancelled: bool
    module: str
    marked: bool = False


@dataclass(frozen=True)
class RunLink:
    """Another run this one came from or led to."""

    id: int
    title: str
    state: RunState


@dataclass(frozen=True)
class RunDeeds:
    """What this person may do to the run as it stands."""

    edit: bool
    plan: bool
    open: bool
    confirm: bool
    cancel: bool
    plan_next: bool


@dataclass(frozen=True)
class DetailPage:
    """The run's page; it names no person."""

    head: RunHead
    track_id: int | None
    sector_id: int
    description: str
    decide_by: date | None
    days_to_decide: int | None
    decision_due: bool
    decider: str
    decided: bool
    price_ore: int
    substitutes_until: date | None
    seat_plan: SeatPlan
    cancel_reason: str
    seats: SeatCount
    missing: int
    out_of_step: frozenset[str]
    sessions: tuple[SessionRow, ...]
    may: RunDeeds
    predecessor: RunLink | None
    successors: tuple[RunLink, ...]

    @property
    def taking_place(self) -> int:
        """Sessions that count: cancelled ones never do."""
        return sum(not row.cancelled for row in self.sessions)

    @property
    def minutes(self) -> int:
        """Teaching in all, in minutes."""
        return sum(row.minutes for row in self.sessions if not row.cancelled)


def detail_page(actor: Actor, course_run_id: int, today: date) -> DetailPage:
    """What the page of a run shows to this person; NotFound outside of reach."""
    run = visible_run(actor, course_run_id)
    seats = seat_counts(actor, [run.id])[run.id]
    missing = shortfall(run.minimum, seats.held) if run.state in ACCEPTS_NOMINATIONS else 0
    undecided = run.decide_by is not None and run.state is RunState.OPEN
    may = _may(actor, run.state)
    return DetailPage(
        head=head_of(actor, run),
        track_id=run.track_id if allowed(actor.role, Permission.SEE_TRACK) else None,
        sector_id=run.track.sector_id,
        description=run.track.description,
        decide_by=run.decide_by,
        days_to_decide=(run.decide_by - today).days if undecided and run.decide_by else None,
        decision_due=undecided and is_due(run.decide_by, run.warn_days, today),
        decider=decider_name(run),
        decided=run.decided_at is not None,
        price_ore=run.price_ore if may.edit else 0,
        substitutes_until=last_substitute_day(run.starts_on, run.substitutes_until),
        seat_plan=seat_plan(actor, run.id, run.capacity, today),
        cancel_reason=run.cancel_reason,
        seats=seats,
        missing=missing,
        out_of_step=out_of_step(run_facts(run), RunSpan(run.starts_on, run.ends_on))
        if may.edit
        else frozenset(),
        sessions=session_rows(run.id, marked=_marked(run.id) if may.plan else frozenset()),
        may=may,
        predecessor=next(iter(_links(actor, CourseRun.id == run.predecessor_id)), None),
        successors=_links(actor, CourseRun.predecessor_id == run.id),
    )


def decider_name(run: CourseRun) -> str:
    """Who is to decide whether the run starts; empty where any coordinator may."""
    decider = db.session.get(User, run.decider_id) if run.decider_id else None
    return decider.name if decider and decider.active else ""


def session_rows(course_run_id: int, *, marked: frozenset[int] = frozenset()) -> tuple[SessionRow, ...]:
    """The sessions of a run in order of time, each with its module; marked ones stay where they are."""
    rows = db.session.execute(
        sa.select(CourseSession, TrackModule.title)
        .outerjoin(TrackModule, TrackModule.id == CourseSession.module_id)
        .where(CourseSession.course_run_id == course_run_id)
        .order_by(CourseSession.day, CourseSession.starts_at)
    )
    return tuple(
        SessionRow(
            id=row.id,
            day=row.day,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            minutes=row.minutes,
            cancelled=row.cancelled,
            module=title or "",
            marked=row.id in marked,
        )
        for row, title in rows
    )


def _marked(course_run_id: int) -> frozenset[int]:
    """The sessions whose register was begun."""
    begun = sa.select(Mark.session_id).where(Mark.course_run_id == course_run_id).distinct()
    return frozenset(db.session.scalars(begun))


def _may(actor: Actor, state: RunState) -> RunDeeds:
    if not allowed(actor.role, Permission.PLAN_COURSE_RUN):
        return RunDeeds(edit=False, plan=False, open=False, confirm=False, cancel=False, plan_next=False)
    possible = deeds(state)
    return RunDeeds(
        edit=state in PLANNABLE,
        plan=state in PLANNABLE,
        open=RunDeed.OPEN in possible,
        confirm=RunDeed.CONFIRM in possible,
        cancel=RunDeed.CANCEL in possible,
        plan_next=state is not RunState.DRAFT,
    )


def _links(actor: Actor, condition: sa.ColumnElement[bool]) -> tuple[RunLink, ...]:
    statement = sa.select(CourseRun).where(condition).where(seen_by(actor)).order_by(CourseRun.id)
    return tuple(RunLink(run.id, run.title, run.state) for run in db.session.scalars(statement))
