"""A table of candidates: what is read, and what is told about each cell that cannot be."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordination.domain.candidate_rows import COLUMNS, MAX_ROWS, RowError, RowWarning, plan_import
from coordination.domain.candidates import DanishExam, DanishLevel, DanishTrack, Scheme

TODAY = date(2026, 11, 21)
SECTORS = {"KR": 1, "Køkken og rengøring": 1, "SOSU": 2, "Social og sundhed": 2}
GOOD = {"cpr": "070761-4285", "navn": "Amira Eksempel", "ordning": "IGU"}
EXAMPLE = {column.heading: column.example for column in COLUMNS}


def plan(*rows):
    return plan_import(rows, SECTORS, TODAY)


def problems(*rows):
    return [(error.row, error.column, error.code) for error in plan(*rows).errors]


def test_the_example_of_the_template_can_be_imported():
    planned = plan(EXAMPLE)
    assert planned.errors == ()
    assert planned.rows[0].sector_ids == (1, 2)


def test_a_full_row_is_read():
    (new,) = plan(EXAMPLE | {"cpr": "0707614285", "telefon": "+4512345678"}).rows
    assert (new.row, new.cpr.number) == (2, "0707614285")
    assert new.facts.phone == "+4512345678"
    assert new.facts.scheme is Scheme.IGU
    assert new.facts.igu_start == date(2026, 8, 1)
    assert new.facts.level == DanishLevel(DanishTrack.DU2, 3, DanishExam.PD2)


def test_three_columns_are_enough():
    (new,) = plan(GOOD).rows
    assert (new.facts.phone, new.facts.level, new.sector_ids) == ("", DanishLevel(), ())


@pytest.mark.parametrize("heading", ["NAVN", " Navn ", "\ufeffnavn", "nàvn", "na vn"])
def test_headings_are_recognised_whatever_their_dress(heading):
    assert plan({"cpr": GOOD["cpr"], heading: "Amira Eksempel", "Ordning": "igu"}).errors == ()


def test_danish_letters_are_letters_of_their_own():
    planned = plan(GOOD | {"prove": "PD2"})
    assert planned.warnings == (RowWarning(1, "prove", "column.unknown"),)
    assert plan(GOOD | {"PRØVE": "PD2"}).rows[0].facts.level.exam is DanishExam.PD2


def test_an_unknown_column_is_left_out_with_a_warning():
    planned = plan(GOOD | {"sagsbehandlernote": "=1+1", " ": ""})
    assert planned.errors == ()
    assert planned.warnings == (RowWarning(1, "sagsbehandlernote", "column.unknown"),)


def test_a_missing_column_is_told_once_on_the_row_of_headings():
    assert problems({"cpr": "x", "by": ""}, {"cpr": "y", "by": ""}) == [
        (1, "navn", "column.missing"),
        (1, "ordning", "column.missing"),
    ]


def test_the_same_heading_twice_is_told():
    assert problems(GOOD | {"Navn": "B"}) == [(1, "navn", "column.twice")]


def test_empty_rows_are_passed_over_and_numbers_stay_those_of_the_sheet():
    assert problems(GOOD, dict.fromkeys(GOOD, " "), GOOD | {"cpr": "1"}) == [(4, "cpr", "cpr.length")]


@pytest.mark.parametrize("rows", [(), ({},), (dict.fromkeys(GOOD, ""),)])
def test_a_table_without_candidates_is_told(rows):
    assert problems(*rows) == [(1, "", "table.empty")]


def test_a_table_too_long_is_told_and_not_read():
    planned = plan(*[GOOD] * (MAX_ROWS + 1))
    assert planned.errors == (RowError(1, "", "table.too_long", {"rows": MAX_ROWS + 1, "most": MAX_ROWS}),)


@pytest.mark.parametrize(
    ("heading", "text", "code"),
    [
        ("cpr", "", "cell.missing"),
        ("cpr", "310299-0001", "cpr.date"),
        ("cpr", "707614285", "cpr.leading_zero"),
        ("navn", " ", "cell.missing"),
        ("navn", "=HYPERLINK(1)", "cell.formula"),
        ("navn", " @SUM(A1)", "cell.formula"),
        ("navn", "\tAmira", "cell.formula"),
        ("navn", "-1+2", "cell.formula"),
        ("navn", "+Amira", "cell.formula"),
        ("navn", "Ami\x07ra", "text.control"),
        ("navn", "a" * 201, "text.too_long"),
        ("telefon", "+45 1234 5678;=1", "cell.formula"),
        ("telefon", "=45", "cell.formula"),
        ("e-mail", "amira", "candidate.email"),
        ("ordning", "", "cell.missing"),
        ("ordning", "job", "cell.scheme"),
        ("igu-start", "næste år", "day.unreadable"),
        ("igu-start", "31-02-2026", "day.unreadable"),
        ("igu-start", "01-01-2015", "candidate.igu_start_too_early"),
        ("danskuddannelse", "DU4", "cell.track"),
        ("modul", "7", "language.module"),
        ("prøve", "C1", "cell.exam"),
        ("brancher", "KR, ukendt", "sector.unknown"),
        ("brancher", "KR | Køkken og rengøring", "wishes.twice"),
    ],
)
def test_a_bad_cell_is_told_once_with_row_and_column(heading, text, code):
    base = GOOD | {"danskuddannelse": "DU1"}
    assert problems(base | {heading: text}) == [(2, heading, code)]


def test_a_module_needs_a_danish_education():
    assert problems(GOOD | {"modul": "2"}) == [(2, "danskuddannelse", "language.no_track")]


def test_a_bad_scheme_does_not_blame_the_igu_start():
    assert problems(GOOD | {"ordning": "?", "igu-start": "01-08-2026"}) == [(2, "ordning", "cell.scheme")]
    assert problems(GOOD | {"ordning": "Løntilskud", "igu-start": "01-08-2026"}) == [
        (2, "igu-start", "candidate.igu_start_without_igu")
    ]


def test_a_cell_beyond_the_headings_is_told():
    assert problems(GOOD | {None: ["", "Amira"]}) == [(2, "", "row.too_many_cells")]
    assert problems(GOOD | {None: ["", " "]}) == []


def test_the_same_number_twice_is_told_on_both_rows():
    planned = plan(GOOD, GOOD | {"cpr": "150390-0001"}, GOOD | {"cpr": "0707614285", "ordning": "?"})
    assert [new.row for new in planned.rows] == [3]
    assert [error for error in planned.errors if error.code == "cpr.twice"] == [
        RowError(2, "cpr", "cpr.twice", {"other_row": 4}),
        RowError(4, "cpr", "cpr.twice", {"other_row": 2}),
    ]


def test_a_failing_modulus_11_is_a_warning_only():
    planned = plan(GOOD | {"cpr": "010190-0001"})
    assert planned.errors == ()
    assert planned.warnings == (RowWarning(2, "cpr", "cpr.modulus11"),)


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("igu", Scheme.IGU),
        ("Virksomhedspraktik", Scheme.INTERNSHIP),
        ("LØNTILSKUD", Scheme.WAGE_SUBSIDY),
        ("Ordinært job", Scheme.ORDINARY),
        ("anden", Scheme.OTHER),
    ],
)
def test_schemes_have_their_danish_names(text, scheme):
    assert plan(GOOD | {"ordning": text}).rows[0].facts.scheme is scheme


CELLS = (
    st.none() | st.text(max_size=15) | st.sampled_from([*GOOD.values(), *EXAMPLE.values(), "=1", "\ud800"])
)
HEADINGS = st.sampled_from([*EXAMPLE, "Navn", "x", ""]) | st.text(max_size=8)


@settings(max_examples=20, deadline=None)
@given(
    headings=st.lists(HEADINGS, max_size=6, unique=True),
    cells=st.lists(st.lists(CELLS, max_size=20), max_size=4),
    complete=st.booleans(),
)
def test_no_table_makes_it_raise(headings, cells, complete):
    headings = [*(EXAMPLE if complete else ()), *headings]
    table = [{**dict(zip(headings, row, strict=False)), None: row[len(headings) :]} for row in cells]
    planned = plan_import(table, SECTORS, TODAY)
    assert all(error.row >= 1 and error.code for error in planned.errors)
    assert not {new.row for new in planned.rows} & {error.row for error in planned.errors}
