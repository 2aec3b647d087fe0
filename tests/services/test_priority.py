"""The coordinator lets somebody go first, and the lot is drawn once."""

from __future__ import annotations

import pytest

from coordination.db import db
from coordination.domain.errors import Invalid, NotFound, Refused
from coordination.domain.nominations import NominationState, lot
from coordination.domain.priorities import Priority
from coordination.domain.run_plans import RunFacts
from coordination.models import AuditEntry, CourseRun, Letter, Nomination, NominationMove
from coordination.queries.enrolments import why_waiting
from coordination.services import course_runs, enrolments, nominations
from tests.conftest import MONDAY
from tests.factories import make_candidate, make_nomination, make_participant, make_run


@pytest.fixture
def pooled(world, everything):
    """Three in the pool, of two municipalities, the last of whom came first."""
    homes = [
        (world.municipality, world.caseworker),
        (world.other_municipality, world.other_caseworker),
        (world.other_municipality, world.other_caseworker),
    ]
    with everything():
        rows = [make_nomination(make_candidate(*home), (world.kitchen,)) for home in homes]
        for hours, row in enumerate(rows):
            row.submitted_at = MONDAY.replace(hour=8 - hours)
        return [row.id for row in rows]


def places(world, act, nomination_id):
    with act(world.coordinator) as _:
        (line,) = why_waiting(world.coordinator, nomination_id, MONDAY.date()).lines
        return line.ahead


def test_a_priority_is_given_with_a_reason_put_on_record_and_taken_back(world, act, everything, pooled, now):
    mine = pooled[0]
    assert places(world, act, mine).by_waiting == 2
    with pytest.raises(Invalid), act(world.coordinator):
        nominations.set_priority(world.coordinator, mine, "derfor", now=now)
    with pytest.raises(Refused, match=r"no_priority"), act(world.coordinator):
        nominations.end_priority(world.coordinator, mine, now=now)
    with act(world.coordinator):
        nominations.set_priority(world.coordinator, mine, "igu_ends_soon", now=now)
    assert places(world, act, mine).place == 1
    assert places(world, act, pooled[1]).by_priority == 1
    with everything() as session:
        row = session.get(Nomination, mine)
        assert (row.priority, row.priority_reason) == (Priority.HIGH, "igu_ends_soon")
        move = session.query(NominationMove).filter_by(nomination_id=mine).one()
        assert (move.deed, move.reason, move.before, move.after) == (
            "priority",
            "igu_ends_soon",
            "submitted",
            "submitted",
        )
        assert session.query(AuditEntry).filter_by(deed="nominations.priority").count() == 1
    with act(world.coordinator):
        nominations.end_priority(world.coordinator, mine, now=now)
    assert places(world, act, mine).place == 3


def test_only_the_coordinator_gives_priority_and_only_to_one_who_waits(world, act, everything, pooled, now):
    with pytest.raises(Refused), act(world.caseworker):
        nominations.set_priority(world.caseworker, pooled[0], "other", now=now)
    with pytest.raises(NotFound), act(world.far_coordinator):
        nominations.set_priority(world.far_coordinator, pooled[0], "other", now=now)
    with everything() as session:
        session.get(Nomination, pooled[0]).state = NominationState.OFFERED
    with pytest.raises(Refused), act(world.coordinator):
        nominations.set_priority(world.coordinator, pooled[0], "other", now=now)


def test_the_lot_is_drawn_on_entering_the_pool_and_kept(world, act, everything, now):
    with everything():
        person = make_candidate(world.municipality, world.caseworker)
        draft = make_nomination(person, (world.kitchen,), state=NominationState.DRAFT)
        draft.submitted_at = None
        key = draft.id
    with act(world.caseworker):
        row = db.session.get(Nomination, key)
        nominations.move_nomination(world.caseworker, row, "submit", now=now)
    with everything() as session:
        row = session.get(Nomination, key)
        assert (row.submitted_at, row.draw) == (now, lot(key, now))


def test_a_raised_capacity_is_offered_in_the_order_of_the_line_and_skips_nobody(
    world, act, everything, pooled, now
):
    with everything():
        run = make_run(
            world, starts_on=MONDAY.date().replace(year=2027, month=1, day=4), capacity=1, minimum=1
        )
        make_participant(world, run, world.caseworker, world.municipality)
        run_id = run.id
    with act(world.coordinator):
        enrolments.put_in_line(world.coordinator, run_id, pooled, now=now)
    with act(world.coordinator):
        version = db.session.get(CourseRun, run_id).version
        course_runs.save(
            world.coordinator, run_id, RunFacts("Større hold", 1, 3, None), version=version, now=now
        )
    with everything() as session:
        states = [session.get(Nomination, key).state for key in pooled]
        told = {letter.recipient_id for letter in session.query(Letter).filter_by(letter="seat_offered")}
    assert states == [NominationState.SUBMITTED, NominationState.OFFERED, NominationState.OFFERED]
    assert told == {world.other_caseworker.user_id}
