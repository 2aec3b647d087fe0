"""What is shown before a seat is taken back, and before a participant is written down as stopped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordination import access
from coordination.domain.actors import Actor
from coordination.domain.enrolments import EnrolmentDeed, EnrolmentState, deeds, has_begun
from coordination.domain.errors import NotFound
from coordination.models import CourseRun, Enrolment
from coordination.queries.enrolments.people import people


@dataclass(frozen=True)
class WithdrawalPage:
    """The seat or place in line that is about to be taken back."""

    enrolment_id: int
    course_run_id: int
    course_run: str
    code: str
    name: str
    state: EnrolmentState
    possible: bool
    person_ids: tuple[int, ...]


@dataclass(frozen=True)
class LeavingPage:
    """The participant who is about to be written down as stopped."""

    enrolment_id: int
    course_run_id: int
    course_run: str
    name: str
    state: EnrolmentState
    possible: bool
    begun: bool
    first_day: date | None
    last_day: date | None
    person_ids: tuple[int, ...]


def withdrawal_page(actor: Actor, enrolment_id: int, today: date) -> WithdrawalPage:
    """What taking back this seat means."""
    seat, run, name = _seat(actor, enrolment_id, today)
    return WithdrawalPage(
        enrolment_id=seat.id,
        course_run_id=run.id,
        course_run=run.title,
        code=seat.code,
        name=name,
        state=seat.state,
        possible=EnrolmentDeed.WITHDRAW in deeds(seat.state, actor.role),
        person_ids=(seat.candidate_id,),
    )


def leaving_page(actor: Actor, enrolment_id: int, today: date) -> LeavingPage:
    """What dropping out means for this participant."""
    seat, run, name = _seat(actor, enrolment_id, today)
    return LeavingPage(
        enrolment_id=seat.id,
        course_run_id=run.id,
        course_run=run.title,
        name=name,
        state=seat.state,
        possible=EnrolmentDeed.DROP_OUT in deeds(seat.state, actor.role),
        begun=has_begun(run.starts_on, today),
        first_day=run.starts_on,
        last_day=run.ends_on,
        person_ids=(seat.candidate_id,),
    )


def _seat(actor: Actor, enrolment_id: int, today: date) -> tuple[Enrolment, CourseRun, str]:
    seat = access.one(Enrolment, enrolment_id)
    person = people(actor, [seat.candidate_id], today).get(seat.candidate_id)
    if person is None:
        raise NotFound
    return seat, access.one(CourseRun, seat.course_run_id), person.name
