"""Headings: known by many names, found under titles, remembered, and asked for where nobody can know."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.domain.candidate_columns import (
    COLUMNS,
    HEADINGS,
    find_headings,
    guess,
    key_of,
    likely,
    missing,
    places,
    propose,
    settle_mapping,
)
from coordination.domain.errors import Invalid


@pytest.mark.parametrize("heading", ["NAVN", " Navn ", "\ufeffnavn", "nàvn", "na vn", "Fulde navn", "name"])
def test_headings_are_recognised_whatever_their_dress(heading):
    assert guess(heading) == "name"


def test_danish_letters_are_letters_of_their_own():
    assert guess("PRØVE") == "danish_exam"
    assert guess("prove") is None


def test_every_column_is_known_by_its_heading_and_its_english_name():
    assert all(guess(column.heading) == guess(column.field) == column.field for column in COLUMNS)


def test_the_row_with_most_known_headings_is_the_one_and_a_title_is_not():
    rows = [
        (1, ["Kandidater", ""]),
        (3, ["Borger", "", ""]),
        (4, ["CPR-nummer", "Navn  og\nby", "Ordning"]),
        (5, ["x"]),
    ]
    found = find_headings(rows)
    assert (found.row, found.texts) == (4, ("CPR-nummer", "Navn og by", "Ordning"))
    assert find_headings([]).texts == ()
    assert likely(["cpr", "navn"])
    assert not likely(["cpr", "personnummer", "x"])


def test_what_is_remembered_comes_first_and_no_fact_is_given_twice():
    remembered = {"navn": "", "hvem": "name", "væk": "no_such_fact"}
    chosen = propose(["CPR", "Navn", "Hvem", "fulde navn", "Væk", "", "Ordning"], remembered)
    assert chosen == {"CPR": "cpr", "Navn": "", "Hvem": "name", "Ordning": "scheme"}
    assert missing(chosen) == ()
    assert missing({"CPR": "cpr"}) == ("name", "scheme")
    assert places(["", "CPR", "x", "Hvem"], chosen) == {"cpr": 1, "name": 3}


def test_a_choice_names_every_heading_once_and_lacks_nothing():
    headings = ["A", "B", "C", "", "D"]
    whole = settle_mapping(headings, {"A": "cpr", "B": "name", "C": "scheme"})
    assert whole == {"A": "cpr", "B": "name", "C": "scheme", "D": ""}
    with pytest.raises(Invalid) as invalid:
        settle_mapping(headings, {"A": "cpr", "B": "cpr", "C": "hest"})
    assert invalid.value.errors == {
        "B": ("column.taken", {"column": "cpr"}),
        "C": ("column.no_such_fact", {}),
        "columns": ("columns.missing", {"columns": "navn, ordning"}),
    }


@given(
    st.lists(st.lists(st.text(max_size=20), max_size=8), max_size=12), st.dictionaries(st.text(), st.text())
)
def test_no_headings_raise(table, remembered):
    found = find_headings(list(enumerate(table, 1)))
    chosen = propose(found.texts, {key_of(heading): fact for heading, fact in remembered.items()})
    facts = [fact for fact in chosen.values() if fact]
    assert len(facts) == len(set(facts))
    assert set(facts) <= set(HEADINGS)
