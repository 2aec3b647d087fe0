"""Seats are offered, answered, given up and taken up again, each move on record and told by letter."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from coordination.db import db
from coordination.domain.candidates import DanishExam
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.errors import Invalid, NotFound, Refused, Stale
from coordination.domain.nominations import NominationState
from coordination.models import CourseRun, Enrolment, Letter, Nomination, NominationMove, Track
from coordination.queries.enrolments import place_in_line, seats_held
from coordination.services import enrolments
from tests.factories import (
    make_candidate,
    make_enrolment,
    make_nomination,
    make_participant,
    make_run,
)

Seat, Pool = EnrolmentState, NominationState
LATER = date(2027, 1, 4)


@pytest.fixture
def run(world, everything):
    with everything():
        return make_run(world, starts_on=LATER).id


@pytest.fixture
def in_pool(world, everything):
    """`in_pool()` a nomination in the pool, of the first municipality unless told."""

    def put(municipality=None, caseworker=None, **person):
        with everything():
            candidate = make_candidate(
                municipality or world.municipality, caseworker or world.caseworker, **person
            )
            return make_nomination(candidate, (world.kitchen,)).id

    return put


@pytest.fixture
def offered(world, run, in_pool, act, now):
    """A seat offered to a candidate of the first municipality, its letters sent."""
    nomination_id = in_pool()
    with act(world.coordinator):
        enrolments.offer_seat(world.coordinator, run, [nomination_id], now=now)
    return seat_of(nomination_id, everything=act, actor=world.coordinator)


@pytest.fixture
def accepted(world, offered, act, now):
    with act(world.caseworker):
        enrolments.accept_seat(world.caseworker, offered, now=now)
    return offered


def seat_of(nomination_id, everything, actor):
    with everything(actor):
        return db.session.scalars(select(Enrolment.id).where(Enrolment.nomination_id == nomination_id)).one()


@pytest.fixture
def stands(everything):
    """`stands(seat)` the states of a seat and its nomination."""

    def look(enrolment_id):
        with everything() as session:
            seat = session.get(Enrolment, enrolment_id)
            return seat.state, session.get(Nomination, seat.nomination_id).state

    return look


@pytest.fixture
def letters(everything):
    """`letters()` who got which letter since the last look."""

    def look():
        with everything() as session:
            found = {(row.letter, row.recipient_id): row.facts for row in session.scalars(select(Letter))}
            session.query(Letter).delete()
        return found

    return look


@pytest.fixture
def moves(everything):
    """`moves()` every move on record: deed, before, after, reason, who."""

    def look():
        with everything() as session:
            rows = session.scalars(select(NominationMove).order_by(NominationMove.id))
            return [(row.deed, row.before, row.after, row.reason, row.by_id) for row in rows]

    return look


def test_seats_are_offered_and_each_jobcenter_gets_one_letter(
    world, act, run, in_pool, stands, letters, moves, now
):
    own = [in_pool(), in_pool()]
    other = in_pool(world.other_municipality, world.other_caseworker)
    with act(world.coordinator):
        offered = enrolments.offer_seat(world.coordinator, run, [*own, other], now=now)
    assert (offered.count, offered.answer_until, offered.below) == (
        3,
        datetime(2026, 11, 26, 9, tzinfo=UTC),
        (),
    )
    seats = [seat_of(nomination, act, world.coordinator) for nomination in (*own, other)]
    assert {stands(seat) for seat in seats} == {(Seat.OFFERED, Pool.OFFERED)}
    sent = letters()
    assert set(sent) == {
        ("seat_offered", world.caseworker.user_id),
        ("seat_offered", world.other_caseworker.user_id),
    }
    (facts,) = sent["seat_offered", world.caseworker.user_id]["runs"]
    assert [offer["enrolment_id"] for offer in facts["offers"]] == seats[:2]
    assert facts["answer_until"] == "2026-11-26T10:00:00+01:00"
    assert moves()[0] == ("offer", "submitted", "offered", "", world.coordinator.user_id)


def test_too_many_are_offered_to_nobody(world, act, run, in_pool, everything, letters, now):
    people = [in_pool() for _ in range(5)]
    with pytest.raises(Refused) as refused, act(world.coordinator):
        enrolments.offer_seat(world.coordinator, run, people, now=now)
    assert (refused.value.code, refused.value.facts) == ("seat.too_few_free", {"wanted": 5, "free": 4})
    assert seats_held(run) == 0
    with act(world.coordinator):
        enrolments.offer_seat(world.coordinator, run, people[:4], now=now)
    letters()
    with pytest.raises(Refused, match=r"seat\.run_full"), act(world.coordinator):
        enrolments.offer_seat(world.coordinator, run, people[4:], now=now)
    assert seats_held(run) == 4
    assert letters() == {}


def test_one_who_left_the_pool_meanwhile_stops_the_offer_to_all(world, act, run, in_pool, now):
    first, second = in_pool(), in_pool()
    with act(world.coordinator):
        enrolments.offer_seat(world.coordinator, run, [first], now=now)
    with pytest.raises(Stale) as stale, act(world.coordinator):
        enrolments.offer_seat(world.coordinator, run, [first, second], now=now)
    assert stale.value.code == "seat.not_in_pool"
    assert str(first) not in stale.value.facts["codes"].split(", ")
    assert seats_held(run) == 1


def test_low_danish_warns_and_does_not_stop(world, act, everything, run, in_pool, now):
    with everything() as session:
        session.get(Track, world.track).exam_needed = DanishExam.PD2
    low, high = in_pool(danish_exam=DanishExam.PD1), in_pool(danish_exam=DanishExam.PD2)
    with act(world.coordinator):
        offered = enrolments.offer_seat(world.coordinator, run, [low, high], now=now)
    with everything() as session:
        assert offered.below == (session.get(Nomination, low).code,)


@pytest.mark.parametrize("state", [RunState.DRAFT, RunState.RUNNING, RunState.CANCELLED])
def test_a_run_that_is_not_open_takes_nobody(world, act, everything, in_pool, now, state):
    with everything():
        closed = make_run(world, state=state).id
    person = in_pool()
    for deed in (enrolments.offer_seat, enrolments.put_in_line):
        with pytest.raises(Refused, match=r"seat\.run_not_open"), act(world.coordinator):
            deed(world.coordinator, closed, [person], now=now)


def test_nobody_is_offered_a_seat_in_another_partnership(world, act, everything, run, in_pool, now):
    far = in_pool(world.far_municipality, world.far_caseworker)
    with pytest.raises(NotFound), act(world.coordinator):
        enrolments.offer_seat(world.coordinator, run, [far], now=now)
    with pytest.raises(NotFound), act(world.far_coordinator):
        enrolments.offer_seat(world.far_coordinator, run, [far], now=now)
    with pytest.raises(Invalid), act(world.coordinator):
        enrolments.offer_seat(world.coordinator, run, [], now=now)


def test_a_place_in_line_becomes_a_seat_and_keeps_its_row(world, act, run, in_pool, stands, moves, now):
    first, second = in_pool(), in_pool(world.other_municipality, world.other_caseworker)
    with act(world.coordinator):
        assert enrolments.put_in_line(world.coordinator, run, [second, first], now=now) == 2
    waiting = seat_of(second, act, world.coordinator)
    assert stands(waiting) == (Seat.WAITING, Pool.SUBMITTED)
    with act(world.other_caseworker):
        assert place_in_line(waiting).place == 2
    with pytest.raises(NotFound), act(world.caseworker):
        place_in_line(waiting)
    with pytest.raises(Refused, match=r"seat\.already_waiting"), act(world.coordinator):
        enrolments.put_in_line(world.coordinator, run, [second], now=now)
    with act(world.coordinator):
        enrolments.offer_seat(world.coordinator, run, [first], now=now)
    with act(world.other_caseworker):
        assert place_in_line(waiting).place == 1
    with act(world.coordinator):
        enrolments.offer_seat(world.coordinator, run, [second], now=now)
    assert seat_of(second, act, world.coordinator) == waiting
    assert stands(waiting) == (Seat.OFFERED, Pool.OFFERED)
    assert [deed for deed, *_ in moves()] == ["wait", "wait", "offer", "offer"]


def test_the_jobcenter_accepts_and_the_school_is_asked(world, act, offered, stands, letters, moves, now):
    letters()
    with act(world.caseworker):
        enrolments.accept_seat(world.caseworker, offered, now=now)
    assert stands(offered) == (Seat.ACCEPTED, Pool.ACCEPTED)
    assert letters() == {
        ("participant_waiting", world.teacher.user_id): {
            "code": letter_code(act, world, offered),
            "course_run": run_title(act, world, offered),
            "enrolment_id": offered,
        }
    }
    with pytest.raises(Refused, match=r"seat\.move"), act(world.caseworker):
        enrolments.accept_seat(world.caseworker, offered, now=now)
    assert moves()[-1] == ("accept", "offered", "accepted", "", world.caseworker.user_id)


def letter_code(act, world, seat):
    with act(world.coordinator) as session:
        return session.get(Enrolment, seat).code


def run_title(act, world, seat):
    with act(world.coordinator) as session:
        return session.get(CourseRun, session.get(Enrolment, seat).course_run_id).title


@pytest.mark.parametrize(("keep", "pool"), [(True, Pool.SUBMITTED), (False, Pool.DECLINED)])
def test_the_jobcenter_declines_and_stays_in_the_pool_or_leaves_it(
    world, act, everything, offered, stands, letters, moves, now, keep, pool
):
    letters()
    with pytest.raises(Invalid), act(world.caseworker):
        enrolments.decline_seat(world.caseworker, offered, reason="derfor", keep=keep, now=now)
    with act(world.caseworker):
        enrolments.decline_seat(world.caseworker, offered, reason="too_far", keep=keep, now=now)
    assert stands(offered) == (Seat.DECLINED, pool)
    ((key, facts),) = letters().items()
    assert key == ("seat_declined", world.coordinator.user_id)
    assert facts["kept"] is keep
    assert ("decline", "offered", "declined", "too_far", world.caseworker.user_id) in moves()
    with everything() as session:
        assert session.get(Enrolment, offered).decline_reason == "too_far"


def test_an_answer_after_the_last_day_comes_too_late(world, act, offered, clock, stands):
    clock.forward(days=3)
    with act(world.caseworker):
        pass
    clock.forward(days=1)
    with pytest.raises(Refused, match=r"seat\.answer_late"), act(world.caseworker):
        enrolments.accept_seat(world.caseworker, offered, now=clock())
    assert stands(offered) == (Seat.OFFERED, Pool.OFFERED)


def test_nobody_else_answers_for_the_jobcenter(world, act, offered, now):
    for actor in (world.other_caseworker, world.far_caseworker, world.other_teacher, world.far_coordinator):
        with pytest.raises(NotFound), act(actor):
            enrolments.accept_seat(actor, offered, now=now)
    for actor in (world.coordinator, world.teacher):
        with pytest.raises(Refused, match=r"seat\.move"), act(actor):
            enrolments.accept_seat(actor, offered, now=now)


def test_the_school_confirms(world, act, accepted, stands, moves, now):
    with act(world.teacher):
        enrolments.confirm_participant(world.teacher, accepted, now=now)
    assert stands(accepted) == (Seat.CONFIRMED, Pool.ACCEPTED)
    assert moves()[-1] == ("confirm", "accepted", "confirmed", "", world.teacher.user_id)
    with pytest.raises(Refused, match=r"seat\.move"), act(world.teacher):
        enrolments.reject_participant(world.teacher, accepted, reason="other", now=now)


def test_one_the_school_rejects_is_in_the_pool_again(
    world, act, everything, accepted, stands, letters, moves, now
):
    letters()
    with act(world.teacher):
        enrolments.reject_participant(world.teacher, accepted, reason="language_too_low", now=now)
    assert stands(accepted) == (Seat.REJECTED, Pool.SUBMITTED)
    assert set(letters()) == {
        ("participant_rejected", world.caseworker.user_id),
        ("participant_rejected", world.coordinator.user_id),
    }
    assert [move[:4] for move in moves()[-2:]] == [
        ("reject", "accepted", "rejected", "language_too_low"),
        ("return_to_pool", "accepted", "submitted", ""),
    ]
    with everything() as session:
        seat = session.get(Enrolment, accepted)
        assert seat.reject_reason == "language_too_low"
        assert session.get(Nomination, seat.nomination_id).submitted_at == seat.waiting_since
    with pytest.raises(Refused, match=r"seat\.move"), act(world.teacher):
        enrolments.reject_participant(world.teacher, accepted, reason="other", now=now)


def test_another_school_answers_nobody(world, act, accepted, now):
    for actor in (world.other_teacher, world.far_teacher):
        with pytest.raises(NotFound), act(actor):
            enrolments.confirm_participant(actor, accepted, now=now)


def test_a_school_reaches_no_nomination_but_those_of_its_accepted_seats(world, act, everything, offered, now):
    with act(world.teacher):
        assert db.session.scalars(select(Nomination.id)).all() == []
        assert db.session.scalars(select(NominationMove.id)).all() == []
    with act(world.caseworker):
        enrolments.accept_seat(world.caseworker, offered, now=now)
    with everything() as session:
        nomination = session.get(Nomination, session.get(Enrolment, offered).nomination_id)
        move = session.scalars(select(NominationMove).where(NominationMove.deed == "accept")).one()
        move.note = "ord mellem jobcenter og koordinator"
    with act(world.teacher):
        assert db.session.scalars(select(Nomination.id)).all() == [nomination.id]
        assert db.session.scalars(select(NominationMove.deed)).all() == ["offer"]
    with act(world.other_teacher):
        assert db.session.scalars(select(Nomination.id)).all() == []


def test_an_offer_is_withdrawn_and_the_jobcenter_told(world, act, offered, stands, letters, moves, now):
    letters()
    with act(world.coordinator):
        enrolments.withdraw_offer(world.coordinator, offered, now=now)
    assert stands(offered) == (Seat.WITHDRAWN, Pool.SUBMITTED)
    assert set(letters()) == {("offer_withdrawn", world.caseworker.user_id)}
    assert [deed for deed, *_ in moves()[-2:]] == ["withdraw", "return_to_pool"]
    with pytest.raises(Refused, match=r"seat\.move"), act(world.caseworker):
        enrolments.accept_seat(world.caseworker, offered, now=now)


def test_one_who_has_a_seat_elsewhere_leaves_the_line_without_losing_it(
    world, act, everything, accepted, stands, now
):
    with everything() as session:
        nomination = session.get(Nomination, session.get(Enrolment, accepted).nomination_id)
        other_run = make_run(world, starts_on=LATER)
        waiting = make_enrolment(nomination, other_run, state=Seat.WAITING).id
    with act(world.coordinator):
        enrolments.withdraw_offer(world.coordinator, waiting, now=now)
    assert stands(waiting) == (Seat.WITHDRAWN, Pool.ACCEPTED)
    assert stands(accepted) == (Seat.ACCEPTED, Pool.ACCEPTED)


@pytest.fixture
def participant(world, everything):
    """A participant of a run that began three weeks ago and has two weeks left."""
    with everything():
        running = make_run(world, state=RunState.RUNNING, starts_on=date(2026, 11, 2), weeks=6, capacity=2)
        make_participant(world, running, world.other_caseworker, world.other_municipality)
        return make_participant(world, running, world.caseworker, world.municipality).id


def test_a_participant_stops_and_may_be_taken_up_again(
    world, act, everything, participant, stands, moves, now
):
    stopped = date(2026, 11, 20)
    with act(world.caseworker):
        enrolments.drop_out(world.caseworker, participant, reason="got_job", left_on=stopped, now=now)
    assert stands(participant) == (Seat.DROPPED_OUT, Pool.ACCEPTED)
    with everything() as session:
        assert session.get(Enrolment, participant).left_on == stopped
    with act(world.coordinator):
        enrolments.resume(world.coordinator, participant, now=now)
    assert stands(participant) == (Seat.CONFIRMED, Pool.ACCEPTED)
    with everything() as session:
        row = session.get(Enrolment, participant)
        assert (row.left_on, row.drop_out_reason) == (None, None)
    assert [move[:4] for move in moves()] == [
        ("drop_out", "confirmed", "dropped_out", "got_job"),
        ("resume", "dropped_out", "confirmed", ""),
    ]


def test_nobody_is_taken_up_again_without_a_free_seat_or_a_living_nomination(
    world, act, everything, participant, now
):
    with act(world.coordinator):
        enrolments.drop_out(
            world.coordinator, participant, reason="stayed_away", left_on=date(2026, 11, 20), now=now
        )
    with everything() as session:
        run = session.get(CourseRun, session.get(Enrolment, participant).course_run_id)
        substitute = make_participant(world, run, world.caseworker, world.municipality)
    with pytest.raises(Refused, match=r"seat\.run_full"), act(world.coordinator):
        enrolments.resume(world.coordinator, participant, now=now)
    with everything() as session:
        session.get(Enrolment, substitute.id).state = Seat.WITHDRAWN
        nomination = session.get(Nomination, session.get(Enrolment, participant).nomination_id)
        nomination.state = Pool.WITHDRAWN
    with pytest.raises(Refused, match=r"seat\.nomination_over"), act(world.coordinator):
        enrolments.resume(world.coordinator, participant, now=now)


def test_before_the_first_day_a_seat_is_withdrawn_and_afterwards_left(
    world, act, accepted, participant, stands, now
):
    with pytest.raises(Refused, match=r"seat\.not_begun"), act(world.caseworker):
        enrolments.drop_out(world.caseworker, accepted, reason="got_job", left_on=LATER, now=now)
    with pytest.raises(Refused, match=r"seat\.begun"), act(world.coordinator):
        enrolments.withdraw_offer(world.coordinator, participant, now=now)
    with pytest.raises(Invalid) as invalid, act(world.caseworker):
        enrolments.drop_out(
            world.caseworker, participant, reason="got_job", left_on=date(2026, 11, 1), now=now
        )
    assert set(invalid.value.errors) == {"left_on"}
    assert stands(participant) == (Seat.CONFIRMED, Pool.ACCEPTED)


def test_the_clock_lets_unanswered_offers_expire_once(
    world, everything, run, in_pool, act, offered, clock, stands, letters
):
    other = in_pool(world.other_municipality, world.other_caseworker)
    with act(world.coordinator):
        enrolments.offer_seat(world.coordinator, run, [other], now=clock())
    letters()
    clock.forward(days=3)
    with everything():
        enrolments.expire_offers(clock())
    assert stands(offered) == (Seat.OFFERED, Pool.OFFERED)
    clock.forward(days=1)
    with everything():
        enrolments.expire_offers(clock())
    assert stands(offered) == (Seat.EXPIRED, Pool.EXPIRED)
    sent = letters()
    assert {key: len(facts["offers"]) for key, facts in sent.items()} == {
        ("offer_expired", world.caseworker.user_id): 1,
        ("offer_expired", world.other_caseworker.user_id): 1,
        ("offer_expired", world.coordinator.user_id): 2,
    }
    with everything():
        enrolments.expire_offers(clock())
    assert letters() == {}
    assert seats_held(run) == 0


def test_the_line_of_a_begun_run_is_cleared(world, everything, run, in_pool, act, clock, stands, moves):
    nomination = in_pool()
    with act(world.coordinator):
        enrolments.put_in_line(world.coordinator, run, [nomination], now=clock())
    waiting = seat_of(nomination, act, world.coordinator)
    with everything() as session:
        open_run = session.get(CourseRun, run)
        for _ in range(open_run.capacity):
            make_participant(world, open_run, world.caseworker, world.municipality)
    with everything() as session:
        enrolments.expire_offers(clock())
        session.get(CourseRun, run).state = RunState.RUNNING
    assert stands(waiting) == (Seat.WAITING, Pool.SUBMITTED)
    with everything():
        enrolments.expire_offers(clock())
    assert stands(waiting) == (Seat.EXPIRED, Pool.SUBMITTED)
    assert moves()[-1] == ("expire", "waiting", "expired", "", None)


def test_a_second_try_after_a_no_is_a_row_of_its_own(world, act, everything, run, offered, stands, now):
    with act(world.caseworker):
        enrolments.decline_seat(world.caseworker, offered, reason="wrong_time", keep=True, now=now)
    with everything() as session:
        nomination = session.get(Enrolment, offered).nomination_id
    with act(world.coordinator):
        enrolments.offer_seat(world.coordinator, run, [nomination], now=now)
    assert stands(offered) == (Seat.DECLINED, Pool.OFFERED)
    with everything() as session:
        states = session.scalars(select(Enrolment.state).order_by(Enrolment.id)).all()
    assert states == [Seat.DECLINED, Seat.OFFERED]
