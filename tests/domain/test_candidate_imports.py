"""A row held against the register: new, changed, alike or as it was, with every error at once."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.domain.candidate_columns import COLUMNS
from coordination.domain.candidate_imports import (
    Known,
    Other,
    Others,
    Register,
    RowKind,
    check_row,
    phone_key,
    record_of,
)
from coordination.domain.candidate_records import CandidateRecord, Contact, columns
from coordination.domain.candidate_rows import read_row, sector_keys
from coordination.domain.candidates import (
    CandidateFacts,
    ContactRole,
    DanishExam,
    DanishLevel,
    Scheme,
    TeachingNeed,
)
from coordination.domain.igu import Effect, IguRuleKind, Rule
from coordination.domain.igu_facts import IguFacts

TODAY = date(2026, 11, 21)
NUMBER = "0707904285"
PLACES = {column.field: place for place, column in enumerate(COLUMNS)}
RULES = (
    Rule(IguRuleKind.TARGET_GROUP, None, None, date(2016, 7, 1), None, Effect.CANNOT, source="§ 2"),
    Rule(IguRuleKind.AGE_UNDER, 40, None, date(2016, 7, 1), None, Effect.CANNOT, source="§ 2"),
    Rule(IguRuleKind.EXAM_AT_LEAST, 1, None, date(2016, 7, 1), None, Effect.CHECK, source="§ 9"),
    Rule(
        IguRuleKind.START_UNTIL, None, date(2027, 6, 30), date(2016, 7, 1), None, Effect.CANNOT, source="§ 1"
    ),
)
STORED = columns(
    CandidateRecord(
        CandidateFacts(
            name="Amira Eksempel",
            scheme=Scheme.IGU,
            phone="20 11 22 33",
            igu_start=date(2026, 8, 1),
            level=DanishLevel(exam=DanishExam.PD1),
        ),
        caseworker_id=3,
        needs=(TeachingNeed.TRANSPORT,),
        practice_days=(0, 1),
        most_travel_minutes=60,
        contact=Contact("Mie", "20202020", ContactRole.MENTOR),
        igu=IguFacts(vitas_reference="V-1"),
    )
)
KNOWN = Known(9, 4, date(1990, 7, 7), STORED, nominated=False)


def row_of(number=2, **cells):
    cells = {"cpr": NUMBER, "name": "Amira Eksempel", "scheme": "IGU"} | cells
    line = [cells.get(column.field, "") for column in COLUMNS]
    return read_row(
        number, line, places=PLACES, width=len(PLACES), sectors=sector_keys({"KR": 1}), today=TODAY
    )


def check(*, known=None, others=(), twins=None, **cells):
    register = Register(
        known={NUMBER: known} if known else {},
        others=Others(others),
        twins=twins or {},
        rules=RULES,
        caseworker_id=3,
        today=TODAY,
    )
    return check_row(row_of(**cells), register)


def codes(row):
    return [(error.column, error.code) for error in row.errors]


def test_the_record_and_its_columns_are_two_sides_of_one_thing():
    assert columns(record_of(STORED)) == STORED


def test_a_new_person_is_new_and_belongs_to_the_one_who_imports():
    row = check(town="Tønder")
    assert (row.kind, row.known, row.nominates) == (RowKind.NEW, None, False)
    assert row.record.facts.town == "Tønder"
    assert row.record.caseworker_id == 3


def test_a_known_person_keeps_what_the_row_leaves_empty():
    assert check(known=KNOWN).kind is RowKind.UNCHANGED
    row = check(
        known=KNOWN, town="Ribe", igu_start="01-09-2026", practice_days="fr", most_travel_minutes="45"
    )
    assert row.kind is RowKind.CHANGED
    assert row.changes == {
        "town": ["", "Ribe"],
        "igu_start": ["2026-08-01", "2026-09-01"],
        "practice_days": [[0, 1], [4]],
        "most_travel_minutes": [60, 45],
    }
    assert row.record.needs == (TeachingNeed.TRANSPORT,)
    assert row.record.igu.vitas_reference == "V-1"


def test_what_does_not_go_with_what_is_stored_is_an_error():
    assert codes(check(known=KNOWN, scheme="anden"))[0][1].startswith("candidate.")


@pytest.mark.parametrize(
    ("other", "code"),
    [
        (Other(1, "EKSEMPEL, Amira", date(1990, 7, 7), ""), "alike.name_and_birth_date"),
        (Other(1, "Amira  eksempel", date(1990, 7, 7), ""), "alike.name_and_birth_date"),
        (Other(1, "En Anden", date(1980, 1, 1), "+45 30405060"), "alike.phone"),
        (Other(1, "Amira Eksempel", date(1990, 7, 8), ""), None),
        (Other(1, "En Anden", date(1990, 7, 7), "3040506"), None),
    ],
)
def test_somebody_alike_is_shown_and_stops_nothing(other, code):
    row = check(others=[other], phone="30 40 50 60")
    assert [person.code for person in row.alike] == ([code] if code else [])
    assert row.kind is (RowKind.LOOK_ALIKE if code else RowKind.NEW)
    assert check(known=KNOWN, others=[other]).alike == ()


def test_a_row_with_sectors_nominates_once():
    assert check(wishes="KR", target_group="flygtning").nominates
    assert check(known=KNOWN, wishes="KR").kind is RowKind.CHANGED
    nominated = Known(9, 4, KNOWN.birth_date, STORED, nominated=True)
    row = check(known=nominated, wishes="KR")
    assert (row.kind, row.nominates) == (RowKind.UNCHANGED, False)


def test_every_rule_that_stops_an_igu_is_an_error_and_what_is_to_be_checked_is_none():
    row = check(cpr="0707614285", wishes="KR", target_group="ingen", igu_start="01-12-2026", postcode="x")
    assert codes(row) == [
        ("cpr", "eligibility.cannot"),
        ("postnummer", "candidate.postcode"),
        ("målgruppe", "eligibility.cannot"),
    ]
    assert [error.facts["findings"].source for error in row.errors if error.facts] == ["§ 2", "§ 2"]
    assert check(cpr="0707614285", target_group="ingen").kind is RowKind.NEW
    assert check(cpr="0707614285", wishes="KR", scheme="anden").nominates


def test_a_start_outside_the_scheme_is_told_once():
    row = check(wishes="KR", target_group="flygtning", igu_start="01-08-2027")
    assert codes(row) == [("igu-start", "candidate.igu_start_after")]


def test_an_unreadable_scheme_or_exam_makes_no_second_error():
    assert codes(check(scheme="hest", igu_start="01-08-2026")) == [("ordning", "cell.scheme")]
    assert codes(check(danish_exam="C2", danish_exam_on="01-08-2026")) == [("prøve", "cell.exam")]


def test_twins_stop_both_rows():
    assert codes(check(twins={2: 5})) == [("cpr", "cpr.twice")]


@pytest.mark.parametrize(("phone", "key"), [("+45 20 11 22 33", "20112233"), ("2011223", ""), ("", "")])
def test_a_telephone_number_is_compared_by_its_eight_digits(phone, key):
    assert phone_key(phone) == key


@given(
    st.lists(st.text(max_size=25), max_size=len(COLUMNS)),
    st.sampled_from([None, KNOWN]),
)
def test_no_row_raises_against_any_register(cells, known):
    row = read_row(2, cells, places=PLACES, width=len(PLACES), sectors={}, today=TODAY)
    register = Register({NUMBER: known} if known else {}, Others([]), {}, RULES, 3, TODAY)
    checked = check_row(row, register)
    assert (checked.kind is RowKind.ERROR) == bool(checked.errors)
