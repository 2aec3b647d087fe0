"""Files with modules, bare: whatever stands in a cell, it is read or told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.domain.candidates import DanishExam
from coordination.domain.errors import Refused
from coordination.domain.module_imports import ModuleRowKind, canonical, find_table, plan_import
from coordination.domain.module_rows import COLUMNS, HEADINGS, guess, likely, read_module
from coordination.domain.tracks import ModuleFacts, TeachingKind

GOOD = {"code": "42994", "title": "Egenkontrol", "days": "2", "hours": "14,8"}
HYGIENE = ModuleFacts("D0001", "Hygiejne", TeachingKind.AMU, 4, 888, DanishExam.NONE)
HEAD = (1, ["Kode", "Titel", "Dage", "Timer"])


def problems(**cells):
    return [(error.column, error.code) for error in read_module(2, GOOD | cells).errors]


def test_the_example_of_the_template_is_read_in_full():
    row = read_module(2, {column.field: column.example for column in COLUMNS})
    assert row.errors == ()
    assert row.facts == ModuleFacts("D0001", "Hygiejne i køkkenet", TeachingKind.AMU, 4, 888, DanishExam.PD1)
    assert all(guess(column.heading) == guess(column.field) == column.field for column in COLUMNS)


@pytest.mark.parametrize(
    ("cells", "kind", "half_days", "minutes"),
    [
        ({}, TeachingKind.AMU, 4, 888),
        ({"days": "2,5", "hours": "18:30"}, TeachingKind.AMU, 5, 1110),
        ({"days": "0.5 dag", "hours": "3 t 42 min"}, TeachingKind.AMU, 1, 222),
        ({"hours": ""}, TeachingKind.AMU, 4, 888),
        ({"code": "", "kind": "FVU", "hours": "12"}, TeachingKind.FVU, 4, 720),
        ({"code": "", "amu": "nej", "hours": "12"}, TeachingKind.OTHER, 4, 720),
        ({"amu": "ja", "kind": "amu"}, TeachingKind.AMU, 4, 888),
    ],
)
def test_lengths_and_kinds_may_be_written_in_many_ways(cells, kind, half_days, minutes):
    facts = read_module(2, GOOD | cells).facts
    assert (facts.kind, facts.half_days, facts.minutes) == (kind, half_days, minutes)


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"title": ""}, "titel", "text.missing"),
        ({"title": "=1+1"}, "titel", "cell.formula"),
        ({"title": "a\x00b"}, "titel", "text.control"),
        ({"title": "x" * 161}, "titel", "text.too_long"),
        ({"code": "#N/A"}, "kode", "cell.broken"),
        ({"code": "4299", "kind": "AMU"}, "kode", "module.code"),
        ({"code": "x" * 11}, "kode", "text.too_long"),
        ({"kind": "hest"}, "art", "cell.kind"),
        ({"amu": "måske"}, "AMU", "cell.yes"),
        ({"amu": "nej", "kind": "AMU"}, "AMU", "cell.amu_and_kind"),
        ({"days": ""}, "dage", "cell.missing"),
        ({"days": "2,3"}, "dage", "cell.days"),
        ({"days": "0"}, "dage", "module.half_days"),
        ({"days": "9999"}, "dage", "module.half_days"),
        ({"hours": "mange"}, "timer", "cell.hours"),
        ({"hours": "0"}, "timer", "module.length"),
        ({"exam": "C2"}, "danskprøve", "cell.exam"),
    ],
)
def test_each_cell_that_cannot_be_read_is_told_by_its_column(cells, column, code):
    assert problems(**cells) == [(column, code)]


def test_all_errors_of_a_row_are_told_at_once_in_the_order_of_the_columns():
    found = problems(title="", days="x", hours="y", exam="z", code="+1")
    assert [column for column, _code in found] == ["kode", "titel", "dage", "timer", "danskprøve"]


def test_headings_are_found_below_a_title_and_other_columns_are_named():
    rows = [(1, ["Moduler 2027"]), (3, ["KODE", "Kursus", "Pris", "Antal dage", "timer"])]
    table = find_table([*rows, (4, ["42994", " Egen\nkontrol ", "100", "2", "14,8", "mere"])])
    assert table.unread == ("Pris",)
    cells = {"code": "42994", "title": "Egen kontrol", "days": "2", "hours": "14,8"}
    assert table.rows == ((4, cells),)
    again = find_table(canonical(table))
    assert plan_import(again, {}) == plan_import(table, {})
    assert likely(["kode", "titel"])
    assert not likely(["kode", "amukode"])


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "modules.none"),
        ([HEAD], "modules.none"),
        ([(1, ["Kode", "Dage"]), (2, ["1", "2"])], "modules.no_title"),
        ([HEAD, *((number, ["", "x"]) for number in range(2, 203))], "modules.too_many"),
    ],
)
def test_a_file_without_modules_is_refused(rows, code):
    with pytest.raises(Refused) as refused:
        find_table(rows)
    assert refused.value.code == code


def test_rows_are_held_against_the_track():
    table = find_table(
        [
            HEAD,
            (2, ["d0001", "Hygiejne", "2", "14,8"]),
            (3, ["", "dansk ", "1", "9"]),
            (4, ["42994", "Egenkontrol", "2", ""]),
            (5, ["42995", "", "2", ""]),
        ]
    )
    danish = ModuleFacts("", "Dansk", TeachingKind.OTHER, 2, 444, DanishExam.NONE)
    plan = plan_import(table, {7: HYGIENE, 8: danish, 9: HYGIENE})
    assert [(row.kind, row.module_id) for row in plan.rows] == [
        (ModuleRowKind.UNCHANGED, 7),
        (ModuleRowKind.CHANGED, 8),
        (ModuleRowKind.NEW, None),
        (ModuleRowKind.ERROR, None),
    ]
    assert plan.rows[1].change.changed == ("title", "minutes")
    assert (plan.missing, plan.errors, plan.count(ModuleRowKind.NEW)) == ((9,), 1, 1)


def test_two_rows_about_one_module_are_both_told():
    table = find_table(
        [HEAD, (2, ["42994", "A", "2", ""]), (3, ["42995", "B", "2", ""]), (4, ["42994", "C", "1", ""])]
    )
    found = [
        [(error.code, error.facts["other_row"]) for error in row.read.errors]
        for row in plan_import(table, {}).rows
    ]
    assert found == [[("module.twice", 4)], [], [("module.twice", 2)]]


CELL = st.one_of(
    st.text(max_size=20), st.sampled_from(["=1", "#N/A", "42994", "2,5", "99999:99", "ja", "PD1", "²"])
)


@given(st.lists(st.lists(CELL, max_size=9), max_size=14))
def test_no_table_raises_anything_but_a_refusal(cells):
    try:
        plan = plan_import(find_table([HEAD, *enumerate(cells, 2)]), {7: HYGIENE})
    except Refused:  # nothing but headings, or too much
        return
    assert all(error.column in {"", *HEADINGS.values()} for row in plan.rows for error in row.read.errors)
    assert all(row.read.facts for row in plan.rows if row.kind is not ModuleRowKind.ERROR)
