"""The start page of each role: today's sessions, what waits for the person, what is about to go wrong."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ScalarSelect, Select, false, func, literal, or_, select

from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.course_runs import ACCEPTS_NOMINATIONS, RunState, shortfall
from coordination.domain.enrolments import HOLDS_SEAT, EnrolmentState
from coordination.domain.evaluations import EvaluationState
from coordination.domain.follow_ups import FollowUpState
from coordination.domain.improvements import ChangeState
from coordination.domain.legal_bases import WARNED_BEFORE
from coordination.domain.nominations import NominationState
from coordination.models import (
    Candidate,
    CourseRun,
    CourseSession,
    Enrolment,
    Evaluation,
    FollowUp,
    Mark,
    Municipality,
    Nomination,
    NominationWish,
    ProposedChange,
    School,
    Track,
)
from coordination.queries import hours, nominations, start_checks, threads, transfers
from coordination.queries.eligibility import outside_soon
from coordination.queries.exchange import recent_imports
from coordination.queries.parked import parked_for, parked_people
from coordination.queries.today.decisions import DecisionRow, decisions_due
from coordination.queries.today.rows import (
    ChangeRow,
    EndingRow,
    EvaluationRow,
    FollowUpRow,
    SeatRow,
    SessionRow,
    ShortRun,
    StartPage,
    TransferRow,
)

Rows = Select[*tuple[Any, ...]]
TEACHING = (RunState.CONFIRMED, RunState.RUNNING, RunState.ENDED)


def start_page(actor: Actor, today: date) -> StartPage:
    """The start page of a person on a day."""
    follow_ups = tuple(FollowUpRow(*row) for row in db.session.execute(_follow_ups(actor, today)))
    seats = tuple(SeatRow(*row) for row in db.session.execute(_seats(actor)))
    ending = tuple(EndingRow(*row) for row in db.session.execute(_ending(actor, today)))
    parked = parked_people(actor)
    asked = threads.waiting_for(actor)
    outside = outside_soon(actor, today)
    return StartPage(
        today=today,
        role=actor.role,
        sessions=tuple(
            SessionRow(*row)
            for row in db.session.execute(_sessions(actor, today).where(CourseSession.day == today))
        ),
        registers=tuple(SessionRow(*row) for row in db.session.execute(_registers(actor, today))),
        follow_ups=follow_ups,
        decisions=tuple(DecisionRow(*row) for row in db.session.execute(decisions_due(actor, today))),
        starting=tuple(
            start_checks.SoonRow(*row) for row in db.session.execute(start_checks.starting_soon(actor, today))
        ),
        short_runs=_short_runs(actor),
        evaluations=tuple(EvaluationRow(*row) for row in db.session.execute(_evaluations(actor, today))),
        changes=tuple(ChangeRow(*row) for row in db.session.execute(_changes(actor))),
        seats=seats,
        ending=ending,
        transfers=tuple(TransferRow(*row) for row in db.session.execute(transfers.waiting_transfers(actor))),
        behind=hours.behind_count(actor, today) if actor.role is Role.JOBCENTER else 0,
        parked=parked,
        handed=asked.handed,
        mentioned=asked.mentioned,
        outside=outside,
        imports=recent_imports(actor, today),
        person_ids=(
            *(row.candidate_id for row in follow_ups),
            *(row.candidate_id for row in seats),
            *(row.candidate_id for row in ending),
            *(row.candidate_id for row in parked),
            *(row.candidate_id for row in asked.handed),
            *(row.candidate_id for row in asked.mentioned),
            *(row.candidate_id for row in outside),
        ),
    )


def waiting_count(actor: Actor, today: date) -> int:
    """How many things wait for this person today; counts exactly what the start page lists."""
    return db.session.scalar(_waiting(actor, today)) or 0


@lru_cache(maxsize=64)  # every page asks; to build the statement takes longer than to run it
def _waiting(actor: Actor, today: date) -> Select[int]:
    lists = (
        _registers(actor, today),
        _follow_ups(actor, today),
        _evaluations(actor, today),
        _changes(actor),
        decisions_due(actor, today),
        start_checks.starting_soon(actor, today),
        _seats(actor),
        _ending(actor, today),
        transfers.waiting_transfers(actor),
        threads.handed_to(actor),
        threads.mentions_of(actor),
    )
    return select(sum(map(_count, lists), start=literal(0)))


def _count(statement: Rows) -> ScalarSelect[int]:
    return select(func.count()).select_from(statement.order_by(None).subquery()).scalar_subquery()


def _for(actor: Actor, statement: Rows, *roles: Role) -> Rows:
    """The statement for these roles, an empty one for the others."""
    return statement if actor.role in roles else statement.where(false())


def _ending(actor: Actor, today: date) -> Rows:
    ending = nominations.ending_soon(actor, today + WARNED_BEFORE, today)
    return _for(actor, ending, Role.JOBCENTER)


def _roster(today: date) -> ScalarSelect[int]:
    """Whom the register of a session names: those who are shared today, and those with a mark."""
    shared = Enrolment.nomination_id.in_(select(Nomination.id).where(Nomination.shared_on(today)))
    marked = (
        select(Mark.id)
        .where(Mark.session_id == CourseSession.id, Mark.enrolment_id == Enrolment.id)
        .correlate(CourseSession, Enrolment)
        .exists()
    )
    return (
        select(func.count(Enrolment.id))
        .where(or_(shared, marked))
        .where(Enrolment.course_run_id == CourseSession.course_run_id)
        .where(Enrolment.on_roster_of_session())
        .correlate(CourseSession)
        .scalar_subquery()
    )


def _marked() -> ScalarSelect[int]:
    return (
        select(func.count(Mark.id))
        .where(Mark.session_id == CourseSession.id)
        .correlate(CourseSession)
        .scalar_subquery()
    )


def _sessions(actor: Actor, today: date) -> Rows:
    teaching = (
        select(
            CourseSession.id,
            CourseSession.course_run_id,
            CourseRun.title,
            School.name,
            CourseSession.day,
            CourseSession.starts_at,
            CourseSession.ends_at,
            _roster(today).label("roster"),
            _marked().label("marked"),
        )
        .join(CourseRun, CourseRun.id == CourseSession.course_run_id)
        .join(School, School.id == CourseSession.school_id)
        .where(CourseRun.state.in_(TEACHING), CourseSession.cancelled.is_(False))
        .order_by(CourseSession.day, CourseSession.starts_at, CourseSession.id)
    )
    return _for(actor, teaching, Role.COORDINATOR, Role.SCHOOL)


def _registers(actor: Actor, today: date) -> Rows:
    return _sessions(actor, today).where(CourseSession.day < today, _marked() < _roster(today))


def _follow_ups(actor: Actor, today: date) -> Rows:
    due = (
        select(
            FollowUp.id,
            FollowUp.candidate_id,
            Candidate.name,
            CourseRun.title,
            FollowUp.step,
            FollowUp.due_on,
        )
        .join(Candidate, Candidate.id == FollowUp.candidate_id)
        .join(CourseRun, CourseRun.id == FollowUp.course_run_id)
        .where(FollowUp.state == FollowUpState.OPEN, FollowUp.due_on <= today)
        .order_by(FollowUp.due_on, FollowUp.id)
    )
    return _for(actor, due, Role.COORDINATOR, Role.JOBCENTER)


def _evaluations(actor: Actor, today: date) -> Rows:
    """The school sees what it has to file, the coordinator what is overdue or waits to be read."""
    overdue = (Evaluation.state == EvaluationState.OPEN) & (Evaluation.due_on < today)
    wanted = {
        Role.SCHOOL: Evaluation.state == EvaluationState.OPEN,
        Role.COORDINATOR: overdue | (Evaluation.state == EvaluationState.SUBMITTED),
    }
    filed = (
        select(Evaluation.id, CourseRun.title, School.name, Evaluation.state, Evaluation.due_on)
        .join(CourseRun, CourseRun.id == Evaluation.course_run_id)
        .join(School, School.id == Evaluation.school_id)
        .order_by(Evaluation.due_on, Evaluation.id)
    )
    return filed.where(wanted.get(actor.role, false()))


def _changes(actor: Actor) -> Rows:
    undecided = (
        select(ProposedChange.id, ProposedChange.title, CourseRun.title)
        .join(CourseRun, CourseRun.id == ProposedChange.course_run_id)
        .where(ProposedChange.state == ChangeState.PROPOSED)
        .order_by(ProposedChange.created_at, ProposedChange.id)
    )
    return _for(actor, undecided, Role.COORDINATOR)


def _seats(actor: Actor) -> Rows:
    """The jobcenter answers offered seats, the school people whose jobcenter said yes."""
    wanted = {
        Role.JOBCENTER: Enrolment.state == EnrolmentState.OFFERED,
        Role.SCHOOL: Enrolment.state == EnrolmentState.ACCEPTED,
    }
    waiting = (
        select(Enrolment.id, Enrolment.candidate_id, Candidate.name, CourseRun.title, Enrolment.answer_until)
        .join(Candidate, Candidate.id == Enrolment.candidate_id)
        .join(CourseRun, CourseRun.id == Enrolment.course_run_id)
        .order_by(Enrolment.answer_until, Enrolment.id)
    )
    return waiting.where(wanted.get(actor.role, false()))


def _short_runs(actor: Actor) -> tuple[ShortRun, ...]:
    held = (
        select(func.count(Enrolment.id))
        .where(Enrolment.course_run_id == CourseRun.id, Enrolment.state.in_(HOLDS_SEAT))
        .correlate(CourseRun)
        .scalar_subquery()
    )
    short = (
        select(CourseRun, Track.sector_id, held.label("held"))
        .join(Track, Track.id == CourseRun.track_id)
        .where(CourseRun.state.in_(ACCEPTS_NOMINATIONS), held < CourseRun.minimum)
        .order_by(CourseRun.decide_by, CourseRun.starts_on, CourseRun.id)
    )
    rows = db.session.execute(_for(actor, short, Role.COORDINATOR)).all()
    pool = _pool_by_sector() if rows else {}
    parked = parked_for(actor, [sector_id for _run, sector_id, _held in rows])
    return tuple(
        ShortRun(
            course_run_id=run.id,
            run=run.title,
            starts_on=run.starts_on,
            decide_by=run.decide_by,
            minimum=run.minimum,
            missing=shortfall(run.minimum, taken),
            could_fill=tuple(pool.get(sector_id, ())),
            sector_id=sector_id,
            parked=parked.get(sector_id, ()),
        )
        for run, sector_id, taken in rows
    )


def _pool_by_sector() -> dict[int, list[tuple[str, int]]]:
    """Per sector, how many submitted nominations wish for it, by municipality."""
    counted = (
        select(NominationWish.sector_id, Municipality.name, func.count(Nomination.id))
        .join(Nomination, Nomination.id == NominationWish.nomination_id)
        .join(Municipality, Municipality.id == Nomination.municipality_id)
        .where(Nomination.state == NominationState.SUBMITTED)
        .group_by(NominationWish.sector_id, Municipality.name)
        .order_by(Municipality.name)
    )
    by_sector: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for sector_id, municipality, number in db.session.execute(counted):
        by_sector[sector_id].append((municipality, number))
    return by_sector
