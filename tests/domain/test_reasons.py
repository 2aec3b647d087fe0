"""The lists of reasons: what may be chosen, what an entry is called, and the code it keeps."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.domain.errors import Invalid, Refused
from coordination.domain.reasons import MAX_CODE, check_switch_off, code_for, settle, settle_names

ACTIVE = ("too_far", "childcare", "other")


def test_a_reason_comes_from_the_list():
    assert settle("too_far", ACTIVE) == "too_far"


@pytest.mark.parametrize("code", [None, "", "fordi", "TOO_FAR", "too_far "])
def test_no_reason_is_told_beside_its_field(code):
    with pytest.raises(Invalid) as invalid:
        settle(code, ACTIVE)
    assert invalid.value.errors == {"reason": ("reason.none", {})}


def test_names_are_tidied():
    settled = settle_names("  mangler   bus ", " no  bus ", {})
    assert (settled.name, settled.name_en) == ("mangler bus", "no bus")


@pytest.mark.parametrize(
    ("name", "name_en", "field", "code"),
    [
        ("", "no bus", "name", "text.missing"),
        ("   ", "", "name", "text.missing"),
        ("a" * 121, "", "name", "text.too_long"),
        ("bus", "b" * 121, "name_en", "text.too_long"),
        ("b\x00s", "", "name", "text.control"),
        ("For langt VÆK", "", "name", "reason.twice"),
        ("børnepasning", "", "name", "reason.switched_off"),
    ],
)
def test_a_name_that_cannot_be_used_is_told(name, name_en, field, code):
    with pytest.raises(Invalid) as invalid:
        settle_names(name, name_en, {"for langt væk": True, "Børnepasning": False})
    assert invalid.value.errors[field][0] == code


@pytest.mark.parametrize(
    ("name", "taken", "code"),
    [
        ("Mangler bil, bus & tog", (), "mangler_bil_bus_tog"),
        ("Sygdom på arbejdet – øre", (), "sygdom_paa_arbejdet_oere"),
        ("for langt", ("for_langt",), "for_langt_2"),
        ("for langt", ("for_langt", "for_langt_2"), "for_langt_3"),
        ("مرض", (), "reason"),
        ("!", ("reason",), "reason_2"),
    ],
)
def test_the_code_is_made_from_the_name(name, taken, code):
    assert code_for(name, taken) == code


@given(st.text(max_size=120), st.sets(st.sampled_from(["a", "reason", "a" * 40, "aa"])))
def test_a_code_always_fits_and_is_never_taken(name, taken):
    code = code_for(name, taken)
    assert re.fullmatch(r"[a-z0-9_]+", code)
    assert len(code) <= MAX_CODE
    assert code not in taken


def test_the_last_reason_of_a_list_stays():
    check_switch_off("other", ACTIVE)
    check_switch_off("gone", ["other"])
    with pytest.raises(Refused, match=r"reason\.last"):
        check_switch_off("other", ["other"])
