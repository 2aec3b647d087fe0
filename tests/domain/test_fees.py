"""The fee of an empty seat, bare."""

from __future__ import annotations

from datetime import date

import pytest

from coordination.domain.fees import FEE_KINDS, FeeFamily, family_on, fee_kind, fee_on
from coordination.domain.igu import Rate, RateKind

START = date(2027, 1, 11)
NATIONAL = (Rate(RateKind.NO_SHOW_SHORT, 250_000, date(2016, 1, 1), "national"),)


def own(amount, day):
    return Rate(RateKind.NO_SHOW_SHORT, amount, day, "school")


@pytest.mark.parametrize(
    ("family", "minutes", "kind"),
    [
        (FeeFamily.NO_SHOW, 0, None),
        (FeeFamily.NO_SHOW, 1, RateKind.NO_SHOW_SHORT),
        (FeeFamily.NO_SHOW, 2220, RateKind.NO_SHOW_SHORT),
        (FeeFamily.NO_SHOW, 2221, RateKind.NO_SHOW_LONG),
        (FeeFamily.LATE_WITHDRAWAL, 2220, RateKind.LATE_WITHDRAWAL_SHORT),
        (FeeFamily.LATE_WITHDRAWAL, 9000, RateKind.LATE_WITHDRAWAL_LONG),
    ],
)
def test_37_hours_part_the_short_from_the_long(family, minutes, kind):
    assert fee_kind(family, minutes) is kind
    assert kind is None or kind in FEE_KINDS


def test_the_schools_own_fee_comes_before_the_national_one_from_its_day():
    listed = (own(200_000, date(2026, 1, 1)), own(220_000, date(2027, 2, 1)))
    fee = fee_on(listed, NATIONAL, RateKind.NO_SHOW_SHORT, START)
    assert (fee.amount_ore, fee.source, fee.of_school) == (200_000, "school", True)
    later = fee_on(listed[1:], NATIONAL, RateKind.NO_SHOW_SHORT, START)
    assert (later.amount_ore, later.of_school) == (250_000, False)
    assert fee_on((), (), RateKind.NO_SHOW_SHORT, START) is None


@pytest.mark.parametrize(
    ("day", "family"),
    [
        (date(2027, 1, 3), None),
        (date(2027, 1, 4), FeeFamily.LATE_WITHDRAWAL),
        (date(2027, 1, 10), FeeFamily.LATE_WITHDRAWAL),
        (START, FeeFamily.NO_SHOW),
    ],
)
def test_a_seat_given_up_costs_more_the_later_it_is(day, family):
    assert family_on(day, START) is family
