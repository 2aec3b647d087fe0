"""Who may move a seat where, when one may be offered, and who stands first in line."""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordination.domain.actors import Role
from coordination.domain.candidates import DanishExam, DanishLevel
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import (
    HOLDS_SEAT,
    MOVES,
    NAMED_TO_SCHOOL,
    Ahead,
    EnrolmentDeed,
    EnrolmentState,
    InLine,
    Seats,
    ahead,
    check_answer,
    check_room,
    check_takes_people,
    check_withdrawal,
    deeds,
    first_day_there,
    has_begun,
    held_until,
    last_substitute_day,
    move,
    offer_seat,
    on_roster,
    seated,
    settle_left_on,
    takes_substitutes,
    wait_for_seat,
)
from coordination.domain.errors import Invalid, Refused
from coordination.domain.reserved import Reservation

CLOCK = None
State, Deed = EnrolmentState, EnrolmentDeed
TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def offer(seat_state=None, exam=DanishExam.PD2, needed=DanishExam.PD1):
    return offer_seat(seat_state=seat_state, level=DanishLevel(exam=exam), needed_exam=needed)


@pytest.mark.parametrize(
    ("before", "deed", "role", "after"),
    [
        (None, Deed.OFFER, Role.COORDINATOR, State.OFFERED),
        (None, Deed.WAIT, Role.COORDINATOR, State.WAITING),
        (State.WAITING, Deed.OFFER, Role.COORDINATOR, State.OFFERED),
        (State.WAITING, Deed.EXPIRE, CLOCK, State.EXPIRED),
        (State.OFFERED, Deed.ACCEPT, Role.JOBCENTER, State.ACCEPTED),
        (State.OFFERED, Deed.DECLINE, Role.JOBCENTER, State.DECLINED),
        (State.OFFERED, Deed.EXPIRE, CLOCK, State.EXPIRED),
        (State.ACCEPTED, Deed.EXPIRE, CLOCK, State.EXPIRED),  # the person is shared no longer
        (State.CONFIRMED, Deed.EXPIRE, CLOCK, State.EXPIRED),
        (State.ACCEPTED, Deed.CONFIRM, Role.SCHOOL, State.CONFIRMED),
        (State.ACCEPTED, Deed.REJECT, Role.SCHOOL, State.REJECTED),
        (State.CONFIRMED, Deed.WITHDRAW, Role.JOBCENTER, State.WITHDRAWN),
        (State.CONFIRMED, Deed.DROP_OUT, Role.COORDINATOR, State.DROPPED_OUT),
        (State.DROPPED_OUT, Deed.RESUME, Role.COORDINATOR, State.CONFIRMED),
        (State.REJECTED, Deed.OFFER, Role.COORDINATOR, State.OFFERED),
    ],
)
def test_the_named_actor_moves_a_seat(before, deed, role, after):
    assert move(before, deed, role) is after


@pytest.mark.parametrize(
    ("before", "deed", "role"),
    [
        (None, Deed.OFFER, Role.JOBCENTER),
        (None, Deed.ACCEPT, Role.JOBCENTER),
        (State.OFFERED, Deed.ACCEPT, Role.COORDINATOR),
        (State.OFFERED, Deed.CONFIRM, Role.SCHOOL),
        (State.ACCEPTED, Deed.CONFIRM, Role.COORDINATOR),
        (State.CONFIRMED, Deed.REJECT, Role.SCHOOL),
        (State.CONFIRMED, Deed.EXPIRE, Role.COORDINATOR),
        (State.DROPPED_OUT, Deed.EXPIRE, CLOCK),
        (State.DROPPED_OUT, Deed.OFFER, Role.COORDINATOR),
    ],
)
def test_nobody_else_does(before, deed, role):
    with pytest.raises(Refused) as refused:
        move(before, deed, role)
    assert refused.value.code == "seat.move"
    assert refused.value.facts == {"state": before, "deed": deed}


def test_every_move_outside_the_table_is_refused():
    for state, deed, role in product((None, *State), Deed, (*Role, CLOCK)):
        if role in MOVES.get((state, deed), (None, ()))[1]:
            continue
        with pytest.raises(Refused):
            move(state, deed, role)


def test_the_buttons_of_a_page_are_the_moves_of_its_reader():
    assert deeds(State.ACCEPTED, Role.SCHOOL) == {Deed.CONFIRM, Deed.REJECT}
    assert deeds(State.OFFERED, Role.SCHOOL) == set()


def test_no_name_is_shown_to_a_school_before_the_jobcenter_accepted():
    assert State.OFFERED in HOLDS_SEAT
    assert not NAMED_TO_SCHOOL & {State.WAITING, State.OFFERED, State.DECLINED, State.EXPIRED}


def test_the_last_seat_may_be_offered_and_no_more():
    check_room(Seats(16, {1: 15}), [1], TODAY)
    with pytest.raises(Refused) as refused:
        check_room(Seats(16, {1: 10, 2: 6}), [1], TODAY)
    assert (refused.value.code, refused.value.facts) == ("seat.run_full", {"capacity": 16})


