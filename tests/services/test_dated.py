"""Of values that change on a day, the one that holds is the newest that has begun, for each kind."""

from __future__ import annotations

from datetime import date, timedelta

from coordination.domain.igu import RateKind
from coordination.models import Rate
from coordination.queries.dated import in_force

DAY = date(2026, 11, 23)
SIX, TWO_YEARS = RateKind.BONUS_AFTER_6_MONTHS, RateKind.BONUS_AFTER_24_MONTHS


def test_the_newest_that_has_begun_holds_whatever_the_order():
    rows = [
        Rate(id=1, kind=SIX, valid_from=date(2016, 7, 1)),
        Rate(id=2, kind=SIX, valid_from=DAY),
        Rate(id=3, kind=SIX, valid_from=DAY + timedelta(days=1)),
        Rate(id=4, kind=TWO_YEARS, valid_from=date(2016, 7, 1)),
        Rate(id=5, kind=TWO_YEARS, valid_from=date(2030, 1, 1)),
    ]
    assert in_force(rows, DAY) == in_force(rows[::-1], DAY) == {2, 4}
    assert in_force(rows, DAY - timedelta(days=1)) == {1, 4}
    assert in_force(rows, date(2016, 6, 30)) == set()
