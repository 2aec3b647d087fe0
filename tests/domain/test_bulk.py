"""One deed for several people: how many, who is left out, and when nothing happens."""

from __future__ import annotations

import pytest

from coordination.domain.bulk import MOST_PEOPLE, Chosen, settle_chosen, settle_people
from coordination.domain.errors import Invalid, Refused
from coordination.domain.search import code_in, problem_of

ABLE, OTHER = Chosen(1, "A"), Chosen(2, "B")
UNABLE = Chosen(3, "C", problem=("nomination.live", {}))


def test_each_person_counts_once():
    assert settle_people([3, 1, 3, 2, 1]) == (3, 1, 2)


@pytest.mark.parametrize(("people", "code"), [([], "bulk.nobody"), (range(1, 202), "bulk.too_many")])
def test_nobody_and_too_many_are_refused(people, code):
    with pytest.raises(Refused, match=code):
        settle_people(people)


def test_the_border_of_too_many():
    assert len(settle_people(range(1, MOST_PEOPLE + 1))) == MOST_PEOPLE


def test_all_are_taken_when_all_are_able():
    assert settle_chosen([ABLE, OTHER], leave_out=False) == (ABLE, OTHER)


def test_somebody_is_left_out_only_when_one_says_so():
    with pytest.raises(Invalid) as refused:
        settle_chosen([ABLE, UNABLE], leave_out=False)
    assert set(refused.value.errors) == {"leave_out"}
    assert settle_chosen([ABLE, UNABLE], leave_out=True) == (ABLE,)


@pytest.mark.parametrize("leave_out", [True, False])
def test_nothing_happens_when_nobody_is_able(leave_out):
    with pytest.raises(Refused, match="none_able"):
        settle_chosen([UNABLE], leave_out=leave_out)


@pytest.mark.parametrize(
    ("words", "code"),
    [("K-1042", "K-1042"), ("k-1042", "K-1042"), ("k 1042", "K-1042"), ("K1042", "K-1042"), ("karl", "KARL")],
)
def test_a_pool_code_however_it_is_typed(words, code):
    assert code_in(words) == code


@pytest.mark.parametrize(("words", "problem"), [("", "search.empty"), ("a", "search.short"), ("ab", "")])
def test_what_can_be_looked_for(words, problem):
    assert problem_of(words) == problem
