"""Eight processes at once: capacity holds, no approval is lost, a raised capacity skips nobody in line."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import partial
from multiprocessing import get_context

import pytest
from sqlalchemy import select

from coordination.db import Scope, db, unit_of_work
from coordination.domain.enrolments import HOLDS_SEAT, EnrolmentState
from coordination.domain.errors import Refused, Stale
from coordination.domain.nominations import NominationState
from coordination.domain.run_plans import RunFacts
from coordination.models import CourseRun, Enrolment, Letter, Nomination
from coordination.services import course_runs, enrolments
from tests.conftest import MONDAY
from tests.factories import make_candidate, make_enrolment, make_nomination, make_run

PROCESSES = 8
PATIENCE = 120
FORK = get_context("fork")


@pytest.fixture
def at_once(application, app):
    """`at_once([(actor, deeds), …])`: a process for each, all starting together; what came of every deed."""

    def run(plans):
        start, said = FORK.Barrier(len(plans)), FORK.SimpleQueue()
        db.engine.dispose()  # no process inherits a connection
        started = [
            FORK.Process(target=_work, args=(application, actor, deeds, start, said))
            for actor, deeds in plans
        ]
        for process in started:
            process.start()
        for process in started:
            process.join(PATIENCE)
        assert [process.exitcode for process in started] == [0] * len(started)
        return Counter(outcome for _ in started for outcome in said.get())

    return run


def _work(application, actor, deeds, start, said):
    outcomes = []
    with application.app_context():
        start.wait(PATIENCE)
        for deed in deeds:
            scope = Scope.of(actor, MONDAY.date()) if actor else Scope("system:clock", everything=True)
            try:
                with unit_of_work(scope):
                    deed()
            except (Refused, Stale) as refused:
                outcomes.append(refused.code)
            else:
                outcomes.append("done")
        db.engine.dispose()
    said.put(outcomes)


@pytest.fixture
def run(world, everything):
    """A run of eight seats, all offered, and ten in line who came one after the other."""
    with everything() as session:
        made = make_run(world, starts_on=date(2027, 1, 4), capacity=PROCESSES, minimum=1)
        homes = [(world.municipality, world.caseworker), (world.other_municipality, world.other_caseworker)]
        seats = [
            make_enrolment(
                make_nomination(make_candidate(*homes[0]), (world.kitchen,), state=NominationState.OFFERED),
                made,
                state=EnrolmentState.OFFERED,
                offered_at=MONDAY,
            )
            for _ in range(PROCESSES)
        ]
        line = [make_nomination(make_candidate(*homes[number % 2]), (world.kitchen,)) for number in range(10)]
        for number, row in enumerate(line):
            row.submitted_at = MONDAY.replace(hour=7, minute=number)
            make_enrolment(row, made, state=EnrolmentState.WAITING, offered_at=None)
        session.flush()
        return made.id, [seat.id for seat in seats], [row.id for row in line]


def stands(everything, run_id):
    """Who holds a seat or waits, by nomination, as both rows tell it."""
    with everything() as session:
        rows = session.execute(
            select(Enrolment, Nomination.state)
            .join(Nomination, Nomination.id == Enrolment.nomination_id)
            .where(Enrolment.course_run_id == run_id)
            .order_by(Enrolment.id)
        ).all()
        held = [seat for seat, _state in rows if seat.state in HOLDS_SEAT]
        assert all(seat.state == state for seat, state in rows if seat in held)
        assert len(held) <= session.get(CourseRun, run_id).capacity
        return {seat.nomination_id: seat.state for seat, _state in rows}


def accept(world, seat_id):
    return partial(enrolments.accept_seat, world.caseworker, seat_id, now=MONDAY)


def test_eight_accept_at_once_and_no_approval_is_lost(world, everything, at_once, run):
    run_id, seats, line = run
    plans = [
        (world.caseworker, [accept(world, mine), accept(world, neighbour)])
        for mine, neighbour in zip(seats, [*seats[1:], seats[0]], strict=True)
    ]
    assert at_once(plans) == {"done": PROCESSES, "seat.move": PROCESSES}
    states = Counter(stands(everything, run_id).values())
    assert states == {EnrolmentState.ACCEPTED: PROCESSES, EnrolmentState.WAITING: len(line)}
    with everything() as session:
        told = session.query(Letter).filter_by(letter="participant_waiting").all()
    assert {letter.facts["enrolment_id"] for letter in told} == set(seats)


def test_what_is_declined_and_added_at_once_goes_to_the_first_in_line_and_to_no_one_twice(
    world, everything, at_once, run
):
    run_id, seats, line = run
    with everything() as session:
        version = session.get(CourseRun, run_id).version
    decline = [
        partial(enrolments.decline_seat, world.caseworker, seat, reason="other", keep=True, now=MONDAY)
        for seat in seats[3:6]
    ]
    raised = partial(
        course_runs.save,
        world.coordinator,
        run_id,
        RunFacts("Større hold", 1, PROCESSES + 2, None),
        version=version,
        now=MONDAY,
    )
    offer = partial(enrolments.offer_seat, world.coordinator, run_id, line[-1:], now=MONDAY)
    plans = [
        *((world.caseworker, [accept(world, seat)]) for seat in seats[:3]),
        *((world.caseworker, [deed]) for deed in decline),
        (world.coordinator, [raised]),
        (None, [partial(enrolments.expire_offers, MONDAY)] * 2),
    ]
    assert len(plans) == PROCESSES
    assert at_once(plans) == {"done": PROCESSES + 1}
    after = stands(everything, run_id)
    offered = [key for key in line if after[key] is EnrolmentState.OFFERED]
    assert offered == line[:5]  # three declined, two added
    states = Counter(after.values())
    assert (states[EnrolmentState.ACCEPTED], states[EnrolmentState.DECLINED]) == (3, 3)
    with everything() as session:
        told = [letter.facts for letter in session.query(Letter).filter_by(letter="seat_offered")]
    codes = [offer["code"] for facts in told for run in facts["runs"] for offer in run["offers"]]
    assert len(codes) == len(set(codes)) == len(offered)
    assert at_once([(world.coordinator, [offer])] * 2) == {"seat.run_full": 2}
