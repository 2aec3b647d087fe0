"""Files as people save them: every encoding and separator is read, what is no table is told in a code."""

from __future__ import annotations

import contextlib
import csv
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.adapters.spreadsheets import MOST_ROWS, decode, read_table, write_table
from coordination.domain.errors import Refused

ROWS = "navn{0}prøve{0}by\r\nÅse Ærø{0}PD2{0}Tønder\r\n"
READ = [{"navn": "Åse Ærø", "prøve": "PD2", "by": "Tønder"}]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
def test_every_common_way_to_save_a_list_is_read(separator, encoding):
    assert read_table(decode(ROWS.format(separator).encode(encoding))) == READ


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(ending):
    assert read_table(ROWS.format(";").replace("\r\n", ending)) == READ


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("kandidater.csv", "navn;cpr")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"\xef\xbb\xbf \r\n", "file.empty"),
        (archive(), "file.workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file.workbook"),
        (b"navn;cpr\nA\0B;1\n", "file.binary"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "file.binary"),
        (b"\xff\xfen", "file.binary"),
        (bytes(range(1, 32)) * 9, "file.binary"),
        ("navn;by\nÅse;Tønder\n".encode() + b"\xe6;x\n", "file.mixed_encoding"),
    ],
)
def test_what_is_no_table_is_told(content, code):
    with pytest.raises(Refused) as refused:
        decode(content)
    assert refused.value.code == code


@pytest.mark.parametrize("text", ['navn;by\n"A;B\n', 'navn;by\n"A"x;B\n', 'navn;by\n"' + "x" * 200_000])
def test_quotation_marks_that_do_not_match_name_the_line(text):
    with pytest.raises(Refused) as refused:
        read_table(text)
    assert refused.value.code == "file.quotes"
    assert refused.value.facts["row"] >= 2


def test_far_too_much_is_refused_before_it_fills_the_memory():
    with pytest.raises(Refused, match=r"file\.too_long"):
        read_table("navn\n" + "x\n" * (MOST_ROWS + 1))
    with pytest.raises(Refused, match=r"file\.too_wide"):
        read_table(";".join(map(str, range(500))) + "\n")


def test_rows_keep_their_numbers_and_surplus_cells_are_kept_apart():
    table = read_table("navn;by\n\nA;B;C;D\nE\n")
    assert table == [
        {"navn": "", "by": ""},
        {"navn": "A", "by": "B", None: ["C", "D"]},
        {"navn": "E", "by": ""},
    ]


def test_headings_without_rows_are_still_headings():
    assert read_table("navn;by\n") == [{"navn": "", "by": ""}]


def test_a_heading_that_is_there_twice_stays_two_columns():
    assert read_table("navn;navn\nA;B\n") == [{"navn": "A", "navn ": "B"}]


def test_the_line_in_which_excel_names_the_separator_is_no_heading():
    assert read_table("sep=,\r\nnavn,by\r\nA,B\r\n") == [{"navn": "A", "by": "B"}]


def test_a_separator_inside_a_quoted_heading_does_not_count():
    assert read_table('"a,b,c";by\nA;B\n') == [{"a,b,c": "A", "by": "B"}]


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
        read_table(decode(content))
