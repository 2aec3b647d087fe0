"""A row of a candidate list: what is read, and what is told about each cell that cannot be."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.domain.candidate_columns import COLUMNS, HEADINGS
from coordination.domain.candidate_rows import find_twins, number_in, read_row, sector_keys
from coordination.domain.candidates import DanishExam, DanishTrack, Scheme, TargetGroup

TODAY = date(2026, 11, 21)
SECTORS = sector_keys({"KR": 1, "Køkken og rengøring": 1, "SOSU": 2, "Social og sundhed": 2})
PLACES = {column.field: place for place, column in enumerate(COLUMNS)}
GOOD = {"cpr": "070761-4285", "name": "Amira Eksempel", "scheme": "IGU"}
EXAMPLE = {column.field: column.example for column in COLUMNS}


def row_of(cells, *, beyond=()):
    line = [cells.get(column.field, "") for column in COLUMNS]
    return read_row(7, [*line, *beyond], places=PLACES, width=len(PLACES), sectors=SECTORS, today=TODAY)


def problems(cells, **more):
    return [(error.column, error.code) for error in row_of(cells, **more).errors]


def test_the_example_of_the_template_is_read_in_full():
    row = row_of(EXAMPLE)
    assert row.errors == ()
    assert row.sector_ids == (1, 2)
    assert set(row.given) == set(HEADINGS) - {"cpr", "wishes"}
    assert row.given["igu_start"] == date(2026, 8, 1)
    assert row.given["danish_track"] is DanishTrack.DU2
    assert row.given["danish_exam"] is DanishExam.PD2
    assert row.given["target_group"] is TargetGroup.REFUGEE
    assert row.given["practice_days"] == [0, 1, 2]


def test_an_empty_cell_says_nothing():
    row = row_of(GOOD)
    assert row.given == {"name": "Amira Eksempel", "scheme": Scheme.IGU}
    assert row.sector_ids == ()


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("cpr", "070761-428", "cpr.length"),
        ("cpr", "707614285", "cpr.leading_zero"),
        ("cpr", "101900001", "cpr.leading_zero"),
        ("cpr", "310290-0001", "cpr.date"),
        ("cpr", "", "cell.missing"),
        ("name", "   ", "cell.missing"),
        ("name", "=HYPERLINK(1)", "cell.formula"),
        ("phone", "-1", "cell.formula"),
        ("employer", "@SUM", "cell.formula"),
        ("town", "#N/A", "cell.broken"),
        ("postcode", "#REFERENCE!", "cell.broken"),
        ("scheme", "hest", "cell.scheme"),
        ("scheme", "SAND", "cell.scheme"),
        ("igu_start", "31-02-2026", "day.unreadable"),
        ("igu_start", "1/8-26", "day.unreadable"),
        ("igu_start", "2026-08-01 09:30:00", "day.unreadable"),
        ("residence_since", "engang", "day.unreadable"),
        ("target_group", "turist", "cell.target_group"),
        ("danish_track", "DU4", "cell.track"),
        ("danish_module", "7", "language.module"),
        ("danish_exam", "C2", "cell.exam"),
        ("practice_days", "ma xx", "cell.weekdays"),
        ("most_travel_minutes", "langt", "cell.minutes"),
        ("most_travel_minutes", "1:75", "cell.minutes"),
        ("wishes", "KR, ukendt", "sector.unknown"),
        ("wishes", "KR | KR", "wishes.twice"),
    ],
)
def test_each_cell_that_cannot_be_read_is_told_by_its_column(field, text, code):
    assert problems(GOOD | {field: text}) == [(HEADINGS[field], code)]


def test_all_errors_of_a_row_are_told_at_once_in_the_order_of_the_columns():
    assert problems({"cpr": "1", "scheme": "hest", "igu_start": "x", "wishes": "y"}, beyond=["", "z"]) == [
        ("cpr", "cpr.length"),
        ("navn", "cell.missing"),
        ("ordning", "cell.scheme"),
        ("igu-start", "day.unreadable"),
        ("brancher", "sector.unknown"),
        ("", "row.too_many_cells"),
    ]


@pytest.mark.parametrize("text", ["01-08-2026", "1/8-2026", "1.8.2026", "2026-08-01", "46235"])
def test_a_date_may_be_written_in_many_ways_also_as_excel_counts_days(text):
    assert row_of(GOOD | {"igu_start": text}).given["igu_start"] == date(2026, 8, 1)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("ma ti on", [0, 1, 2]),
        ("Mandag, tirsdag og fredag", [0, 1, 4]),
        ("ma-fr", [0, 1, 2, 3, 4]),
        ("on – fr, ma", [0, 2, 3, 4]),
        ("Monday; Thursday", [0, 3]),
        ("lør+søn", [5, 6]),
    ],
)
def test_weekdays_may_be_written_in_many_ways(text, days):
    assert row_of(GOOD | {"practice_days": text}).given["practice_days"] == days


@pytest.mark.parametrize("text", ["75", "75 min", "75 minutter", "1:15", "01:15:00", "1 time 15 min", "1t15"])
def test_minutes_may_be_written_in_many_ways(text):
    assert row_of(GOOD | {"most_travel_minutes": text}).given["most_travel_minutes"] == 75


def test_a_foreign_phone_number_is_no_formula():
    assert row_of(GOOD | {"phone": "+45 20 11 22 33"}).given["phone"] == "+45 20 11 22 33"


def test_a_short_row_is_a_row_with_empty_cells():
    row = read_row(2, ["070761-4285"], places=PLACES, width=len(PLACES), sectors=SECTORS, today=TODAY)
    assert [error.code for error in row.errors] == ["cell.missing", "cell.missing"]


def test_twins_name_the_first_other_row():
    numbers = [(2, "a"), (3, "b"), (4, ""), (5, "a"), (6, "a"), (7, "")]
    assert find_twins(numbers) == {2: 5, 5: 2, 6: 2}


CELL = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["=1", "#N/A", "46235", "99999", "ma-", "ma-xx", "DU", "|", "KR|KR|SOSU", "0000000000"]),
)


@given(st.lists(CELL, max_size=len(COLUMNS) + 3))
def test_no_row_raises(cells):
    row = read_row(2, cells, places=PLACES, width=len(PLACES), sectors=SECTORS, today=TODAY)
    assert all(error.column in {"", *HEADINGS.values()} for error in row.errors)
    assert number_in(cells, 0, TODAY) in {"", row.cpr.number if row.cpr else ""} or row.errors
