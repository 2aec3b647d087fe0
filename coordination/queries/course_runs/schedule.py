"""What is shown before sessions are saved: the form of a plan, its preview, and one session at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from coordination.access import one
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.course_runs import (
    Plan,
    PlannedSession,
    RunState,
    SkippedDay,
    skipped_days,
    total_minutes,
)
from coordination.domain.rescheduling import arrange
from coordination.domain.run_plans import plan_span, settle_plan
from coordination.domain.school_clashes import check_school
from coordination.models import CourseRun, CourseSession, TrackModule
from coordination.queries.course_runs.days_off import days_off
from coordination.queries.course_runs.head import RunHead, head_of, visible_run
from coordination.queries.course_runs.sessions import school_slots, slots, standing

Choices = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Preview:
    """Sessions as they would be saved, the days passed over with the reason, and the hours in all.

    `beside` are the minutes of the sessions that stay, `wanted` those of the track's modules; `moved` and
    `called_off` tell what becomes of the sessions that are replaced.
    """

    sessions: tuple[PlannedSession, ...]
    passed_over: tuple[SkippedDay, ...]
    beside: int = 0
    wanted: int = 0
    moved: int = 0
    called_off: int = 0

    @property
    def all_minutes(self) -> int:
        """Teaching of the whole run once the plan is saved, in minutes."""
        return self.minutes + self.beside

    @property
    def minutes(self) -> int:
        """Teaching in all, in minutes."""
        return total_minutes(self.sessions)

    @property
    def months(self) -> tuple[tuple[date, tuple[PlannedSession, ...]], ...]:
        """The sessions by month, each month named by its first day."""
        found: dict[date, list[PlannedSession]] = {}
        for session in self.sessions:
            found.setdefault(session.day.replace(day=1), []).append(session)
        return tuple((month, tuple(rows)) for month, rows in found.items())


@dataclass(frozen=True)
class SchedulePage:
    """The run a plan of sessions is made for, and what it has already."""

    head: RunHead
    sessions: int
    modules: Choices


@dataclass(frozen=True)
class SessionPage:
    """One session, or a new one, with what its form holds now."""

    head: RunHead
    id: int | None
    day: date | None
    modules: Choices
    values: dict[str, object]


def schedule_page(actor: Actor, course_run_id: int) -> SchedulePage:
    """The form for sessions made from weekdays."""
    run = visible_run(actor, course_run_id)
    return SchedulePage(
        head=head_of(actor, run),
        sessions=len(slots(run.id)),
        modules=_modules(run),
    )


def plan_preview(
    actor: Actor, course_run_id: int, plan: Plan, *, instead: bool, room_for_both: bool = False
) -> Preview:
    """The sessions a plan would make, the days it skips and why; Invalid beside the field that is wrong."""
    run = visible_run(actor, course_run_id)
    off = days_off(actor, run.school_id, *plan_span(plan))
    planned = settle_plan(plan, off, () if instead else slots(run.id))
    taken = school_slots(run.school_id, [session.day for session in planned], besides=run.id)
    check_school(planned, taken, room_for_both=room_for_both)
    rows = standing(run.id)
    found = arrange(rows, planned) if instead and run.state is not RunState.DRAFT else None
    return Preview(
        planned,
        skipped_days(plan, off),
        beside=0 if instead else sum(row.minutes for row in rows if not row.cancelled),
        wanted=_track_minutes(run),
        moved=found.moved if found else 0,
        called_off=found.called_off if found else 0,
    )


def new_session_page(actor: Actor, course_run_id: int) -> SessionPage:
    """The form of one more session, with the times of the last one."""
    run = visible_run(actor, course_run_id)
    last = db.session.scalars(
        sa.select(CourseSession)
        .where(CourseSession.course_run_id == run.id)
        .order_by(CourseSession.day.desc(), CourseSession.starts_at.desc())
        .limit(1)
    ).first()
    return SessionPage(
        head=head_of(actor, run),
        id=None,
        day=None,
        modules=_modules(run),
        values={name: value for name, value in _values(last).items() if name != "day"} if last else {},
    )


def edit_session_page(actor: Actor, session_id: int) -> SessionPage:
    """The form of one session."""
    return _session_page(actor, session_id)


def session_cancellation_page(actor: Actor, session_id: int) -> SessionPage:
    """What is asked before one session is cancelled."""
    return _session_page(actor, session_id)


def _session_page(actor: Actor, session_id: int) -> SessionPage:
    session = one(CourseSession, session_id)
    run = visible_run(actor, session.course_run_id)
    return SessionPage(
        head=head_of(actor, run),
        id=session.id,
        day=session.day,
        modules=_modules(run),
        values=_values(session),
    )


def _values(session: CourseSession) -> dict[str, object]:
    starts, ends = session.starts_at, session.ends_at
    length = (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
    return {
        "day": session.day,
        "start_time": starts,
        "end_time": ends,
        "break_minutes": length - session.minutes,
        "module_id": session.module_id,
    }


def _modules(run: CourseRun) -> Choices:
    """The modules of the edition the run was made from."""
    ordered = sa.select(TrackModule).where(*_in_edition(run.track_id, run.track_edition))
    rows = db.session.scalars(ordered.order_by(TrackModule.position, TrackModule.id))
    return tuple((row.id, f"{row.code} {row.title}".strip()) for row in rows)


def _track_minutes(run: CourseRun) -> int:
    held = sa.select(sa.func.sum(TrackModule.minutes)).where(*_in_edition(run.track_id, run.track_edition))
    return db.session.scalar(held) or 0


def edition_modules(track_id: int, edition: int) -> frozenset[int]:
    """The modules that an edition of a track holds."""
    return frozenset(db.session.scalars(sa.select(TrackModule.id).where(*_in_edition(track_id, edition))))


def _in_edition(track_id: int, edition: int) -> tuple[sa.ColumnElement[bool], ...]:
    until = TrackModule.until_edition
    return (
        TrackModule.track_id == track_id,
        TrackModule.from_edition <= edition,
        sa.or_(until.is_(None), until > edition),
    )
