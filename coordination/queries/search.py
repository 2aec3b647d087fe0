"""The search in the frame: people and course runs, exactly as far as the reader may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import NAMED_TO_SCHOOL, EnrolmentState
from coordination.domain.permissions import Permission, allowed
from coordination.domain.search import MOST_HITS, code_in, problem_of
from coordination.models import Candidate, CourseRun, Enrolment, Nomination, School
from coordination.queries import candidates, nominations
from coordination.queries.candidates import CandidateRow
from coordination.queries.course_runs.head import seen_by
from coordination.queries.enrolments.participant import UNKNOWN_TO_SCHOOL


@dataclass(frozen=True)
class ParticipantHit:
    """A participant of a school's own run."""

    enrolment_id: int
    candidate_id: int
    name: str
    code: str
    state: EnrolmentState
    run: str


@dataclass(frozen=True)
class RunHit:
    """A course run."""

    id: int
    title: str
    state: RunState
    school: str
    starts_on: date | None


@dataclass(frozen=True)
class OverviewPage:
    """What was found, kind by kind; `problem` is the code of why nothing was looked for."""

    problem: str
    people: tuple[CandidateRow, ...]
    more_people: bool
    participants: tuple[ParticipantHit, ...]
    more_participants: bool
    runs: tuple[RunHit, ...]
    more_runs: bool
    sees_municipality: bool
    sees_people: bool
    person_ids: tuple[int, ...]

    @property
    def nothing(self) -> bool:
        """True if something was looked for and nothing found."""
        return not (self.problem or self.people or self.participants or self.runs)


@dataclass(frozen=True)
class Exact:
    """The one thing a code belongs to: a nomination, or for a school its participant."""

    nomination_id: int | None = None
    enrolment_id: int | None = None


def overview_page(actor: Actor, words: str, cpr_hash: str, today: date) -> OverviewPage:
    """People by name, pool code or a whole CPR number, and runs by title; a school finds no number."""
    problem = problem_of(words)
    sees_people = allowed(actor.role, Permission.SEE_CANDIDATE)
    people = _people(actor, words, cpr_hash) if sees_people and not problem else ()
    participants = _participants(words, today) if actor.role is Role.SCHOOL and not problem else ()
    runs = _runs(actor, words) if not problem else ()
    shown, taught = people[:MOST_HITS], participants[:MOST_HITS]
    return OverviewPage(
        problem=problem,
        people=shown,
        more_people=len(people) > MOST_HITS,
        participants=taught,
        more_participants=len(participants) > MOST_HITS,
        runs=runs[:MOST_HITS],
        more_runs=len(runs) > MOST_HITS,
        sees_municipality=actor.role is Role.COORDINATOR,
        sees_people=sees_people,
        person_ids=tuple(hit.id for hit in shown) + tuple(hit.candidate_id for hit in taught),
    )


def exact(actor: Actor, words: str) -> Exact | None:
    """The one thing the words are the code of, if the reader may know of it."""
    if actor.role is Role.SCHOOL:
        asked = sa.select(Enrolment.id).where(
            Enrolment.code == code_in(words), Enrolment.state.not_in(UNKNOWN_TO_SCHOOL)
        )
        seats = db.session.scalars(asked.limit(2)).all()
        return Exact(enrolment_id=seats[0]) if len(seats) == 1 else None
    found = db.session.scalar(
        sa.select(Nomination.id).where(Nomination.code == code_in(words), nominations.visible(actor))
    )
    return Exact(nomination_id=found) if found else None


def _people(actor: Actor, words: str, cpr_hash: str) -> tuple[CandidateRow, ...]:
    asked = (
        candidates.people(actor)
        .where(candidates.found(actor, words, cpr_hash))
        .order_by(sa.collate(Candidate.name, "danish"), Candidate.id)
        .limit(MOST_HITS + 1)
    )
    return candidates.list_rows(actor, asked)


def _participants(words: str, today: date) -> tuple[ParticipantHit, ...]:
    """The people in a school's runs whose names it may know, as long as it may."""
    found = db.session.execute(
        sa.select(Enrolment, Candidate.name, CourseRun.title)
        .join(Candidate, Candidate.id == Enrolment.candidate_id)
        .join(CourseRun, CourseRun.id == Enrolment.course_run_id)
        .where(Enrolment.state.in_(NAMED_TO_SCHOOL), CourseRun.school_access_until >= today)
        .where(*(nominations.contains(Candidate.name, word) for word in words.split()))
        .order_by(sa.collate(Candidate.name, "danish"), Enrolment.id)
        .limit(MOST_HITS + 1)
    )
    return tuple(
        ParticipantHit(seat.id, seat.candidate_id, name, seat.code, seat.state, run)
        for seat, name, run in found
    )


def _runs(actor: Actor, words: str) -> tuple[RunHit, ...]:
    found = db.session.execute(
        sa.select(CourseRun.id, CourseRun.title, CourseRun.state, School.name, CourseRun.starts_on)
        .join(School, School.id == CourseRun.school_id)
        .where(seen_by(actor), *(nominations.contains(CourseRun.title, word) for word in words.split()))
        .order_by(CourseRun.starts_on.desc(), CourseRun.id)
        .limit(MOST_HITS + 1)
    )
    return tuple(RunHit(*row) for row in found)
