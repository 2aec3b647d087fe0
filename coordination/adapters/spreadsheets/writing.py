"""Tables as files for others: CSV and workbooks in which nothing runs as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PHONE = re.compile(r"\+[0-9 ]+", re.ASCII)
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_CELL = 32_767
_TITLE = re.compile(r"[\\/?*\[\]:]")
_WIDTHS = (10, 60)


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, headings and rows; `choices` lets Excel propose values below a heading."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[str]]
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    wrapped: bool = False


def write_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """CSV in UTF-8 with a mark, `;` between, and no cell that a spreadsheet would run as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_workbook(sheets: Sequence[Sheet]) -> bytes:
    """A workbook in which every cell is text, also `=1+1` and numbers that begin with a nought."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write_sheet(book, sheet)
    if lists := [values for sheet in sheets for values in sheet.choices.values()]:
        _write_lists(book, lists)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_sheet(book: Any, sheet: Sheet) -> None:
    page = book.create_sheet(_TITLE.sub(" ", sheet.title)[:31])
    page.freeze_panes = "A2"
    rows = [list(row) for row in sheet.rows]
    for place, heading in enumerate(sheet.headings):
        longest = max([len(heading), *(len(row[place]) for row in rows[:200] if place < len(row))])
        column = page.column_dimensions[get_column_letter(place + 1)]
        column.width, column.number_format = min(max(longest + 2, _WIDTHS[0]), _WIDTHS[1]), "@"
    page.append([_cell(page, heading, bold=True) for heading in sheet.headings])
    for row in rows:
        page.append([_cell(page, cell, wrapped=sheet.wrapped) for cell in row])
    for number, heading in enumerate(sheet.choices, start=1):
        _propose(page, sheet, heading, number)


def _cell(page: Any, text: str, *, bold: bool = False, wrapped: bool = False) -> Any:
    cell = WriteOnlyCell(page, _UNWRITABLE.sub("", text)[:_LONGEST_CELL])
    cell.data_type = "s"
    cell.number_format = "@"
    if bold:
        cell.font = Font(bold=True)
    if wrapped:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _propose(page: Any, sheet: Sheet, heading: str, number: int) -> None:
    """A list to choose from under a heading; other words are let through, the import reads them."""
    column, values = get_column_letter(sheet.headings.index(heading) + 1), get_column_letter(number)
    rule = DataValidation(
        type="list", formula1=f"Lister!${values}$1:${values}${len(sheet.choices[heading])}", allow_blank=True
    )
    rule.showErrorMessage = False
    rule.add(f"{column}2:{column}5001")
    page.data_validations.append(rule)


def _write_lists(book: Any, lists: Sequence[Sequence[str]]) -> None:
    page = book.create_sheet("Lister")
    page.sheet_state = "hidden"
    for number in range(max(map(len, lists))):
        page.append([_cell(page, values[number]) if number < len(values) else None for values in lists])


def _harmless(cell: str) -> str:
    """An apostrophe in front makes a spreadsheet show a formula instead of running it."""
    if cell.lstrip(" ").startswith(_FORMULA) and not _PHONE.fullmatch(cell):
        return f"'{cell}"
    return cell
