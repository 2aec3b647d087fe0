"""Months: whole weeks, neighbours, and what an address may ask for."""

from __future__ import annotations

from datetime import date

import pytest

from coordination.domain.months import Month, month_of, read_month

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("month", "weeks", "first_shown", "last_shown"),
    [
        (Month(2026, 11), 6, date(2026, 10, 26), date(2026, 12, 6)),
        (Month(2027, 2), 4, date(2027, 2, 1), date(2027, 2, 28)),
        (Month(2028, 2), 5, date(2028, 1, 31), date(2028, 3, 5)),
        (Month(2026, 12), 5, date(2026, 11, 30), date(2027, 1, 3)),
    ],
)
def test_a_month_is_shown_in_whole_weeks(month, weeks, first_shown, last_shown):
    assert len(month.weeks) == weeks
    assert {len(week) for week in month.weeks} == {7}
    assert (month.weeks[0][0], month.weeks[-1][-1]) == (first_shown, last_shown)
    assert all(week[0].weekday() == 0 for week in month.weeks)


def test_months_follow_each_other_until_the_years_of_plans_end():
    assert Month(2026, 12).after == Month(2027, 1)
    assert Month(2027, 1).before == Month(2026, 12)
    assert Month(2026, 5).before == Month(2026, 4)
    assert Month(2000, 1).before is None
    assert Month(2100, 12).after is None
    assert Month(2028, 2).last == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2027-03", Month(2027, 3)),
        ("", month_of(TODAY)),
        ("2027-13", month_of(TODAY)),
        ("2027-00", month_of(TODAY)),
        ("1999-12", month_of(TODAY)),
        ("9999-12", month_of(TODAY)),
        ("٢٠٢٧-٠٣", month_of(TODAY)),
        ("2027-3", month_of(TODAY)),
    ],
)
def test_what_is_no_month_means_this_one(text, meant):
    assert read_month(text, TODAY) == meant
    assert read_month(str(meant), TODAY) == meant