def test_a_run_made_smaller_has_no_room():
    with pytest.raises(Refused, match=r"seat\.run_full"):
        check_room(Seats(10, {1: 12}), [1], TODAY)


@pytest.mark.parametrize("run_state", sorted(set(RunState) - {RunState.OPEN, RunState.CONFIRMED}))
def test_a_run_that_is_not_open_takes_nobody(run_state):
    with pytest.raises(Refused, match=r"seat\.run_not_open"):
        check_takes_people(run_state, None, TODAY)


def test_a_run_under_way_takes_people_as_long_as_the_school_takes_substitutes():
    check_takes_people(RunState.RUNNING, TODAY, TODAY)
    with pytest.raises(Refused) as refused:
        check_takes_people(RunState.RUNNING, TODAY, TODAY + timedelta(days=1))
    assert (refused.value.code, refused.value.facts) == ("seat.no_substitutes", {"day": TODAY})
    with pytest.raises(Refused, match=r"seat\.run_not_open"):
        check_takes_people(RunState.ENDED, TODAY, TODAY)
    check_takes_people(RunState.OPEN, TODAY, TODAY + timedelta(days=1))


@pytest.mark.parametrize("seat_state", [State.OFFERED, State.ACCEPTED, State.CONFIRMED, State.DROPPED_OUT])
def test_a_candidate_gets_one_seat_on_a_run(seat_state):
    with pytest.raises(Refused, match=r"seat\.already_on_run"):
        offer(seat_state=seat_state)
    with pytest.raises(Refused, match=r"seat\.already_on_run"):
        wait_for_seat(seat_state)


def test_one_who_waits_may_be_offered_a_seat_but_not_wait_again():
    assert offer(seat_state=State.WAITING).state is State.OFFERED
    assert wait_for_seat(State.DECLINED) is State.WAITING
    with pytest.raises(Refused, match=r"seat\.already_waiting"):
        wait_for_seat(State.WAITING)


def test_too_little_danish_warns_and_the_coordinator_decides():
    assert offer(exam=DanishExam.NONE, needed=DanishExam.PD2).warnings == ("language.below",)
    assert offer(exam=DanishExam.PD2, needed=DanishExam.PD2).warnings == ()


def test_the_line_goes_by_priority_then_waiting_then_lot_then_number():
    mine = InLine(1, NOON, 7, 5)
    line = [
        InLine(0, NOON + timedelta(days=1), 9, 9),
        InLine(1, NOON - timedelta(days=1), 9, 9),
        InLine(1, NOON, 6, 9),
        InLine(1, NOON, 7, 4),
        InLine(1, NOON, 7, 6),
        InLine(1, NOON + timedelta(days=1), 0, 1),
    ]
    assert ahead(mine, line) == Ahead(by_priority=1, by_waiting=1, by_lot=2)
    assert ahead(mine, line).place == 5


@settings(max_examples=20, deadline=None)
@given(line=st.lists(st.tuples(*[st.integers(0, 2)] * 3), min_size=1, max_size=8))
def test_everyone_in_line_has_a_place_of_their_own(line):
    line = [
        InLine(rank, NOON + timedelta(minutes=late), draw, number)
        for number, (rank, late, draw) in enumerate(line)
    ]
    places = [ahead(my, line).place for my in sorted(line)]
    assert places == list(range(1, len(line) + 1))


@pytest.mark.parametrize(
    ("state", "joined_on", "left_on", "named"),
    [
        (State.ACCEPTED, None, None, True),
        (State.CONFIRMED, None, None, True),
        (State.CONFIRMED, date(2026, 11, 20), None, True),
        (State.CONFIRMED, date(2026, 11, 21), None, False),
        (State.OFFERED, None, None, False),
        (State.WITHDRAWN, None, None, False),
        (State.DROPPED_OUT, None, date(2026, 11, 20), True),
        (State.DROPPED_OUT, None, date(2026, 11, 19), False),
        (State.DROPPED_OUT, date(2026, 11, 21), date(2026, 11, 22), False),
        (State.DROPPED_OUT, None, None, False),
    ],
)
def test_a_register_names_who_is_there_that_day(state, joined_on, left_on, named):
    assert on_roster(state, joined_on, left_on, date(2026, 11, 20)) is named


def test_one_accepted_after_the_first_day_joins_that_day():
    assert first_day_there(TODAY, TODAY) is None
    assert first_day_there(TODAY, TODAY + timedelta(days=1)) == TODAY + timedelta(days=1)
    assert first_day_there(None, TODAY) is None


def test_several_seats_are_offered_together_or_not_at_all():
    check_room(Seats(16, {1: 13}), [1, 1, 2], TODAY)
    with pytest.raises(Refused) as refused:
        check_room(Seats(16, {1: 14}), [1, 1, 2], TODAY)
    assert (refused.value.code, refused.value.facts) == ("seat.too_few_free", {"wanted": 3, "free": 2})


