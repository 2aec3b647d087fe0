"""Workbooks from friends and strangers: read as somebody typed them, or refused before they are opened."""

from __future__ import annotations

import contextlib
import io
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import DEFUSEDXML, Workbook, load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from coordination.adapters.spreadsheets import Sheet, packing, read_file, unpacked, workbooks, write_workbook
from coordination.adapters.spreadsheets.workbooks import MOST_PARTS, check_parts
from coordination.domain.errors import Refused

HEAD = ["cpr", "navn", "ordning"]


def likely(cells):
    return len({"cpr", "navn"} & set(cells)) == 2


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def book_of(*rows, title="Ark1"):
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


def rows(content, sheet=""):
    return list(unpacked(read_file(content, likely=likely, sheet=sheet)))


def refusal(content, sheet=""):
    with pytest.raises(Refused) as refused:
        rows(content, sheet)
    return refused.value


def archive(parts, **how):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **how) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def with_part(content, name, body):
    """A workbook with one part more, or another one in its place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, body)
    return out.getvalue()


GOOD = saved(book_of(HEAD, ["070761-4285", "Åse Ærø", "IGU"]))


def test_cells_are_read_as_somebody_would_have_typed_them():
    row = [
        101900001,
        6200.0,
        2.5,
        True,
        False,
        date(2026, 8, 1),
        datetime(2026, 8, 1),  # noqa: DTZ001 (Excel knows no zones)
        datetime(2026, 8, 1, 9, 30),  # noqa: DTZ001
        time(9, 30),
        "  Åse ",
        None,
        "#N/A",
        "=A1+1",
    ]
    assert rows(saved(book_of(HEAD, row)))[1][1] == [
        "101900001",
        "6200",
        "2,5",
        "SAND",
        "FALSK",
        "2026-08-01",
        "2026-08-01",
        "2026-08-01 09:30:00",
        "09:30:00",
        "  Åse ",
        "",
        "#N/A",
        "=A1+1",
    ]


def test_formulas_of_every_kind_are_told_from_text_by_their_sign():
    book = book_of(HEAD)
    book.active["A2"] = ArrayFormula("A2:A3", "=SUM(B1:B2)")
    book.active["B2"] = timedelta(hours=3)
    assert rows(saved(book))[1][1] == ["=", "3:00:00"]


def test_blank_rows_and_merged_titles_keep_the_numbers_of_the_rows():
    book = book_of(["Kandidater fra Aabenraa"], [], HEAD, [], ["1", "A", "IGU"])
    book.active.merge_cells("A1:C1")
    assert rows(saved(book)) == [(1, ["Kandidater fra Aabenraa"]), (3, HEAD), (5, ["1", "A", "IGU"])]


def test_the_sheet_with_the_list_is_found_among_others():
    book = book_of(["Læs mig"], title="Forside")
    listed = book.create_sheet("Liste")
    listed.append(HEAD)
    hidden = book.create_sheet("Skjult")
    hidden.append(HEAD)
    hidden.sheet_state = "hidden"
    assert rows(saved(book)) == [(1, HEAD)]
    listed.delete_rows(1)
    assert rows(saved(book)) == [(1, ["Læs mig"])]


def test_several_lists_must_be_told_apart_by_name():
    book = book_of(HEAD, title="Maj")
    book.create_sheet("Juni").append([*HEAD, "by"])
    refused = refusal(saved(book))
    assert (refused.code, refused.facts) == ("file.several_sheets", {"sheets": "»Maj«, »Juni«"})
    assert rows(saved(book), " juni ") == [(1, [*HEAD, "by"])]
    assert refusal(saved(book), "Juli").code == "file.no_sheet"


def test_an_empty_workbook_is_empty():
    assert refusal(saved(Workbook())).code == "file.empty"


def test_too_many_rows_or_columns_are_refused(monkeypatch):
    assert refusal(saved(book_of(HEAD, list(range(61))))).code == "file.too_wide"
    assert refusal(saved(book_of(HEAD, [*[None] * 300, "x"]))).code == "file.too_wide"
    monkeypatch.setattr(packing, "MOST_ROWS", 5)
    assert refusal(saved(book_of(*[HEAD] * 7))).code == "file.too_long"
    assert len(rows(saved(book_of(*[HEAD] * 6)))) == 6


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (archive({"kandidater.csv": "navn;cpr"}), "file.archive"),
        (archive({"mimetype": "", "content.xml": "<x/>"}), "file.open_document"),
        (archive({"[Content_Types].xml": "", "word/document.xml": ""}), "file.document"),
        (archive({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "file.document"),
        (archive({"[Content_Types].xml": "", "xl/workbook.bin": ""}), "file.old_workbook"),
        (with_part(GOOD, "xl/vbaProject.bin", b"Sub"), "file.macros"),
        (with_part(GOOD, "xl/workbook.xml", b"<workbook"), "file.broken_workbook"),
        (with_part(GOOD, "[Content_Types].xml", b""), "file.broken_workbook"),
        (GOOD[: len(GOOD) // 2], "file.broken_workbook"),
        (b"PK\x03\x04", "file.broken_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file.old_workbook"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "file.password",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "file.document"),
    ],
)
def test_what_is_no_workbook_is_told_by_its_content(content, code):
    assert refusal(content).code == code


def test_an_encrypted_part_is_a_password():
    content = bytearray(GOOD)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + flags] |= 1
            place = content.find(mark, place + 4)
    assert refusal(bytes(content)).code == "file.password"


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/workbook.xml": b"0" * (5 * 1024 * 1024)},
        {f"xl/{n}.xml": bytes([n]) * (200 * 1024) for n in range(7)},
        {f"xl/{n}.xml": b"" for n in range(MOST_PARTS + 1)},
    ],
    ids=["swells", "heavy", "many"],
)
def test_a_bomb_is_weighed_and_never_opened(parts, monkeypatch):
    bomb = archive(parts)
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 1024 * 1024 if len(parts) == 7 else 60 * 1024 * 1024)
    with pytest.raises(Refused, match=r"file\.bomb"):
        check_parts(bomb)


def test_a_part_that_lies_about_its_size_is_broken():
    content = with_part(GOOD, "xl/worksheets/sheet1.xml", b"<worksheet>" + b" " * 100_000)
    small = (100).to_bytes(4, "little")
    true = (100_011).to_bytes(4, "little")
    assert refusal(content.replace(true, small)).code == "file.broken_workbook"


def test_entities_that_multiply_are_never_resolved():
    assert DEFUSEDXML
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><sst><si><t>&b;</t></si></sst>'
    assert refusal(with_part(GOOD, "xl/workbook.xml", laughs)).code == "file.broken_workbook"


def test_a_row_far_below_costs_no_memory_and_one_beyond_excel_is_broken():
    xml = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
    row = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>navn</t></is></c></row>'
    far = with_part(GOOD, "xl/worksheets/sheet1.xml", xml % (row % (900_000, 900_000)))
    assert rows(far) == [(900_000, ["navn"])]
    beyond = with_part(GOOD, "xl/worksheets/sheet1.xml", xml % (row % (10**15, 1)))
    assert refusal(beyond).code == "file.broken_workbook"


def test_what_is_written_is_text_and_stays_text():
    lists = {"ordning": ["IGU", "anden"]}
    sheets = [Sheet("Liste: [1]", HEAD, [["0101900001", "=1+1", "@SUM"], ["+45", "a\0b\ud800", "-1"]], lists)]
    content = write_workbook(sheets)
    book = load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    assert {cell.data_type for row in page.iter_rows() for cell in row} == {"s"}
    assert page["A2"].number_format == "@"
    (rule,) = page.data_validations.dataValidation
    assert (rule.formula1, str(rule.sqref)) == ("Lister!$A$1:$A$2", "C2:C5001")
    assert book["Lister"].sheet_state == "hidden"
    assert rows(content)[1:] == [(2, ["0101900001", "=1+1", "@SUM"]), (3, ["+45", "ab", "-1"])]


@settings(max_examples=60)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=12))
def test_no_damage_to_a_workbook_breaks_the_reader(place, noise):
    with contextlib.suppress(Refused):
        rows(GOOD[:place] + noise + GOOD[place + len(noise) :])


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_no_sheet_breaks_the_reader(body):
    with contextlib.suppress(Refused):
        rows(with_part(GOOD, "xl/worksheets/sheet1.xml", body))
