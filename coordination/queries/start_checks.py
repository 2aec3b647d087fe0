"""Whether the participants of a run come on the first day: the answers, the silence, and what is at stake."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, func, select

from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.course_runs import ACCEPTS_NOMINATIONS
from coordination.domain.enrolments import EnrolmentState, last_substitute_day, takes_substitutes
from coordination.domain.fees import Fee, FeeFamily
from coordination.domain.ordering import danish_key
from coordination.domain.permissions import Permission, allowed
from coordination.domain.start_checks import ROUNDS, Check, StartState, due_round, standing
from coordination.models import CourseRun, Enrolment, Municipality, School, StartCheck
from coordination.queries.course_runs import RunHead, head_of, visible_run
from coordination.queries.enrolments.people import people
from coordination.queries.fees import fee_for

TAKEN = (EnrolmentState.ACCEPTED, EnrolmentState.CONFIRMED)
Rows = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class CheckRow:
    """One participant, and what is known about the first day."""

    enrolment_id: int
    nomination_id: int
    label: str
    named: bool
    municipality: str
    standing: StartState
    asked_on: date | None
    answered_at: datetime | None


@dataclass(frozen=True)
class OfRunPage:
    """The page of one run, as far as the reader sees its people."""

    head: RunHead
    role: Role
    days_left: int | None
    round: int | None
    rows: tuple[CheckRow, ...]
    may_answer: bool
    fee: Fee | None
    substitutes_until: date | None
    takes_substitutes: bool
    person_ids: tuple[int, ...]

    @property
    def at_stake(self) -> int:
        """Øre that empty seats would cost: of those who are silent or will not come."""
        return self.fee.amount_ore * len(self.missing) if self.fee else 0

    @property
    def missing(self) -> tuple[CheckRow, ...]:
        """Participants nobody can count on."""
        return tuple(row for row in self.rows if row.standing in {StartState.SILENT, StartState.NOT_COMING})


@dataclass(frozen=True)
class SoonRow:
    """A run that begins within a week and has people nobody can count on yet."""

    course_run_id: int
    run: str
    school: str
    starts_on: date
    unanswered: int


def of_run_page(actor: Actor, course_run_id: int, today: date) -> OfRunPage:
    """Who comes on the first day of a run; a jobcenter reads its own people, a school no one's reasons."""
    run = visible_run(actor, course_run_id)
    found = seats_with_checks([run.id])
    reached = people(actor, {seat.candidate_id for seat, _home, _checks in found}, today)
    rows = []
    for seat, home, checks in found:
        person = reached.get(seat.candidate_id)
        newest = min(checks, key=lambda check: check.days_before, default=None)
        rows.append(
            CheckRow(
                enrolment_id=seat.id,
                nomination_id=seat.nomination_id,
                label=person.name if person else seat.code,
                named=person is not None,
                municipality=home,
                standing=standing(map(as_check, checks), today),
                asked_on=newest.asked_on if newest else None,
                answered_at=newest.answered_at if newest else None,
            )
        )
    ahead = run.state in ACCEPTS_NOMINATIONS
    return OfRunPage(
        head=head_of(actor, run),
        role=actor.role,
        days_left=(run.starts_on - today).days if run.starts_on and run.starts_on >= today else None,
        round=due_round(run.starts_on, today) if ahead else None,
        rows=tuple(sorted(rows, key=lambda row: danish_key(row.label))),
        may_answer=allowed(actor.role, Permission.CONFIRM_START) and answerable(run, today),
        fee=fee_for(run, FeeFamily.NO_SHOW, run.starts_on) if run.starts_on else None,
        substitutes_until=last_substitute_day(run.starts_on, run.substitutes_until),
        takes_substitutes=takes_substitutes(run.state, run.starts_on, run.substitutes_until, today),
        person_ids=tuple(sorted(reached)),
    )


def answerable(run: CourseRun, today: date) -> bool:
    """True from the first question until the day before the first session."""
    return run.state in ACCEPTS_NOMINATIONS and due_round(run.starts_on, today) is not None


def seats_with_checks(
    course_run_ids: Collection[int],
) -> Sequence[tuple[Enrolment, str, Sequence[StartCheck]]]:
    """The taken seats of runs within reach, with the home and the questions asked about each."""
    seats = db.session.execute(
        select(Enrolment, Municipality.name)
        .join(Municipality, Municipality.id == Enrolment.municipality_id)
        .where(Enrolment.course_run_id.in_(course_run_ids), Enrolment.state.in_(TAKEN))
        .order_by(Enrolment.id)
    ).all()
    asked: dict[int, list[StartCheck]] = defaultdict(list)
    for check in db.session.scalars(select(StartCheck).where(StartCheck.course_run_id.in_(course_run_ids))):
        asked[check.enrolment_id].append(check)
    return [(seat, home, asked[seat.id]) for seat, home in seats]


def as_check(row: StartCheck) -> Check:
    """The question in the domain's words."""
    return Check(row.days_before, row.asked_on, row.coming)


def starting_soon(actor: Actor, today: date) -> Rows:
    """Runs that begin within a week where answers are missing: the jobcenter's own, or silent ones.

    A jobcenter is waited for from the day it was asked; a coordinator hears of silence and of a no.
    """
    newest = select(func.min(StartCheck.days_before)).where(StartCheck.enrolment_id == Enrolment.id)
    missing: ColumnElement[bool] = StartCheck.coming.is_(None)
    if actor.role is Role.COORDINATOR:
        missing = (missing & (StartCheck.asked_on < today)) | StartCheck.coming.is_(False)
    asked = exists().where(
        StartCheck.enrolment_id == Enrolment.id,
        StartCheck.days_before == newest.correlate(Enrolment).scalar_subquery(),
        missing,
    )
    soon = (
        select(
            CourseRun.id,
            CourseRun.title,
            School.name,
            CourseRun.starts_on,
            func.count(Enrolment.id).label("unanswered"),
        )
        .join(School, School.id == CourseRun.school_id)
        .join(Enrolment, Enrolment.course_run_id == CourseRun.id)
        .where(CourseRun.state.in_(ACCEPTS_NOMINATIONS), Enrolment.state.in_(TAKEN), asked)
        .where(CourseRun.starts_on > today, CourseRun.starts_on <= today + timedelta(days=ROUNDS[0]))
        .group_by(CourseRun.id, CourseRun.title, School.name, CourseRun.starts_on)
        .order_by(CourseRun.starts_on, CourseRun.id)
    )
    reads = actor.role in {Role.COORDINATOR, Role.JOBCENTER}
    return soon if reads else soon.where(false())
