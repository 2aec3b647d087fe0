"""Hours typed by hand, and factors: what is read from them, and what is turned down beside its field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.domain.errors import Invalid, Refused
from coordination.domain.hour_factors import FactorFacts, check_removal, parse_factor, settle_factor
from coordination.domain.hours import Factor
from coordination.domain.hours_elsewhere import Elsewhere, ElsewhereFacts, parse_hours, settle_elsewhere
from coordination.domain.tracks import TeachingKind

TODAY = date(2026, 11, 23)
START = date(2026, 8, 1)
DANISH = TeachingKind.DANISH
FACTS = ElsewhereFacts(DANISH, " Sprogcenter Syd ", date(2026, 9, 1), date(2026, 10, 31), "45,5")
FACTOR = FactorFacts(DANISH, "1,5", date(2027, 1, 1), "Bekendtgørelse 1")


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("12", 720),
        ("12,5", 750),
        ("12,50", 750),
        ("12,25", 735),
        ("12,33", 740),
        (" 12:30 ", 750),
        ("0:05", 5),
    ],
)
def test_hours_are_read_with_comma_or_colon(text, minutes):
    assert parse_hours(text) == minutes


@pytest.mark.parametrize(
    "text", ["", "12.30", "12:60", "12,333", "-3", "tolv", "1e3", "٣", "12:5", "99999", ","]
)
def test_what_could_mean_two_things_is_refused(text):
    with pytest.raises(Refused, match=r"hours\.unreadable"):
        parse_hours(text)


def test_hours_elsewhere_are_tidied():
    kept = Elsewhere(DANISH, "Sprogcenter Syd", date(2026, 9, 1), date(2026, 10, 31), 2730)
    assert settle_elsewhere(FACTS, START, TODAY) == kept
    assert settle_elsewhere(FACTS, None, TODAY) == kept


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"place": " "}, "place", "text.missing"),
        ({"place": "x" * 121}, "place", "text.too_long"),
        ({"from_day": None}, "from_day", "hours.no_day"),
        ({"from_day": START - timedelta(days=1)}, "from_day", "hours.before_start"),
        ({"until_day": None}, "until_day", "hours.no_day"),
        ({"until_day": date(2026, 8, 31)}, "until_day", "hours.turned_round"),
        ({"until_day": TODAY + timedelta(days=1)}, "until_day", "hours.ahead"),
        ({"hours": "mange"}, "hours", "hours.unreadable"),
        ({"hours": "0"}, "hours", "hours.range"),
        ({"hours": "2001"}, "hours", "hours.range"),
        ({"hours": "12,5", "until_day": date(2026, 9, 1)}, "hours", "hours.too_many"),
    ],
)
def test_hours_elsewhere_are_refused_beside_their_field(change, field, code):
    with pytest.raises(Invalid) as invalid:
        settle_elsewhere(replace(FACTS, **change), START, TODAY)
    assert invalid.value.errors[field][0] == code


@pytest.mark.parametrize(
    ("text", "percent"),
    [("1", 100), ("2", 200), ("1,5", 150), ("0,75", 75), ("0", 0), ("10", 1000), ("10,01", None), ("", None)],
)
def test_factors_are_hundredths(text, percent):
    assert parse_factor(text) == percent


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"factor": "dobbelt"}, "factor", "hour_factor.unreadable"),
        ({"factor": "1.5"}, "factor", "hour_factor.unreadable"),
        ({"valid_from": None}, "valid_from", "hour_factor.no_day"),
        ({"valid_from": date(2016, 6, 30)}, "valid_from", "hour_factor.too_early"),
        ({"valid_from": date(2026, 1, 1)}, "valid_from", "hour_factor.taken"),
        ({"source": " "}, "source", "text.missing"),
    ],
)
def test_a_factor_is_refused_beside_its_field(change, field, code):
    with pytest.raises(Invalid) as invalid:
        settle_factor(replace(FACTOR, **change), [Factor(DANISH, 200, date(2026, 1, 1))])
    assert invalid.value.errors[field][0] == code


def test_a_factor_is_taken_from_its_day():
    known = [Factor(TeachingKind.AMU, 100, date(2027, 1, 1))]
    assert settle_factor(FACTOR, known) == Factor(DANISH, 150, date(2027, 1, 1), "Bekendtgørelse 1")


def test_only_a_factor_of_the_future_can_be_removed():
    check_removal(TODAY + timedelta(days=1), TODAY)
    for day in (TODAY, TODAY - timedelta(days=1)):
        with pytest.raises(Refused, match=r"hour_factor\.in_force"):
            check_removal(day, TODAY)


def settled(settle, *given):
    """What was taken, or the fields that were refused."""
    try:
        return settle(*given), set()
    except Invalid as invalid:
        return None, set(invalid.errors)


texts = st.text(max_size=8) | st.from_regex(r"[0-9]{1,5}[,:.][0-9]{0,3}", fullmatch=True)
some_day = st.none() | st.dates()


@given(st.text(max_size=130), some_day, some_day, texts, some_day, st.dates())
def test_anything_typed_is_taken_or_refused_beside_a_field(place, first, last, hours, start, today):
    kept, refused = settled(settle_elsewhere, ElsewhereFacts(DANISH, place, first, last, hours), start, today)
    assert refused <= {"place", "from_day", "until_day", "hours"}
    assert refused or (kept.minutes >= 1 and kept.from_day <= kept.until_day <= today)


@given(texts, some_day, st.text(max_size=210))
def test_any_factor_typed_is_taken_or_refused_beside_a_field(factor, day, source):
    kept, refused = settled(settle_factor, FactorFacts(DANISH, factor, day, source), [])
    assert refused <= {"factor", "valid_from", "source"}
    assert refused or 0 <= kept.percent <= 1000
