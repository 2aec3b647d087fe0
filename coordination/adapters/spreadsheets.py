"""Tables as files: reads CSV as people save it, writes CSV that Danish Excel opens without a question."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from coordination.domain.errors import Refused

Table = list[dict[str | None, object]]
MOST_COLUMNS = 60
MOST_ROWS = 25_000
_WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")  # zip and xlsx, old Excel
_BROKEN_UTF8 = re.compile("Ã[¦¸¥\x86\x98\x85†˜…©¼¶]")  # æøå and their kin as they look when read wrongly
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SEPARATOR = re.compile(r"\s*\"?sep=([;,\t|])\"?\s*\r?\n", re.IGNORECASE)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PHONE = re.compile(r"\+[0-9 ]+", re.ASCII)
_ODD = 0.01  # the share of control characters from which a file is no text


def decode(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 with a mark, Windows-1252 or Latin-1; Refused if it is no text."""
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise Refused("file.empty")
    if content.startswith(_WORKBOOKS):
        raise Refused("file.workbook")
    text = _decoded(content)
    if "\0" in text or len(_CONTROL.findall(text[:10_000])) > _ODD * len(text[:10_000]):
        raise Refused("file.binary")
    return text


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(content, "utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if b"\0" in content:
        raise Refused("file.binary")
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    if _BROKEN_UTF8.search(text):
        raise Refused("file.mixed_encoding")
    return text


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Refused("file.binary") from None


def read_table(text: str) -> Table:
    """The rows under the headings as heading to text; `;`, `,` or tab between, found out from the headings.

    Cells beyond the headings come as a list under None, and a heading that is there twice gets blanks behind
    it. Refused where quotation marks do not match, or for far too many rows or columns.
    """
    separator, text = _separator(text)
    lines = _lines(text, separator)
    headings = _apart(next(lines, []))
    if len(headings) > MOST_COLUMNS:
        raise Refused("file.too_wide", most=MOST_COLUMNS)
    table: Table = []
    for cells in lines:
        if len(table) >= MOST_ROWS:
            raise Refused("file.too_long", most=MOST_ROWS)
        table.append(_row(headings, cells))
    return table or [dict.fromkeys(headings, "")]


def write_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """CSV in UTF-8 with a mark, `;` between, and no cell that a spreadsheet would run as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """An apostrophe in front makes a spreadsheet show a formula instead of running it."""
    if cell.lstrip(" ").startswith(_FORMULA) and not _PHONE.fullmatch(cell):
        return f"'{cell}"
    return cell


def _separator(text: str) -> tuple[str, str]:
    """What stands between the cells, and the text without the line in which Excel says so."""
    told = _SEPARATOR.match(text)
    if told:
        return told[1], text[told.end() :]
    first = re.sub(r'"[^"]*"', "", text.lstrip("\r\n").partition("\n")[0])
    return max(";,\t", key=first.count), text


def _lines(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from reader
    except csv.Error:
        raise Refused("file.quotes", row=reader.line_num) from None


def _apart(headings: list[str]) -> list[str]:
    """Each heading its own key, also where two are the same."""
    keys: list[str] = []
    for heading in headings:
        key = heading
        while key in keys:
            key += " "
        keys.append(key)
    return keys


def _row(headings: list[str], cells: list[str]) -> dict[str | None, object]:
    row: dict[str | None, object] = dict.fromkeys(headings, "")
    row.update(zip(headings, cells, strict=False))
    if len(cells) > len(headings):
        row[None] = cells[len(headings) :]
    return row
