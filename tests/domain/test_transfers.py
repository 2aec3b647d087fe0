"""Moving a person to another municipality, bare: who may do what, and which day and place can be chosen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.domain.errors import Invalid, Refused
from coordination.domain.transfers import (
    FURTHEST,
    OPEN,
    Side,
    TransferDeed,
    TransferState,
    deeds,
    move,
    neutral_key,
    settle_transfer,
    side_of,
)

TODAY = date(2026, 11, 23)
OFFERED, ACCEPTED = TransferState.OFFERED, TransferState.ACCEPTED
POSSIBLE = {
    (OFFERED, TransferDeed.ACCEPT, Side.RECEIVER): ACCEPTED,
    (OFFERED, TransferDeed.DECLINE, Side.RECEIVER): TransferState.DECLINED,
    (OFFERED, TransferDeed.CANCEL, Side.GIVER): TransferState.CANCELLED,
    (ACCEPTED, TransferDeed.CANCEL, Side.GIVER): TransferState.CANCELLED,
    (ACCEPTED, TransferDeed.CANCEL, Side.RECEIVER): TransferState.CANCELLED,
    (ACCEPTED, TransferDeed.CANCEL, None): TransferState.CANCELLED,
    (ACCEPTED, TransferDeed.CARRY_OUT, None): TransferState.DONE,
}


@pytest.mark.parametrize("state", TransferState)
@pytest.mark.parametrize("deed", TransferDeed)
@pytest.mark.parametrize("side", [*Side, None])
def test_every_move_that_is_not_in_the_table_is_refused(state, deed, side):
    after = POSSIBLE.get((state, deed, side))
    if after:
        assert move(state, deed, side) is after
    else:
        with pytest.raises(Refused, match=r"transfer\.move"):
            move(state, deed, side)


def test_nobody_does_anything_to_a_transfer_at_its_end_or_of_others():
    assert {state for state in TransferState if any(deeds(state, side) for side in Side)} == OPEN
    assert all(deeds(state, None) == frozenset() for state in TransferState)


@pytest.mark.parametrize(
    ("reach", "coordinates", "side"),
    [
        ({1}, False, Side.GIVER),
        ({2}, False, Side.RECEIVER),
        ({3}, False, None),
        (set(), False, None),
        ({1, 2}, True, Side.GIVER),
        ({2}, True, None),
    ],
)
def test_whose_side_somebody_is_on(reach, coordinates, side):
    assert side_of(reach, 1, 2, coordinates=coordinates) is side


@pytest.mark.parametrize(
    ("municipality", "day", "errors"),
    [
        (2, TODAY, {}),
        (2, TODAY + FURTHEST, {}),
        (2, TODAY - timedelta(days=1), {"effective_on": "transfer.past"}),
        (2, TODAY + FURTHEST + timedelta(days=1), {"effective_on": "transfer.too_far"}),
        (2, None, {"effective_on": "transfer.no_day"}),
        (1, TODAY, {"municipality": "transfer.no_municipality"}),
        (None, None, {"municipality": "transfer.no_municipality", "effective_on": "transfer.no_day"}),
    ],
)
def test_where_to_and_from_which_day(municipality, day, errors):
    if not errors:
        assert settle_transfer(municipality, day, {2, 3}, TODAY) == (municipality, day)
        return
    with pytest.raises(Invalid) as found:
        settle_transfer(municipality, day, {2, 3}, TODAY)
    assert {field: code for field, (code, _facts) in found.value.errors.items()} == errors


@given(st.none() | st.integers(), st.none() | st.dates(), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_no_input_raises_anything_else(municipality, day, today):
    try:
        settle_transfer(municipality, day, {2}, today)
    except Invalid as invalid:
        assert invalid.errors  # noqa: PT017 (either outcome is fine)


def test_a_neutral_key_tells_nothing():
    assert neutral_key(42) == "F-1042"
