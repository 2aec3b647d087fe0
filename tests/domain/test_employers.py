"""Employers by name, number and limit, bare."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from coordination.domain.employers import (
    Busiest,
    EmployerFacts,
    busiest,
    is_cvr,
    name_key,
    settle_employer,
    usual_spelling,
)
from coordination.domain.errors import Invalid
from coordination.domain.travel import check_minutes

FACTS = EmployerFacts("Hotel Kontinent", "", 3)


@pytest.mark.parametrize(
    "written",
    [
        "Hotel Dania",
        " hotel  DANIA ",
        "Hotel Dania A/S",
        "Hotel Dania, ApS.",
        "Hotel-Dania",
        "HOTEL DANIA aps",
    ],
)
def test_one_company_is_written_in_many_ways(written):
    assert name_key(written) == "hotel dania"


@pytest.mark.parametrize("one", ["Hotel Dania II", "Dania", "Hotel Dania & Søn", ""])
def test_another_company_stays_another(one):
    assert name_key(one) != "hotel dania"


def test_a_name_that_is_all_form_still_has_a_key():
    assert name_key("A/S") == "a s"
    assert name_key("!!!") == "!!!"


def test_a_company_number_ends_with_its_check_digit():
    assert is_cvr("29189846")
    assert not is_cvr("29189847")
    assert not is_cvr("2918984")
    assert not is_cvr("²9189846")


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"name": " "}, "name", "text.missing"),
        ({"name": "Kantinen ApS"}, "name", "employer.known"),
        ({"cvr": "12345678"}, "cvr", "employer.cvr"),
        ({"most_away": 0}, "most_away", "employer.most_away"),
        ({"most_away": 501}, "most_away", "employer.most_away"),
    ],
)
def test_an_employer_is_refused_beside_its_field(change, field, code):
    with pytest.raises(Invalid) as refused:
        settle_employer(replace(FACTS, **change), {"kantinen": 7})
    assert refused.value.errors[field][0] == code


def test_what_is_right_is_tidied():
    settled = settle_employer(EmployerFacts(" Kantinen ", "DK 29 18 98 46", None), {"kantinen": 7}, own_id=7)
    assert settled == EmployerFacts("Kantinen", "29189846", None)


def test_the_busiest_day_counts_each_person_once():
    monday, tuesday, friday = date(2027, 1, 4), date(2027, 1, 5), date(2027, 1, 8)
    assert busiest([[tuesday, tuesday, friday], [monday, friday], [tuesday]]) == Busiest(tuesday, 2)
    assert busiest([[], []]) is None


def test_a_name_is_shown_as_it_is_mostly_written():
    assert usual_spelling(["Dania", "Hotel  Dania", "Hotel Dania", "Dania A/S"]) == "Hotel Dania"
    assert usual_spelling(["B", "A"]) == "A"
    assert usual_spelling([]) == ""


def test_a_journey_of_too_many_minutes_is_refused_in_its_cell():
    check_minutes({(1, 2): 0, (1, 3): None, (2, 3): 300})
    with pytest.raises(Invalid) as refused:
        check_minutes({(1, 2): 301, (1, 3): -1, (2, 3): 40})
    assert sorted(refused.value.errors) == ["m1_s2", "m1_s3"]
