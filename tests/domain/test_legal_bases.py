"""What allows the sharing, bare: every border day, and no input that raises anything unexpected."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.domain.errors import Invalid
from coordination.domain.legal_bases import (
    Basis,
    LegalBasis,
    ends_soon,
    is_open,
    settle_basis,
    usual_end,
)

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
WITHDRAWN = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("until", "withdrawn_at", "shared", "soon"),
    [
        (TODAY - DAY, None, False, False),
        (TODAY, None, True, True),
        (TODAY + 21 * DAY, None, True, True),
        (TODAY + 22 * DAY, None, True, False),
        (TODAY + 22 * DAY, WITHDRAWN, False, False),
        (TODAY, WITHDRAWN, False, False),
        (None, None, False, False),
        (None, WITHDRAWN, False, False),
    ],
)
def test_the_last_day_is_included_and_a_withdrawal_ends_it_at_once(until, withdrawn_at, shared, soon):
    assert is_open(until, withdrawn_at, TODAY) is shared
    assert ends_soon(until, withdrawn_at, TODAY) is soon


@pytest.mark.parametrize(
    ("given_on", "until", "settled"),
    [
        (TODAY, None, date(2028, 11, 23)),
        (date(2024, 2, 29), date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 2, 28), None, date(2028, 2, 28)),
        (TODAY, date(2031, 11, 23), date(2031, 11, 23)),
        (TODAY, TODAY, TODAY),
    ],
)
def test_without_a_last_day_it_lasts_two_years_and_at_most_five(given_on, until, settled):
    found = settle_basis("informed", given_on, until, TODAY)
    assert found == Basis(LegalBasis.INFORMED, given_on, settled)


@pytest.mark.parametrize(
    ("kind", "given_on", "until", "errors"),
    [
        ("", TODAY, None, {"basis": "basis.no_kind"}),
        (None, TODAY, None, {"basis": "basis.no_kind"}),
        ("hearsay", TODAY, None, {"basis": "basis.no_kind"}),
        ("consent", None, None, {"basis_given_on": "basis.no_day"}),
        ("consent", TODAY + DAY, None, {"basis_given_on": "basis.future"}),
        ("consent", TODAY, TODAY - DAY, {"basis_until": "basis.ends_before"}),
        ("consent", TODAY - 3 * DAY, TODAY - DAY, {"basis_until": "basis.over"}),
        ("consent", date(2024, 11, 22), None, {"basis_until": "basis.over"}),
        ("consent", TODAY, date(2031, 11, 24), {"basis_until": "basis.too_long"}),
        (None, None, None, {"basis": "basis.no_kind", "basis_given_on": "basis.no_day"}),
    ],
)
def test_what_is_wrong_stands_beside_its_field(kind, given_on, until, errors):
    with pytest.raises(Invalid) as found:
        settle_basis(kind, given_on, until, TODAY)
    assert {field: code for field, (code, _facts) in found.value.errors.items()} == errors


def test_a_leap_day_ends_on_the_last_of_february():
    assert usual_end(date(2024, 2, 29)) == date(2026, 2, 28)


@given(
    st.none() | st.sampled_from([*LegalBasis]) | st.text(max_size=9),
    st.none() | st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    st.none() | st.dates(),
)
def test_no_input_raises_anything_else(kind, given_on, until):
    try:
        found = settle_basis(kind, given_on, until, TODAY)
    except Invalid as invalid:
        assert invalid.errors  # noqa: PT017 (either outcome is fine)
    else:
        assert found.given_on <= TODAY <= found.until
