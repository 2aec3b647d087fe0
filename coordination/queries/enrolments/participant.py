"""The page on which a school answers a participant; until the jobcenter accepts, a code is all it shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordination import access
from coordination.domain.actors import Actor
from coordination.domain.candidates import DanishExam
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import (
    NAMED_TO_SCHOOL,
    TAKES_PLACE,
    EnrolmentDeed,
    EnrolmentState,
    deeds,
)
from coordination.domain.errors import NotFound
from coordination.models import CourseRun, Enrolment, Municipality, Track
from coordination.queries.coded import CodedPerson, coded_people
from coordination.queries.enrolments.people import Person, people
from coordination.queries.enrolments.reasons import name_of_reason


@dataclass(frozen=True)
class ParticipantPage:
    """One participant of the school's own run."""

    enrolment_id: int
    course_run_id: int
    course_run: str
    run_state: RunState
    code: str
    municipality: str
    state: EnrolmentState
    person: Person | None
    coded: CodedPerson | None
    exam_needed: DanishExam
    reason: str
    may_answer: bool
    person_ids: tuple[int, ...]


def participant_page(actor: Actor, enrolment_id: int, today: date) -> ParticipantPage:
    """The participant as the school may see it; NotFound for a seat in another school's run."""
    seat = access.one(Enrolment, enrolment_id)
    if seat.state in UNKNOWN_TO_SCHOOL:
        raise NotFound
    run = access.one(CourseRun, seat.course_run_id)
    named = [seat.candidate_id] if seat.state in NAMED_TO_SCHOOL else []
    person = people(actor, named, today).get(seat.candidate_id)
    shown = [seat.nomination_id] if person or seat.state is EnrolmentState.OFFERED else []
    answerable = EnrolmentDeed.CONFIRM in deeds(seat.state, actor.role) and run.state in TAKES_PLACE
    return ParticipantPage(
        enrolment_id=seat.id,
        course_run_id=run.id,
        course_run=run.title,
        run_state=run.state,
        code=seat.code,
        municipality=access.one(Municipality, seat.municipality_id).name,
        state=seat.state,
        person=person,
        coded=coded_people(actor, shown, today).get(seat.nomination_id),
        exam_needed=access.one(Track, run.track_id).exam_needed,
        reason=name_of_reason(seat, actor.language) if seat.state is EnrolmentState.REJECTED else "",
        may_answer=answerable and person is not None,
        person_ids=(seat.candidate_id,) if person else (),
    )


# Not asked of the school, or gone before it was asked.
UNKNOWN_TO_SCHOOL = frozenset({EnrolmentState.WAITING, EnrolmentState.DECLINED, EnrolmentState.EXPIRED})
