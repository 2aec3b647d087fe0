"""Many at once: capacity holds, an offer is answered once, and whoever comes second gets a sentence."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.errors import Refused
from coordination.domain.nominations import NominationState
from coordination.queries.enrolments import seats_held
from coordination.services import enrolments
from tests.factories import make_candidate, make_enrolment, make_nomination, make_participant, make_run


@pytest.fixture
def together(application, act):
    """Run each deed in a thread and unit of work of its own, all starting at once; what came of each."""

    def run(actor, deeds):
        start = Barrier(len(deeds))

        def do(deed):
            with application.app_context():
                start.wait()
                try:
                    with act(actor):
                        deed()
                except Refused as refused:
                    return refused.code
            return "done"

        with ThreadPoolExecutor(len(deeds)) as pool:
            return list(pool.map(do, deeds))

    return run


@pytest.fixture
def run(world, everything):
    with everything():
        return make_run(world, starts_on=date(2027, 1, 4), capacity=4).id


@pytest.fixture
def pooled(world, everything):
    with everything():
        people = [make_candidate(world.municipality, world.caseworker) for _ in range(8)]
        return [make_nomination(person, (world.kitchen,)).id for person in people]


def test_parallel_offers_never_exceed_the_capacity(world, run, pooled, together, now):
    offers = [
        lambda nomination=nomination: enrolments.offer_seat(world.coordinator, run, [nomination], now=now)
        for nomination in pooled
    ]
    outcomes = Counter(together(world.coordinator, offers))
    assert outcomes == {"done": 4, "seat.run_full": 4}
    assert seats_held(run) == 4


def test_the_same_person_is_offered_one_seat_by_two_who_press_at_once(
    world, everything, run, pooled, together, now
):
    with everything():
        other = make_run(world, starts_on=date(2027, 1, 4)).id
    offers = [
        lambda on=on: enrolments.offer_seat(world.coordinator, on, pooled[:1], now=now) for on in (run, other)
    ]
    assert sorted(together(world.coordinator, offers)) == ["done", "seat.not_in_pool"]
    assert seats_held(run) + seats_held(other) == 1


def test_an_offer_is_answered_once(world, everything, run, pooled, together, now):
    with everything():
        person = make_candidate(world.municipality, world.caseworker)
        nomination = make_nomination(person, (world.kitchen,), state=NominationState.OFFERED)
        holder = make_run(world, starts_on=date(2027, 1, 4))
        seat = make_enrolment(nomination, holder, state=EnrolmentState.OFFERED).id
    answers = [
        lambda: enrolments.accept_seat(world.caseworker, seat, now=now),
        lambda: enrolments.decline_seat(world.caseworker, seat, reason="other", keep=True, now=now),
        lambda: enrolments.accept_seat(world.caseworker, seat, now=now),
    ]
    assert sorted(together(world.caseworker, answers)) == ["done", "seat.move", "seat.move"]


def test_the_last_seat_goes_to_one_of_those_taken_up_again(world, everything, together, now):
    with everything():
        running = make_run(
            world, state=RunState.RUNNING, starts_on=date(2026, 11, 2), weeks=6, minimum=1, capacity=1
        )
        stopped = {"state": EnrolmentState.DROPPED_OUT, "left_on": date(2026, 11, 20)}
        seats = [
            make_participant(world, running, world.caseworker, world.municipality, **stopped).id
            for _ in range(3)
        ]
    again = [lambda seat=seat: enrolments.resume(world.coordinator, seat, now=now) for seat in seats]
    assert sorted(together(world.coordinator, again)) == ["done", "seat.run_full", "seat.run_full"]
    assert seats_held(running.id) == 1
