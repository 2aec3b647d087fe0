"""A file is taken for what is in it, not for what it is called; everything else gets a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from coordination.adapters.spreadsheets.delimited import decode, rows_of_text
from coordination.adapters.spreadsheets.packing import packed
from coordination.adapters.spreadsheets.workbooks import read_workbook
from coordination.domain.errors import Refused

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Office before 2007, and any Office file with a password
_NO_TABLES = (b"%PDF", b"{\\rtf")


def read_file(content: bytes, *, likely: Callable[[Sequence[str]], bool], sheet: str = "") -> str:
    """The table of a CSV file or a workbook, packed; Refused("file.…") in words for all else.

    `likely` knows a row of headings; `sheet` names one where several sheets have them.
    """
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise Refused("file.empty")
    if content.startswith(_ZIP):
        return read_workbook(content, likely=likely, sheet=sheet)
    if content.startswith(_COMPOUND):
        raise Refused(_compound(content))
    if content.lstrip().startswith(_NO_TABLES):
        raise Refused("file.document")
    return packed(rows_of_text(decode(content)))


def _compound(content: bytes) -> str:
    """What an old Office file is, by the names of its parts."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "file.password"
    if "WordDocument".encode("utf-16-le") in content:
        return "file.document"
    return "file.old_workbook"
