"""What is shown before a run or its successor is saved: the forms, and what the next run would look like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from coordination.access import one
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.course_runs import PlannedSession
from coordination.domain.run_plans import RunFacts, next_span, next_title, settle_next
from coordination.domain.school_clashes import check_school
from coordination.models import CourseRun, CourseSession, Municipality, School, SchoolAgreement, Track
from coordination.queries.accounts import coordinators
from coordination.queries.course_runs.days_off import days_off
from coordination.queries.course_runs.head import RunHead, head_of, visible_run
from coordination.queries.course_runs.schedule import Preview
from coordination.queries.course_runs.seats import reservations
from coordination.queries.course_runs.sessions import school_slots

Choices = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class NewPage:
    """The tracks a run can be made from and, once one is chosen, the schools that could deliver it."""

    tracks: Choices
    track_id: int | None
    track: str
    schools: Choices
    values: dict[str, object]
    deciders: Choices = ()
    homes: Choices = ()


@dataclass(frozen=True)
class EditPage:
    """A run with what its form holds now."""

    head: RunHead
    values: dict[str, object]
    deciders: Choices
    homes: Choices


@dataclass(frozen=True)
class NextRunPage:
    """The run that the next one is planned from, and the schools that could deliver it."""

    head: RunHead
    sessions: int
    schools: Choices
    successors: tuple[str, ...]
    values: dict[str, object]


def new_page(_actor: Actor, track_id: int | None) -> NewPage:
    """The form of a new run; without a track, the tracks to choose from."""
    found = db.session.scalars(sa.select(Track).order_by(sa.collate(Track.title, "danish"))).all()
    tracks = tuple((track.id, track.title) for track in found)
    if track_id is None:
        return NewPage(tracks=tracks, track_id=None, track="", schools=(), values={})
    track = one(Track, track_id)
    return NewPage(
        tracks=tracks,
        track_id=track.id,
        track=track.title,
        schools=_schools(track.partnership_id),
        values={"title": track.title, "minimum": track.minimum, "capacity": track.capacity, "warn_days": 7},
        deciders=_deciders(track.partnership_id),
        homes=homes_of(track.partnership_id),
    )


def edit_page(actor: Actor, course_run_id: int) -> EditPage:
    """The form of a run."""
    run = visible_run(actor, course_run_id)
    facts = run_facts(run)
    fields = ("title", "minimum", "capacity", "decide_by", "decider_id", "warn_days", "substitutes_until")
    values: dict[str, object] = {name: getattr(facts, name) for name in fields}
    values |= {"version": run.version, "price": facts.price_ore or None}
    for row in facts.reserved:
        values[f"reserved_{row.municipality_id}"] = row.seats
        values[f"release_{row.municipality_id}"] = row.release_on
    return EditPage(
        head=head_of(actor, run),
        values=values,
        deciders=_deciders(run.partnership_id),
        homes=homes_of(run.partnership_id),
    )


def run_facts(run: CourseRun) -> RunFacts:
    """What is written down about a run, its reserved seats included."""
    return RunFacts(
        title=run.title,
        minimum=run.minimum,
        capacity=run.capacity,
        decide_by=run.decide_by,
        decider_id=run.decider_id,
        warn_days=run.warn_days,
        price_ore=run.price_ore,
        substitutes_until=run.substitutes_until,
        reserved=reservations(run.id),
    )


def homes_of(partnership_id: int) -> Choices:
    """The municipalities of a partnership, by name."""
    rows = db.session.execute(
        sa.select(Municipality.id, Municipality.name)
        .where(Municipality.partnership_id == partnership_id)
        .order_by(sa.collate(Municipality.name, "danish"))
    )
    return tuple((municipality_id, name) for municipality_id, name in rows)


def next_run_page(actor: Actor, course_run_id: int) -> NextRunPage:
    """The form that plans the next run from an earlier one."""
    run = visible_run(actor, course_run_id)
    planned = sa.select(CourseRun.title).where(CourseRun.predecessor_id == run.id).order_by(CourseRun.id)
    return NextRunPage(
        head=head_of(actor, run),
        sessions=len(earlier_sessions(run.id)),
        schools=_schools(run.partnership_id),
        successors=tuple(db.session.scalars(planned)),
        values={
            "title": next_title(run.title),
            "school_id": run.school_id,
            "starts_on": run.ends_on + timedelta(days=28) if run.ends_on else None,
        },
    )


def next_preview(
    actor: Actor, course_run_id: int, school_id: int, starts_on: date, *, room_for_both: bool = False
) -> Preview:
    """The sessions the next run would have, and the days passed over; Invalid beside a field."""
    run = visible_run(actor, course_run_id)
    sessions = tuple(planned for planned, _module in earlier_sessions(run.id))
    off = days_off(actor, school_id, *next_span(sessions, starts_on))
    moved, passed_over = settle_next(sessions, starts_on, off)
    taken = school_slots(school_id, [session.day for session in moved])
    check_school(moved, taken, room_for_both=room_for_both)
    return Preview(moved, passed_over)


def earlier_sessions(course_run_id: int) -> tuple[tuple[PlannedSession, int | None], ...]:
    """The sessions a next run takes over, each with its module; cancelled ones are left behind."""
    rows = db.session.scalars(
        sa.select(CourseSession)
        .where(CourseSession.course_run_id == course_run_id)
        .where(CourseSession.cancelled.is_(False))
        .order_by(CourseSession.day, CourseSession.starts_at)
    )
    return tuple(
        (PlannedSession(row.day, row.starts_at, row.ends_at, row.minutes), row.module_id) for row in rows
    )


def _schools(partnership_id: int) -> Choices:
    """The schools that have an agreement with the partnership."""
    agreed = sa.select(SchoolAgreement.school_id).where(SchoolAgreement.partnership_id == partnership_id)
    rows = db.session.execute(
        sa.select(School.id, School.name)
        .where(School.id.in_(agreed))
        .order_by(sa.collate(School.name, "danish"))
    )
    return tuple((school_id, name) for school_id, name in rows)


def _deciders(partnership_id: int) -> Choices:
    """The coordinators of a partnership: one of them decides whether a run starts."""
    return tuple((user.id, user.name) for user in coordinators(partnership_id))
