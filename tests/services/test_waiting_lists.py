"""A seat that becomes free goes to the next in line: in order, once, and to nobody it is not free for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from coordination.db import db
from coordination.domain.calendar import local_day
from coordination.domain.candidates import Scheme
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.errors import Refused
from coordination.domain.nominations import NominationState
from coordination.domain.priorities import Priority
from coordination.models import (
    Candidate,
    CourseRun,
    CourseSession,
    Enrolment,
    Letter,
    Nomination,
    NominationMove,
)
from coordination.queries.attendance import register_of, registers_of
from coordination.services import enrolments
from tests.conftest import MONDAY
from tests.factories import make_candidate, make_enrolment, make_nomination, make_reserved, make_run

Seat, Pool = EnrolmentState, NominationState
TODAY, LATER = date(2026, 11, 23), date(2027, 1, 4)
DAY = timedelta(days=1)


@pytest.fixture
def run(world, everything):
    """A run of two seats, both offered to people of the first municipality."""
    with everything():
        made = make_run(world, starts_on=LATER, capacity=2, minimum=1)
        for name in ("Ada", "Bo"):
            nomination = person(world, name, Pool.OFFERED)
            make_enrolment(nomination, made, state=Seat.OFFERED)
        return made.id


def person(world, name, state=Pool.SUBMITTED, *, other=False, **facts):
    home = (
        (world.other_municipality, world.other_caseworker)
        if other
        else (
            world.municipality,
            world.caseworker,
        )
    )
    candidate = make_candidate(*home, name=name, **facts)
    return make_nomination(candidate, (world.kitchen,), state=state)


@pytest.fixture
def wait_on(world, everything):
    """`wait_on(run, name, days, …)`: somebody who has waited so long, in line on the run if one is given."""

    def put(run_id, name, days=1, *, other=False, **nomination):
        with everything() as session:
            row = person(world, name, other=other)
            row.submitted_at = MONDAY - days * DAY
            for key, value in nomination.items():
                setattr(row, key, value)
            if run_id is not None:
                make_enrolment(row, session.get(CourseRun, run_id), state=Seat.WAITING, offered_at=None)
            return row.id

    return put


@pytest.fixture
def wait(run, wait_on):
    """`wait(name, days, …)`: the same on the run of two seats."""
    return partial(wait_on, run)


@pytest.fixture
def stands(everything):
    """`stands(run)` the states on the run by the nomination, newest seat last."""

    def look(run_id):
        with everything() as session:
            rows = session.scalars(
                select(Enrolment).where(Enrolment.course_run_id == run_id).order_by(Enrolment.id)
            )
            return {row.nomination_id: row.state for row in rows}

    return look


@pytest.fixture
def first_seat(everything, run):
    with everything() as session:
        return session.scalars(select(func.min(Enrolment.id)).where(Enrolment.course_run_id == run)).one()


def test_a_declined_seat_goes_to_the_next_in_line_of_another_municipality(
    world, act, everything, run, first_seat, wait, stands, now
):
    later, longest = wait("Cem", 2), wait("Dana", 5, other=True)
    with act(world.caseworker):
        enrolments.decline_seat(world.caseworker, first_seat, reason="too_far", keep=False, now=now)
    assert (stands(run)[longest], stands(run)[later]) == (Seat.OFFERED, Seat.WAITING)
    with everything() as session:
        row = session.scalars(select(Enrolment).where(Enrolment.nomination_id == longest)).one()
        assert row.answer_until > now
        assert session.get(Nomination, longest).state is Pool.OFFERED
        move = session.scalars(
            select(NominationMove).where(NominationMove.nomination_id == longest).order_by(NominationMove.id)
        ).all()[-1]
        assert (move.deed, move.by_id, move.course_run_id) == ("offer", None, run)
        letters = {row.letter: row for row in session.scalars(select(Letter))}
        assert letters["seat_offered"].recipient_id == world.other_caseworker.user_id
        assert letters["seat_declined"].facts["passed_on"] == [session.get(Nomination, longest).code]


def test_the_line_goes_by_priority_waiting_and_lot(world, act, run, first_seat, wait, stands, now):
    by_lot = [wait("Cem", 2, draw=9), wait("Dana", 2, draw=3)]
    long = wait("Eli", 9)
    first = wait("Fay", 1, priority=Priority.HIGH)
    with act(world.coordinator):
        enrolments.withdraw_offer(world.coordinator, first_seat, now=now)
    assert stands(run)[first] is Seat.OFFERED
    with act(world.coordinator) as session:
        session.get(CourseRun, run).capacity = 4
    with act(world.coordinator):
        enrolments.offer_free_seats([run], now=now)
    assert [stands(run)[key] for key in (long, by_lot[1], by_lot[0])] == [
        Seat.OFFERED,
        Seat.OFFERED,
        Seat.WAITING,
    ]


def test_nobody_is_offered_a_seat_twice_and_who_is_not_free_is_passed_over(
    world, act, everything, run, first_seat, wait, stands, clock
):
    had_one = wait("Cem", 9)
    parked = wait("Dana", 8, state=Pool.PARKED, parked_until=LATER)
    closed = wait("Eli", 7, basis_until=date(2026, 11, 22))
    too_old, last = wait("Gry", 6), wait("Fay", 1)
    with everything() as session:
        candidate = session.get(Candidate, session.get(Nomination, too_old).candidate_id)
        candidate.scheme, candidate.igu_start = Scheme.IGU, None
        candidate.birth_date = candidate.residence_since = date(1950, 1, 1)
        row = session.get(Nomination, had_one)
        make_enrolment(row, session.get(CourseRun, run), state=Seat.EXPIRED)
    with act(world.caseworker):
        enrolments.decline_seat(world.caseworker, first_seat, reason="too_far", keep=True, now=clock())
    with everything() as session:
        waiting = session.scalars(
            select(Enrolment.nomination_id).where(Enrolment.state == Seat.WAITING).order_by(Enrolment.id)
        ).all()
    assert waiting == [had_one, parked, closed, too_old]
    assert stands(run)[last] is Seat.OFFERED
    for _ in range(2):
        with everything():
            enrolments.expire_offers(clock())
    with everything() as session:
        assert session.query(Letter).filter_by(letter="seat_offered").count() == 1


def test_a_seat_kept_for_one_municipality_waits_for_its_people_until_it_is_released(
    world, act, everything, run, first_seat, wait, stands, clock
):
    first, theirs = wait("Cem", 9), wait("Dana", 1, other=True)
    with everything() as session:
        made = session.get(CourseRun, run)
        make_reserved(made, world.other_municipality, 1, release_on=date(2026, 11, 25))
    with pytest.raises(Refused, match=r"seat\.run_full"), act(world.coordinator):
        enrolments.offer_seat(world.coordinator, run, [first], now=clock())
    with act(world.caseworker):
        enrolments.decline_seat(world.caseworker, first_seat, reason="too_far", keep=True, now=clock())
    assert (stands(run)[first], stands(run)[theirs]) == (Seat.WAITING, Seat.OFFERED)
    with everything() as session:
        row = session.scalars(select(Enrolment).where(Enrolment.nomination_id == theirs)).one()
        row.state, row.offered_at, session.get(Nomination, theirs).state = Seat.WITHDRAWN, None, Pool.PARKED
    with pytest.raises(Refused, match=r"seat\.kept_for_others"), act(world.coordinator):
        enrolments.offer_seat(world.coordinator, run, [first], now=clock())
    clock.forward(days=2)
    with everything():
        enrolments.expire_offers(clock())
    assert stands(run)[first] is Seat.OFFERED


def test_the_clock_passes_on_what_expires_and_what_a_withdrawn_nomination_leaves(
    world, act, everything, run, wait, stands, clock
):
    following = [wait("Cem", 9), wait("Dana", 8, other=True), wait("Eli", 7)]
    with everything() as session:
        session.query(Letter).delete()
    clock.forward(days=14)
    with everything():
        enrolments.expire_offers(clock())
    assert [stands(run)[key] for key in following] == [Seat.OFFERED, Seat.OFFERED, Seat.WAITING]
    with everything() as session:
        facts = {
            (row.letter, row.recipient_id): row.facts
            for row in session.scalars(select(Letter).where(Letter.letter == "offer_expired"))
        }
        codes = [session.get(Nomination, key).code for key in following[:2]]
        title = session.get(CourseRun, run).title
    told = [{"course_run": title, "codes": codes}]
    assert facts["offer_expired", world.coordinator.user_id]["passed_on"] == told
    assert facts["offer_expired", world.caseworker.user_id]["passed_on"] == []
    clock.forward(days=14)
    with everything():
        enrolments.expire_offers(clock())
    assert [stands(run)[key] for key in following] == [Seat.EXPIRED, Seat.EXPIRED, Seat.OFFERED]


@pytest.mark.parametrize("facts", [{"state": RunState.RUNNING}, {"substitutes_until": date(2026, 11, 20)}])
def test_when_the_school_takes_no_more_substitutes_the_line_waits(
    world, act, everything, run, first_seat, wait, stands, now, facts
):
    waiting = wait("Cem", 9)
    with everything() as session:
        for key, value in facts.items():
            setattr(session.get(CourseRun, run), key, value)
    with act(world.coordinator):
        enrolments.withdraw_offer(world.coordinator, first_seat, now=now)
    assert stands(run)[waiting] is Seat.WAITING


def test_several_runs_are_offered_in_one_deed_or_none_at_all(world, act, everything, run, stands, now):
    with everything():
        other = make_run(world, starts_on=LATER, capacity=1, minimum=1).id
        people = [person(world, name).id for name in ("Cem", "Dana")]
        theirs = person(world, "Eli", other=True).id
        third = make_run(world, starts_on=LATER, capacity=3).id
    with pytest.raises(Refused, match=r"seat\.too_few_free"), act(world.coordinator):
        enrolments.offer_seats(world.coordinator, {third: [theirs], other: people}, now=now)
    assert stands(other) == stands(third) == {}
    with act(world.coordinator):
        offered = enrolments.offer_seats(
            world.coordinator, {third: [theirs, people[1]], other: people[:1]}, now=now
        )
    assert offered.count == 3
    assert set(stands(third)) == {theirs, people[1]}
    with everything():
        letters = db.session.scalars(select(Letter).where(Letter.letter == "seat_offered")).all()
    assert {letter.recipient_id: len(letter.facts["runs"]) for letter in letters} == {
        world.caseworker.user_id: 2,
        world.other_caseworker.user_id: 1,
    }


def test_an_offer_shortly_before_the_run_holds_to_the_eve_of_it(world, act, everything, now):
    with everything():
        soon = make_run(world, starts_on=date(2026, 11, 25), capacity=1, minimum=1).id
        nomination = person(world, "Cem").id
    with act(world.coordinator):
        offered = enrolments.offer_seat(world.coordinator, soon, [nomination], now=now)
    assert offered.answer_until == datetime(2026, 11, 24, 15, tzinfo=UTC)


def test_a_seat_the_school_turns_down_goes_on_too(world, act, everything, run, first_seat, wait, stands, now):
    following = wait("Cem", 3, other=True)
    with act(world.caseworker):
        enrolments.accept_seat(world.caseworker, first_seat, now=now)
    with act(world.teacher):
        enrolments.reject_participant(world.teacher, first_seat, reason="language_too_low", now=now)
    assert stands(run)[following] is Seat.OFFERED
    with everything() as session:
        rejected = session.get(Enrolment, first_seat)
        assert rejected.state is Seat.REJECTED
        assert session.get(Nomination, rejected.nomination_id).state is Pool.SUBMITTED


@pytest.fixture
def began(world, everything):
    """A run of one seat that began today, its participant, and the day the school takes substitutes to."""
    with everything():
        made = make_run(
            world, state=RunState.RUNNING, starts_on=TODAY, capacity=1, minimum=1, substitutes_until=LATER
        )
        seat = make_enrolment(person(world, "Ada", Pool.ACCEPTED), made, state=Seat.CONFIRMED)
        return made.id, seat.id


def test_a_no_show_makes_room_for_a_substitute_who_joins_that_day(
    world, act, everything, began, wait_on, stands, clock
):
    run, seat = began
    later, following = wait_on(run, "Dana", 2), wait_on(run, "Cem", 9)
    with act(world.caseworker):
        enrolments.drop_out(world.caseworker, seat, reason="stayed_away", left_on=TODAY, now=clock())
    with everything() as session:
        offered = session.scalars(select(Enrolment).where(Enrolment.nomination_id == following)).one()
        assert offered.state is Seat.OFFERED
        substitute = offered.id
    clock.forward(days=1)
    with act(world.caseworker):
        enrolments.accept_seat(world.caseworker, substitute, now=clock())
    with everything() as session:
        assert session.get(Enrolment, substitute).joined_on == TODAY + DAY
        sessions = session.scalars(
            select(CourseSession.id).where(CourseSession.course_run_id == run).order_by(CourseSession.day)
        ).all()
    with act(world.coordinator):
        rosters = [
            [row.enrolment_id for row in register_of(db.session.get_one(CourseSession, key)).roster]
            for key in sessions[:2]
        ]
        registers = registers_of(run, local_day(clock()))
    assert rosters == [[seat], [substitute]]
    assert [row.roster for row in registers[:2]] == [1, 1]
    assert stands(run)[later] is Seat.WAITING


def test_once_the_school_takes_no_more_substitutes_the_line_of_a_run_under_way_ends(
    world, act, everything, began, wait_on, stands, clock
):
    run, seat = began
    waiting, in_pool = wait_on(run, "Cem", 9), wait_on(None, "Dana", 2)
    with everything():
        enrolments.expire_offers(clock())
    assert stands(run)[waiting] is Seat.WAITING
    clock.moment = datetime(2027, 1, 5, 9, tzinfo=UTC)
    with act(world.caseworker):
        enrolments.drop_out(world.caseworker, seat, reason="stayed_away", left_on=TODAY, now=clock())
    assert stands(run)[waiting] is Seat.WAITING
    with pytest.raises(Refused, match=r"seat\.no_substitutes"), act(world.coordinator):
        enrolments.offer_seat(world.coordinator, run, [in_pool], now=clock())
    with pytest.raises(Refused, match=r"seat\.no_substitutes"), act(world.coordinator):
        enrolments.put_in_line(world.coordinator, run, [in_pool], now=clock())
    with everything():
        enrolments.expire_offers(clock())
    assert stands(run)[waiting] is Seat.EXPIRED
