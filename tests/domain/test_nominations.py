"""Who may move a nomination where, whose turn it is, and the wishes in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import product

import pytest

from coordination.domain.actors import Role
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState as Seat
from coordination.domain.errors import Invalid, Refused
from coordination.domain.nominations import (
    MOVES,
    NominationDeed,
    NominationState,
    Party,
    SeatOnRun,
    check_withdrawal,
    deeds,
    is_over,
    lot,
    move,
    pool_code,
    settle_parking,
    settle_wishes,
    whose_turn,
)

CLOCK = None
State, Deed = NominationState, NominationDeed


@pytest.mark.parametrize(
    ("before", "deed", "role", "after"),
    [
        (State.DRAFT, Deed.SUBMIT, Role.JOBCENTER, State.SUBMITTED),
        (State.SUBMITTED, Deed.OFFER, Role.COORDINATOR, State.OFFERED),
        (State.OFFERED, Deed.ACCEPT, Role.JOBCENTER, State.ACCEPTED),
        (State.OFFERED, Deed.DECLINE, Role.JOBCENTER, State.DECLINED),
        (State.OFFERED, Deed.EXPIRE, CLOCK, State.EXPIRED),
        (State.EXPIRED, Deed.RETURN_TO_POOL, Role.JOBCENTER, State.SUBMITTED),
        (State.ACCEPTED, Deed.RETURN_TO_POOL, Role.SCHOOL, State.SUBMITTED),
        (State.ACCEPTED, Deed.WITHDRAW, Role.JOBCENTER, State.WITHDRAWN),
    ],
)
def test_the_named_actor_moves_a_nomination(before, deed, role, after):
    assert move(before, deed, role) is after


@pytest.mark.parametrize(
    ("before", "deed", "role"),
    [
        (State.SUBMITTED, Deed.OFFER, Role.JOBCENTER),
        (State.OFFERED, Deed.ACCEPT, Role.COORDINATOR),
        (State.OFFERED, Deed.ACCEPT, Role.SCHOOL),
        (State.OFFERED, Deed.EXPIRE, Role.JOBCENTER),
        (State.WITHDRAWN, Deed.RETURN_TO_POOL, Role.JOBCENTER),
        (State.SUBMITTED, Deed.SUBMIT, Role.JOBCENTER),
    ],
)
def test_nobody_else_does(before, deed, role):
    with pytest.raises(Refused) as refused:
        move(before, deed, role)
    assert refused.value.code == "nomination.move"
    assert refused.value.facts == {"state": before, "deed": deed}


def test_every_move_outside_the_table_is_refused():
    for state, deed, role in product(State, Deed, (*Role, CLOCK)):
        if role in MOVES.get((state, deed), (None, ()))[1]:
            continue
        with pytest.raises(Refused):
            move(state, deed, role)


def test_leaders_and_administrators_move_nothing():
    assert not any(deeds(state, role) for state in State for role in (Role.LEADER, Role.ADMIN))


def test_the_buttons_of_a_page_are_the_moves_of_its_reader():
    assert deeds(State.OFFERED, Role.JOBCENTER) == {
        Deed.ACCEPT,
        Deed.DECLINE,
        Deed.RETURN_TO_POOL,
        Deed.WITHDRAW,
        Deed.RENEW_BASIS,
        Deed.WITHDRAW_BASIS,
    }
    assert deeds(State.SUBMITTED, Role.SCHOOL) == set()


def test_only_a_withdrawn_or_completed_nomination_is_at_its_end():
    left = {before for (before, _deed), (after, _roles) in MOVES.items() if after is not before}
    final = set(State) - left
    assert final == {State.WITHDRAWN, State.COMPLETED}


@pytest.mark.parametrize(
    ("seat", "run", "over", "may_withdraw"),
    [
        (Seat.OFFERED, RunState.OPEN, False, True),
        (Seat.CONFIRMED, RunState.OPEN, False, True),
        (Seat.CONFIRMED, RunState.RUNNING, False, False),
        (Seat.DROPPED_OUT, RunState.RUNNING, True, True),
        (Seat.CONFIRMED, RunState.EVALUATED, True, False),
        (Seat.REJECTED, RunState.CONFIRMED, True, True),
    ],
)
def test_a_course_that_has_begun_is_left_and_not_withdrawn_from(seat, run, over, may_withdraw):
    seats = [SeatOnRun(seat, run)]
    assert is_over(State.ACCEPTED, seats) is over
    if may_withdraw:
        check_withdrawal(seats)
    else:
        with pytest.raises(Refused, match=r"nomination\.run_begun"):
            check_withdrawal(seats)


def test_only_an_accepted_nomination_with_a_seat_can_be_over():
    assert not is_over(State.ACCEPTED, [])
    assert not is_over(State.SUBMITTED, [SeatOnRun(Seat.CONFIRMED, RunState.ENDED)])


def test_the_pool_code_says_nothing_but_which():
    assert pool_code(42) == "K-1042"


@pytest.mark.parametrize(
    ("state", "seat", "party"),
    [
        (State.DRAFT, None, Party.JOBCENTER),
        (State.SUBMITTED, None, Party.COORDINATOR),
        (State.SUBMITTED, Seat.WAITING, Party.COORDINATOR),
        (State.OFFERED, Seat.OFFERED, Party.JOBCENTER),
        (State.ACCEPTED, Seat.ACCEPTED, Party.SCHOOL),
        (State.ACCEPTED, Seat.CONFIRMED, Party.NOBODY),
        (State.ACCEPTED, Seat.DROPPED_OUT, Party.NOBODY),
        (State.ACCEPTED, Seat.REJECTED, Party.COORDINATOR),
        (State.ACCEPTED, None, Party.COORDINATOR),
        (State.DECLINED, Seat.DECLINED, Party.NOBODY),
        (State.EXPIRED, Seat.EXPIRED, Party.JOBCENTER),
        (State.WITHDRAWN, None, Party.NOBODY),
    ],
)
def test_the_page_says_whose_turn_it_is(state, seat, party):
    assert whose_turn(state, seat) is party


def test_whoever_has_the_turn_can_do_something():
    roles = {Party.JOBCENTER: Role.JOBCENTER, Party.COORDINATOR: Role.COORDINATOR}
    for state in State:
        party = whose_turn(state)
        assert party is Party.NOBODY or deeds(state, roles[party])


def test_wishes_are_ranked_from_one():
    assert settle_wishes([7, 3, 5]) == ((1, 7), (2, 3), (3, 5))


@pytest.mark.parametrize(
    ("sector_ids", "code"),
    [([], "wishes.none"), ([1, 2, 1], "wishes.twice"), ([1, 2, 3, 4, 5, 6], "wishes.too_many")],
)
def test_wishes_are_one_to_five_different_sectors(sector_ids, code):
    with pytest.raises(Invalid) as invalid:
        settle_wishes(sector_ids)
    assert invalid.value.errors["wishes"][0] == code


TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("until", [date(2026, 11, 24), date(2027, 3, 3), date(2027, 11, 23)])
def test_a_pause_ends_after_today_and_within_a_year(until):
    assert settle_parking(until, TODAY) == until


@pytest.mark.parametrize(
    ("until", "code"),
    [
        (None, "parking.no_day"),
        (date(2026, 11, 22), "parking.past"),
        (TODAY, "parking.past"),
        (date(2027, 11, 24), "parking.too_far"),
        (date.max, "parking.too_far"),
    ],
)
def test_any_other_day_is_told_beside_its_field(until, code):
    with pytest.raises(Invalid) as invalid:
        settle_parking(until, TODAY)
    assert invalid.value.errors["until"][0] == code


def test_a_pause_that_begins_on_a_leap_day_may_last_a_year():
    assert settle_parking(date(2029, 2, 28), date(2028, 2, 29)) == date(2029, 2, 28)
    with pytest.raises(Invalid):
        settle_parking(date(2029, 3, 1), date(2028, 2, 29))


def test_a_lot_is_drawn_once_and_says_nothing_of_who_came_first():
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    lots = [lot(number, noon) for number in range(100)]
    assert len(set(lots)) == len(lots)
    assert lots != sorted(lots)
    assert all(0 <= drawn < 2**31 for drawn in lots)
    elsewhere = noon.astimezone(timezone(timedelta(hours=5)))
    assert lot(7, elsewhere) == lots[7] != lot(7, noon + timedelta(seconds=1))
