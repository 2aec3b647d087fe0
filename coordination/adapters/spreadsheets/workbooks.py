"""Workbooks from strangers: weighed before they are opened, read row by row, nothing in them is run."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from openpyxl import load_workbook

from coordination.adapters.spreadsheets.packing import Row, packed
from coordination.domain.errors import Refused

Likely = Callable[[Sequence[str]], bool]
MOST_PARTS = 1_000
MOST_UNPACKED = 60 * 1024 * 1024
MOST_TIMES = 250  # a sheet of the same row over and over packs about a hundred times
SMALL = 4 * 1024 * 1024  # unpacked; below that no ratio can hurt
DEEPEST_ROW = 1_048_576  # Excel's own last row
_LOOKED_AT = 10
_WIDE = 200
_KINDS = (
    ("vbaproject.bin", "file.macros"),
    ("xl/workbook.bin", "file.old_workbook"),
    ("content.xml", "file.open_document"),
    ("word/document.xml", "file.document"),
    ("ppt/presentation.xml", "file.document"),
)


def read_workbook(content: bytes, *, likely: Likely, sheet: str = "") -> str:
    """The one sheet that looks like a table of candidates, packed; Refused for what is no such workbook."""
    check_parts(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl cannot keep, we do not need
        try:
            book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            try:
                return packed(_rows(_chosen(book, likely, sheet)))
            finally:
                book.close()
        except Refused:
            raise
        except Exception:  # noqa: BLE001 (whatever trips the reader, the file is broken)
            raise Refused("file.broken_workbook") from None


def check_parts(content: bytes) -> None:
    """Refused if the archive is no workbook, has a password or macros, or would swell out of proportion.

    Only the list of contents is read; no part yields more than the size that stands there.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except Exception:  # noqa: BLE001 (zipfile has a dozen ways to say that a list of contents is broken)
        raise Refused("file.broken_workbook") from None
    unpacked = sum(part.file_size for part in parts)
    swells = unpacked > SMALL and unpacked > MOST_TIMES * len(content)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or swells:
        raise Refused("file.bomb")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("file.password")
    names = {part.filename.replace("\\", "/").lower() for part in parts}
    for ending, code in _KINDS:
        if any(name.endswith(ending) for name in names):
            raise Refused(code)
    if not any(name.startswith("xl/") for name in names):
        raise Refused("file.archive")


def _chosen(book: Any, likely: Likely, name: str) -> Any:
    """The sheet asked for, the one with headings we know, or the first with anything on it."""
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
    for sheet in sheets:
        sheet.reset_dimensions()  # what a file says of its own size is not to be trusted
    if name:
        return _named(sheets, name)
    begun = [(sheet, list(islice(_filled(sheet), _LOOKED_AT))) for sheet in sheets]
    lists = [sheet for sheet, rows in begun if any(likely(cells) for _number, cells in rows)]
    if len(lists) > 1:
        raise Refused("file.several_sheets", sheets=", ".join(f"»{sheet.title}«" for sheet in lists)[:300])
    first = lists or [sheet for sheet, rows in begun if rows]
    if not first:
        raise Refused("file.empty")
    return first[0]


def _named(sheets: Sequence[Any], name: str) -> Any:
    for sheet in sheets:
        if sheet.title.strip().casefold() == name.strip().casefold():
            return sheet
    raise Refused("file.no_sheet", name=name[:80])


def _filled(sheet: Any) -> Iterator[Row]:
    return (row for row in _rows(sheet) if any(cell.strip() for cell in row[1]))


def _rows(sheet: Any) -> Iterator[Row]:
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > DEEPEST_ROW:
            raise Refused("file.broken_workbook")
        beyond = values[_WIDE:]
        if beyond and beyond.count(None) < len(beyond):
            raise Refused("file.too_wide", most=_WIDE)
        yield number, [_text(value) for value in values[:_WIDE]]


def _text(value: object) -> str:  # noqa: PLR0911 (one line per kind of cell)
    """A cell as somebody would have typed it: dates as dates, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "SAND" if value else "FALSK"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
    if isinstance(value, int | time | timedelta):
        return str(value)
    return "="  # a formula over several cells
