"""The page on which a jobcenter answers an offered seat, and reads afterwards what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select

from coordination import access
from coordination.adapters.danish_holidays import danish_holidays
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.availability import Clash
from coordination.domain.calendar import local_day, working_days_between
from coordination.domain.candidates import DanishExam, DanishLevel, language_warning
from coordination.domain.enrolments import Ahead, EnrolmentDeed, EnrolmentState, deeds, is_late
from coordination.domain.nominations import NominationState
from coordination.models import Candidate, CourseRun, CourseSession, Enrolment, Nomination, School, Track
from coordination.queries import availability
from coordination.queries.enrolments.line import place_in_line
from coordination.queries.enrolments.people import Person, people
from coordination.queries.enrolments.reasons import name_of_reason

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Weekly:
    """Teaching on one weekday at one time: the first such day stands for the weekday."""

    first: date
    starts_at: time
    ends_at: time
    times: int


@dataclass(frozen=True)
class RunFacts:
    """What a jobcenter needs to know of a run to answer for a candidate."""

    id: int
    title: str
    track: str
    description: str
    school: str
    address: str
    starts_on: date | None
    ends_on: date | None
    exam_needed: DanishExam
    weekly: tuple[Weekly, ...]
    sessions: int
    minutes: int


@dataclass(frozen=True)
class AnswerPage:
    """An offer, or what became of it, for the jobcenter of the person."""

    enrolment_id: int
    nomination_id: int
    code: str
    state: EnrolmentState
    in_pool: bool
    person: Person
    run: RunFacts
    answer_until: datetime | None
    working_days: int
    may_answer: bool
    below: bool
    clash: Clash | None
    line: Ahead | None
    reason: str
    person_ids: tuple[int, ...]


def answer_page(actor: Actor, enrolment_id: int, now: datetime) -> AnswerPage:
    """The offer to one of the actor's own candidates; NotFound for another's."""
    seat, today = access.one(Enrolment, enrolment_id), local_day(now)
    nomination = access.one(Nomination, seat.nomination_id)
    person = people(actor, [seat.candidate_id], today)[seat.candidate_id]
    run = run_facts(seat.course_run_id)
    level = DanishLevel(person.track, person.module, person.exam)
    may = deeds(seat.state, actor.role)
    return AnswerPage(
        enrolment_id=seat.id,
        nomination_id=nomination.id,
        code=seat.code,
        state=seat.state,
        in_pool=nomination.state is NominationState.SUBMITTED,
        person=person,
        run=run,
        answer_until=seat.answer_until,
        working_days=_working_days(today, seat.answer_until),
        may_answer=EnrolmentDeed.ACCEPT in may and not is_late(seat.answer_until, now),
        below=language_warning(level, run.exam_needed) is not None,
        clash=_clash(seat, today),
        line=place_in_line(seat.id) if seat.state is EnrolmentState.WAITING else None,
        reason=name_of_reason(seat, actor.language),
        person_ids=(seat.candidate_id,),
    )


def _clash(seat: Enrolment, today: date) -> Clash | None:
    """The coming sessions that fall on practice days or other days the person cannot come."""
    candidate = access.one(Candidate, seat.candidate_id)
    return availability.clashes_with([candidate], seat.course_run_id, today).get(candidate.id)


def _working_days(today: date, answer_until: datetime | None) -> int:
    """Working days left, today included if it is one."""
    if answer_until is None:
        return 0
    last = local_day(answer_until)
    return working_days_between(today - ONE_DAY, last, danish_holidays(today, last))


def run_facts(course_run_id: int) -> RunFacts:
    """The facts of a run within reach, with its weekdays and hours as the sessions have them."""
    run = access.one(CourseRun, course_run_id)
    track = access.one(Track, run.track_id)
    school = access.one(School, run.school_id)
    weekly = _weekly(run.id)
    minutes = db.session.scalar(
        select(func.sum(CourseSession.minutes)).where(
            CourseSession.course_run_id == run.id, CourseSession.cancelled.is_(False)
        )
    )
    return RunFacts(
        id=run.id,
        title=run.title,
        track=track.title,
        description=track.description,
        school=school.name,
        address=school.address,
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        exam_needed=track.exam_needed,
        weekly=weekly,
        sessions=sum(row.times for row in weekly),
        minutes=minutes or 0,
    )


def _weekly(course_run_id: int) -> tuple[Weekly, ...]:
    """The sessions gathered by weekday and time, in the order of the week."""
    days = db.session.execute(
        select(CourseSession.day, CourseSession.starts_at, CourseSession.ends_at)
        .where(CourseSession.course_run_id == course_run_id, CourseSession.cancelled.is_(False))
        .order_by(CourseSession.day)
    ).all()
    found: dict[tuple[int, time, time], list[date]] = {}
    for day, starts_at, ends_at in days:
        found.setdefault((day.weekday(), starts_at, ends_at), []).append(day)
    return tuple(
        Weekly(held[0], starts_at, ends_at, len(held))
        for (_, starts_at, ends_at), held in sorted(found.items())
    )
