"""What may be set for a partnership and its places."""

from __future__ import annotations

from datetime import date

import pytest

from coordination.domain.errors import Invalid, Refused
from coordination.domain.partnerships import (
    BOUNDS,
    check_ending_agreement,
    settle_closing_day,
    settle_municipality,
    settle_name,
    settle_school,
    settle_sector,
    settle_settings,
)

USUAL = {
    "offer_hours": 24,
    "work_from_hour": 8,
    "work_until_hour": 16,
    "ask_after_days": 3,
    "tell_after_days": 7,
    "follow_up_days": 2,
    "register_window_days": 14,
    "school_access_days": 90,
    "evaluation_days": 14,
    "low_score": 2,
}


def fields(deed) -> set[str]:
    with pytest.raises(Invalid) as found:
        deed()
    return set(found.value.errors)


WIDEST = {"work_from_hour": 0, "work_until_hour": 24, "ask_after_days": 1, "tell_after_days": 90}


def test_settings_lie_within_their_bounds():
    assert settle_settings(USUAL) == USUAL
    for name, (lowest, highest) in BOUNDS.items():
        settle_settings(USUAL | WIDEST | {name: max(lowest, 1)})
        settle_settings(USUAL | WIDEST | {name: min(highest, 23) if name == "work_from_hour" else highest})
        assert fields(lambda name=name, low=lowest - 1: settle_settings(USUAL | {name: low})) == {name}
        assert fields(lambda name=name, high=highest + 1: settle_settings(USUAL | {name: high})) == {name}


def test_work_ends_after_it_begins_and_nobody_is_told_before_the_one_who_acts():
    settle_settings(USUAL | {"tell_after_days": 3})
    assert fields(lambda: settle_settings(USUAL | {"tell_after_days": 2})) == {"tell_after_days"}
    assert fields(lambda: settle_settings(USUAL | {"work_until_hour": 8})) == {"work_until_hour"}


def test_a_partnership_has_a_name():
    assert settle_name(" Syd ") == "Syd"
    assert fields(lambda: settle_name(" ")) == {"name"}


def test_a_municipality_has_its_official_code():
    made = settle_municipality(" 580 ", "Aabenraa", "Post@Example.org")
    assert (made.code, made.name, made.mail) == ("580", "Aabenraa", "post@example.org")
    assert settle_municipality("580", "Aabenraa", "").mail is None
    assert fields(lambda: settle_municipality("58", "", "post")) == {"code", "name", "mail"}
    assert fields(lambda: settle_municipality("58o", "Aabenraa", "")) == {"code"}


def test_a_school_has_a_name_and_perhaps_an_address():
    assert settle_school("EUC", "").address == ""
    assert fields(lambda: settle_school("", "x" * 201)) == {"name", "address"}


def test_a_sector_has_a_short_code_for_files():
    assert settle_sector("Køkken", "Køkken og rengøring", "Kitchen", active=True).code == "køkken"
    assert fields(lambda: settle_sector("k", "", "x" * 121, active=True)) == {"code", "name", "name_en"}
    assert fields(lambda: settle_sector("køk ken", "Køkken", "", active=True)) == {"code"}


def test_a_closing_day_says_why():
    assert settle_closing_day(date(2026, 10, 12), " Efterårsferie ") == (date(2026, 10, 12), "Efterårsferie")
    assert fields(lambda: settle_closing_day(date(1026, 10, 12), "")) == {"day", "name"}


def test_a_school_with_course_runs_stays():
    check_ending_agreement(0)
    with pytest.raises(Refused, match=r"school\.has_runs"):
        check_ending_agreement(2)
