"""Files as people save them: every encoding and separator is read, what is no table is told in a code."""

from __future__ import annotations

import contextlib
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.adapters.spreadsheets import packed, read_file, unpacked, write_table
from coordination.adapters.spreadsheets.packing import MOST_ROWS
from coordination.domain.errors import Refused

ROWS = "navn{0}prøve{0}by\r\nÅse Ærø{0}PD2{0}Tønder\r\n"
READ = [(1, ["navn", "prøve", "by"]), (2, ["Åse Ærø", "PD2", "Tønder"])]


def rows(content):
    content = content if isinstance(content, bytes) else content.encode()
    return list(unpacked(read_file(content, likely=lambda cells: "navn" in cells)))


def code_of(content):
    with pytest.raises(Refused) as refused:
        rows(content)
    return refused.value.code


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
def test_every_common_way_to_save_a_list_is_read(separator, encoding):
    assert rows(ROWS.format(separator).encode(encoding)) == READ


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(ending):
    assert rows(ROWS.format(";").replace("\r\n", ending)) == READ


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"\xef\xbb\xbf \r\n", "file.empty"),
        (b"navn;cpr\nA\0B;1\n", "file.binary"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "file.binary"),
        (b"\xff\xfen", "file.binary"),
        (bytes(range(1, 32)) * 9, "file.binary"),
        (b"%PDF-1.7\n%\xe2\xe3", "file.document"),
        (b"{\\rtf1\\ansi navn;cpr}", "file.document"),
        (b"<html><table><tr><td>navn</td></tr></table>", "file.markup"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "file.markup"),
        ("navn;by\nÅse;Tønder\n".encode() + b"\xe6;x\n", "file.mixed_encoding"),
    ],
)
def test_what_is_no_table_is_told(content, code):
    assert code_of(content) == code


@pytest.mark.parametrize("text", ['navn;by\n"A;B\n', 'navn;by\n"A"x;B\n', 'navn;by\n"' + "x" * 200_000])
def test_quotation_marks_that_do_not_match_name_the_line(text):
    with pytest.raises(Refused) as refused:
        rows(text)
    assert refused.value.code == "file.quotes"
    assert refused.value.facts["row"] >= 2


def test_far_too_much_is_refused_before_it_fills_the_memory():
    assert code_of("navn\n" + "x\n" * (MOST_ROWS + 1)) == "file.too_long"
    assert code_of(";".join(map(str, range(500))) + "\n") == "file.too_wide"
    assert len(rows("navn\n" + "x\n" * MOST_ROWS)) == MOST_ROWS + 1


def test_rows_keep_their_numbers_and_their_surplus_cells_and_blank_ones_are_left_out():
    assert rows("navn;by\n\nA;B;C;D;;\n; ;\nE\n") == [
        (1, ["navn", "by"]),
        (3, ["A", "B", "C", "D"]),
        (5, ["E"]),
    ]


def test_the_line_in_which_excel_names_the_separator_is_no_heading():
    assert rows("sep=,\r\nnavn,by\r\nA,B\r\n") == [(1, ["navn", "by"]), (2, ["A", "B"])]


def test_a_separator_inside_a_quoted_heading_or_in_a_title_does_not_count():
    assert rows('"a,b,c";by\nA;B\n')[1] == (2, ["A", "B"])
    assert rows("Kandidater, uge 40\n\ncpr;navn;by\n1;2;3\n")[-1] == (4, ["1", "2", "3"])


def test_cells_of_several_lines_and_every_sign_come_back_as_they_were():
    odd = [(7, ['a"b', "c;d,e", "f\ng", "h\ri", "j\r\nk", " l "])]
    assert list(unpacked(packed(odd))) == odd


def test_what_an_earlier_release_kept_is_still_read():
    assert list(unpacked("navn;by\nA;B\n")) == [(1, ["navn", "by"]), (2, ["A", "B"])]


def test_written_files_open_in_danish_excel_and_run_nothing():
    written = write_table(
        ["navn", "telefon"], [["=1+1", "+45 20 00 00 00"], ["@SUM", "-1"], ["Åse;B", " =x"]]
    )
    assert written.startswith(b"\xef\xbb\xbfnavn;telefon\r\n")
    found = list(csv.reader(io.StringIO(written.decode("utf-8-sig")), delimiter=";"))
    assert found[1:] == [["'=1+1", "+45 20 00 00 00"], ["'@SUM", "'-1"], ["Åse;B", "' =x"]]


@given(st.binary(max_size=400))
def test_no_file_breaks_the_reader(content):
    with contextlib.suppress(Refused):
        rows(content)


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=8), max_size=5), max_size=5))
def test_whatever_is_packed_comes_back(table):
    kept = list(unpacked(packed(enumerate(table, 1))))
    assert [number for number, _cells in kept] == [
        number for number, cells in enumerate(table, 1) if any(cell.strip() for cell in cells)
    ]
    for number, cells in kept:
        assert cells == table[number - 1][: len(cells)]
