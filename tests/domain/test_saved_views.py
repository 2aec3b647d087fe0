"""What a saved view keeps of a list, and what it never keeps."""

from __future__ import annotations

import pytest

from coordination.domain.errors import Invalid, Refused
from coordination.domain.saved_views import (
    LISTS,
    MAX_NAME,
    MOST_VIEWS,
    as_filters,
    as_query,
    check_room,
    kept,
    settle_name,
)

LIST = "candidates.overview"


def test_no_list_keeps_the_words_of_a_search_or_a_page():
    assert all({"q", "page"}.isdisjoint(filters) for filters in LISTS.values())


def test_known_filters_are_kept_and_nothing_else():
    asked = {"state": "never", "sort": "-name", "igu_from": "2026-08-01"}
    filters = kept(LIST, asked | {"q": "gAAAAB", "page": "3", "x": "1"})
    assert filters == asked
    assert as_filters(as_query(filters)) == filters


ODD = ["Amina Eksempel", "a&q=b", "a=b", "", "x" * 41, "æ", "a\n", "010190 1234", "%41"]


@pytest.mark.parametrize("value", ODD)
def test_a_value_that_is_no_word_of_ours_is_left_out(value):
    assert kept(LIST, {"scheme": value}) == {}


def test_an_unknown_list_keeps_nothing():
    assert kept("search.overview", {"state": "never"}) == {}


@pytest.mark.parametrize("query", ["", "&", "state", "&&=", "state=a&state=b"])
def test_no_stored_query_breaks_a_page(query):
    as_filters(query)


def test_a_name_is_tidied_and_used_once():
    assert settle_name("  Mine   egne ", ["Andre"]) == "Mine egne"
    for bad in ("", " ", "x" * (MAX_NAME + 1), "a\0b", "ANDRE"):
        with pytest.raises(Invalid):
            settle_name(bad, ["Andre"])


def test_twelve_views_are_enough():
    check_room(MOST_VIEWS - 1)
    with pytest.raises(Refused, match="too_many"):
        check_room(MOST_VIEWS)
