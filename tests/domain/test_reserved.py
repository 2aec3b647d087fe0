"""Seats kept for one municipality: who may have how many, and when they return to all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.domain.errors import Invalid
from coordination.domain.reserved import Reservation, check_reserved, free_for, in_force, unused

TODAY = date(2026, 11, 23)
HOME, NEIGHBOUR, THIRD = 1, 2, 3
KEPT = (Reservation(HOME, 3), Reservation(NEIGHBOUR, 2, date(2026, 12, 1)))


@pytest.mark.parametrize(
    ("held", "today", "free"),
    [
        ({}, TODAY, {HOME: 8, NEIGHBOUR: 7, THIRD: 5}),
        ({HOME: 3}, TODAY, {HOME: 5, NEIGHBOUR: 7, THIRD: 5}),
        ({HOME: 4}, TODAY, {HOME: 4, NEIGHBOUR: 6, THIRD: 4}),
        ({THIRD: 5}, TODAY, {HOME: 3, NEIGHBOUR: 2, THIRD: 0}),
        ({THIRD: 5}, date(2026, 11, 30), {HOME: 3, NEIGHBOUR: 2, THIRD: 0}),
        ({THIRD: 5}, date(2026, 12, 1), {HOME: 5, NEIGHBOUR: 2, THIRD: 2}),
        ({THIRD: 9}, TODAY, {HOME: 1, NEIGHBOUR: 1, THIRD: 0}),
        ({THIRD: 10}, TODAY, {HOME: 0, NEIGHBOUR: 0, THIRD: 0}),
        ({THIRD: 12}, TODAY, {HOME: 0, NEIGHBOUR: 0, THIRD: 0}),
    ],
)
def test_a_seat_kept_for_one_is_not_free_for_another(held, today, free):
    assert {home: free_for(home, 10, held, KEPT, today) for home in (HOME, NEIGHBOUR, THIRD)} == free


def test_a_municipality_uses_its_own_seats_first():
    assert in_force(KEPT, TODAY) == {HOME: 3, NEIGHBOUR: 2}
    assert unused({HOME: 1, NEIGHBOUR: 4}, KEPT, TODAY) == {HOME: 2}
    assert unused({}, KEPT, date(2026, 12, 1)) == {HOME: 3}


@pytest.mark.parametrize(
    ("capacity", "held", "code"),
    [
        (5, {}, None),
        (4, {}, "run.reserved_above_capacity"),
        (8, {HOME: 4, THIRD: 2}, None),
        (7, {HOME: 4, THIRD: 2}, "run.reserved_above_free"),
    ],
)
def test_seats_kept_must_fit_into_the_run(capacity, held, code):
    if code is None:
        check_reserved(capacity, held, KEPT, TODAY)
        return
    with pytest.raises(Invalid) as refused:
        check_reserved(capacity, held, KEPT, TODAY)
    assert refused.value.errors["reserved"][0] == code


def test_released_seats_need_no_room():
    check_reserved(3, {THIRD: 3}, (Reservation(HOME, 9, TODAY),), TODAY)
    with pytest.raises(Invalid):
        check_reserved(3, {}, (Reservation(HOME, 9),), TODAY)


counts = st.dictionaries(st.integers(1, 4), st.integers(0, 6), max_size=4)


@given(capacity=st.integers(1, 20), held=counts, kept=counts)
def test_giving_out_what_is_free_never_takes_what_is_kept(capacity, held, kept):
    reservations = [Reservation(home, seats) for home, seats in kept.items()]
    for home in (1, 2, 3, 4):
        free = free_for(home, capacity, held, reservations, TODAY)
        before = unused(held, reservations, TODAY)
        if free:
            after = unused({**held, home: held.get(home, 0) + free}, reservations, TODAY)
            assert sum(held.values()) + free <= capacity
            assert all(after.get(other, 0) == seats for other, seats in before.items() if other != home)
