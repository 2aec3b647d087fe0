"""Those a coordinator has ticked for runs: locked, still in the pool, and what may be decided of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from coordination import access
from coordination.db import db
from coordination.domain import enrolments
from coordination.domain.candidates import DanishLevel
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.errors import Invalid, NotFound, Stale
from coordination.domain.nominations import NominationState
from coordination.models import Candidate, CourseRun, Enrolment, Municipality, Nomination, Track
from coordination.queries.enrolments import in_line
from coordination.services.enrolments.rows import lock_runs


@dataclass(frozen=True)
class Choice:
    """A locked run and those chosen for it in the order of the line, each with the newest seat there."""

    run: CourseRun
    nominations: Sequence[Nomination]
    seats: Mapping[int, Enrolment]

    def seat(self, nomination: Nomination) -> Enrolment | None:
        """The seat or place in line the candidate has or had on the run."""
        return self.seats.get(nomination.candidate_id)


def choices(chosen: Mapping[int, Collection[int]], today: date) -> list[Choice]:
    """Lock the runs, then everyone chosen for them; Invalid if a run has nobody, Refused if it takes nobody.

    NotFound unless each is of the run's partnership, Stale if one is no longer in the pool.
    """
    if not chosen or not all(chosen.values()):
        raise Invalid({"nominations": "seat.nobody_chosen"})
    runs = lock_runs(chosen)
    for run in runs:
        enrolments.check_takes_people(run.state, run.substitutes_until, today)
    people, homes = _in_pool({key for keys in chosen.values() for key in keys})
    seats = _seats([run.id for run in runs], [row.candidate_id for row in people.values()])
    if any(homes[key] != run.partnership_id for run in runs for key in chosen[run.id]):
        raise NotFound
    return [
        Choice(run, sorted((people[key] for key in set(chosen[run.id])), key=in_line), seats.get(run.id, {}))
        for run in runs
    ]


def below(choice: Choice) -> tuple[str, ...]:
    """Decide each offer, and name the codes of those below the exam the track advises."""
    needed = db.session.scalars(select(Track.exam_needed).where(Track.id == choice.run.track_id)).one()
    ids = [nomination.candidate_id for nomination in choice.nominations]
    people = {row.id: row for row in db.session.scalars(select(Candidate).where(Candidate.id.in_(ids)))}
    codes = []
    for nomination in choice.nominations:
        person, seat = people[nomination.candidate_id], choice.seat(nomination)
        offer = enrolments.offer_seat(
            seat_state=seat.state if seat else None,
            level=DanishLevel(person.danish_track, person.danish_module, person.danish_exam),
            needed_exam=needed,
        )
        if offer.warnings:
            codes.append(nomination.code)
    return tuple(codes)


def seat_of(choice: Choice, nomination: Nomination) -> Enrolment:
    """The place in line that becomes a seat, or a new row; an answered seat stays as it was answered."""
    earlier = choice.seat(nomination)
    if earlier is not None and earlier.state is EnrolmentState.WAITING:
        return earlier
    seat = Enrolment(
        municipality_id=nomination.municipality_id,
        school_id=choice.run.school_id,
        course_run_id=choice.run.id,
        nomination_id=nomination.id,
        candidate_id=nomination.candidate_id,
        code=nomination.code,
        state=EnrolmentState.WAITING,
        waiting_since=nomination.submitted_at or nomination.created_at,
    )
    db.session.add(seat)
    return seat


def _in_pool(wanted: Collection[int]) -> tuple[dict[int, Nomination], dict[int, int]]:
    """The nominations, locked, and the partnership of each; all of them or none."""
    if max(wanted) > access.MOST_ID:
        raise NotFound
    found = db.session.execute(
        select(Nomination, Municipality.partnership_id)
        .join(Municipality, Municipality.id == Nomination.municipality_id)
        .where(Nomination.id.in_(wanted))
        .order_by(Nomination.id)
        .with_for_update(of=Nomination)
        .execution_options(populate_existing=True)
    ).all()
    if len(found) < len(wanted):
        raise NotFound
    if gone := [row.code for row, _home in found if row.state is not NominationState.SUBMITTED]:
        raise Stale("seat.not_in_pool", codes=", ".join(gone))
    return {row.id: row for row, _home in found}, {row.id: home for row, home in found}


def _seats(
    course_run_ids: Collection[int], candidate_ids: Collection[int]
) -> dict[int, dict[int, Enrolment]]:
    """By run and candidate, the newest seat each has or had there."""
    rows = db.session.scalars(
        select(Enrolment)
        .where(Enrolment.course_run_id.in_(course_run_ids), Enrolment.candidate_id.in_(candidate_ids))
        .order_by(Enrolment.id)
        .execution_options(populate_existing=True)
    )
    found: dict[int, dict[int, Enrolment]] = {}
    for row in rows:
        found.setdefault(row.course_run_id, {})[row.candidate_id] = row
    return found