def test_seats_kept_for_another_municipality_are_not_offered():
    seats = Seats(16, {1: 13}, (Reservation(2, 2, date(2026, 12, 1)),))
    check_room(seats, [1, 2, 2], TODAY)
    with pytest.raises(Refused) as refused:
        check_room(seats, [1, 1, 2], TODAY)
    assert (refused.value.code, refused.value.facts) == ("seat.kept_for_others", {"wanted": 3, "free": 2})
    check_room(seats, [1, 1, 2], date(2026, 12, 1))


HOMES = st.integers(1, 3)


@settings(max_examples=60)
@given(
    line=st.lists(HOMES, max_size=8),
    capacity=st.integers(0, 8),
    held=st.dictionaries(HOMES, st.integers(0, 4)),
    kept=st.dictionaries(HOMES, st.integers(1, 4)),
)
def test_the_line_fills_what_is_free_and_passes_over_only_whom_none_is_for(line, capacity, held, kept):
    seats = Seats(capacity, held, tuple(Reservation(home, count) for home, count in kept.items()))
    chosen = seated(enumerate(line), seats, TODAY)
    assert len(chosen) <= seats.free
    taken = Counter(line[number] for number in chosen)
    after = replace(seats, held={home: held.get(home, 0) + taken[home] for home in {*held, *taken}})
    passed_over = {home for number, home in enumerate(line) if number not in chosen}
    assert not any(after.free_for(home, TODAY) for home in passed_over)
    for home in passed_over:  # nobody later of the same municipality got what an earlier one did not
        own = [number for number, other in enumerate(line) if other == home]
        assert [number in chosen for number in own] == sorted((n in chosen for n in own), reverse=True)


def test_an_offer_holds_as_counted_but_not_beyond_the_last_day_for_substitutes():
    later = NOON + timedelta(days=3)
    assert held_until(later, None, NOON) == later
    assert held_until(later, later + timedelta(hours=1), NOON) == later
    assert held_until(later, NOON + timedelta(hours=3), NOON) == NOON + timedelta(hours=3)
    assert held_until(later, NOON, NOON) == later
    assert last_substitute_day(TODAY, None) == date(2026, 11, 19)
    assert last_substitute_day(TODAY, date(2026, 11, 15)) == date(2026, 11, 15)
    assert last_substitute_day(None, None) is None


@pytest.mark.parametrize(
    ("state", "until", "day", "takes"),
    [
        (RunState.OPEN, None, date(2027, 1, 3), True),
        (RunState.CONFIRMED, None, date(2027, 1, 4), False),
        (RunState.CONFIRMED, date(2027, 1, 5), date(2027, 1, 5), True),
        (RunState.OPEN, date(2026, 12, 20), date(2026, 12, 21), False),
        (RunState.RUNNING, date(2027, 1, 5), date(2027, 1, 5), True),
        (RunState.RUNNING, date(2027, 1, 5), date(2027, 1, 6), False),
        (RunState.RUNNING, None, date(2027, 1, 4), False),
        (RunState.ENDED, date(2027, 1, 5), date(2027, 1, 5), False),
    ],
)
def test_a_freed_seat_goes_on_while_the_school_takes_substitutes(state, until, day, takes):
    assert takes_substitutes(state, date(2027, 1, 4), until, day) is takes
    assert takes_substitutes(state, None, None, day) is (state in {RunState.OPEN, RunState.CONFIRMED})


@pytest.mark.parametrize(
    ("run_state", "until", "code"),
    [
        (RunState.OPEN, NOON, None),
        (RunState.RUNNING, None, None),
        (RunState.OPEN, NOON - timedelta(seconds=1), "seat.answer_late"),
        (RunState.CANCELLED, NOON, "seat.run_over"),
        (RunState.ENDED, None, "seat.run_over"),
    ],
)
def test_an_answer_counts_to_its_last_moment_while_the_run_takes_place(run_state, until, code):
    with nullcontext() if code is None else pytest.raises(Refused, match=code):
        check_answer(run_state, until, NOON)


def test_a_taken_seat_is_withdrawn_only_before_the_run_begins():
    first = date(2026, 11, 23)
    assert not has_begun(first, date(2026, 11, 22))
    assert has_begun(first, first)
    assert not has_begun(None, first)
    check_withdrawal(State.CONFIRMED, begun=False)
    check_withdrawal(State.OFFERED, begun=True)
    with pytest.raises(Refused, match=r"seat\.begun"):
        check_withdrawal(State.CONFIRMED, begun=True)


FIRST, LAST = date(2026, 11, 23), date(2026, 12, 18)


def test_one_who_drops_out_has_a_last_day_within_the_run():
    assert settle_left_on(FIRST, FIRST, LAST, today=LAST) == FIRST
    for left_on, code in ((None, "seat.no_day"), (date(2026, 11, 22), "seat.left_outside")):
        with pytest.raises(Invalid) as invalid:
            settle_left_on(left_on, FIRST, LAST, today=LAST)
        assert invalid.value.errors["left_on"][0] == code


@pytest.mark.parametrize("first", [None, FIRST])
def test_nobody_drops_out_before_the_first_day(first):
    with pytest.raises(Refused, match=r"seat\.not_begun"):
        settle_left_on(FIRST, first, LAST, today=date(2026, 11, 22))
