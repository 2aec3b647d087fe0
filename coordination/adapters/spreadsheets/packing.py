"""A table between its reading and its import: numbered rows as one text, whatever file they came from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from coordination.adapters.spreadsheets.delimited import rows_of_text
from coordination.domain.errors import Refused

Row = tuple[int, list[str]]
MOST_COLUMNS = 60
MOST_ROWS = 25_000
_MARK = "#numbered\n"  # files kept by an earlier release begin with their headings


def packed(rows: Iterable[Row]) -> str:
    """Rows that hold something, each behind its number; Refused for far too many rows or columns."""
    out = io.StringIO(newline="")
    out.write(_MARK)
    writer = csv.writer(out, lineterminator="\r\n")  # a cell with either sign gets its quotes
    filled = ((number, _trimmed(cells)) for number, cells in rows)
    for count, (number, cells) in enumerate((row for row in filled if row[1]), start=1):
        if count > MOST_ROWS + 1:  # the headings are no row
            raise Refused("file.too_long", most=MOST_ROWS)
        if len(cells) > MOST_COLUMNS:
            raise Refused("file.too_wide", most=MOST_COLUMNS)
        writer.writerow([str(number), *cells])
    return out.getvalue()


def unpacked(text: str) -> Iterator[Row]:
    """The rows of a packed table, one by one."""
    if not text.startswith(_MARK):
        yield from rows_of_text(text)
        return
    lines = io.StringIO(text, newline="")
    lines.readline()
    for number, *cells in csv.reader(lines):
        yield int(number), cells


def count_rows(text: str) -> int:
    """How many rows a packed table has, headings included."""
    return sum(1 for _row in unpacked(text))


def _trimmed(cells: list[str]) -> list[str]:
    """The cells without the blanks at the end; nothing at all for a blank row."""
    last = next((place for place in range(len(cells), 0, -1) if cells[place - 1].strip()), 0)
    return cells[:last]
