"""Text with `;`, `,` or tabs between: whichever alphabet and separator the spreadsheet chose."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from coordination.domain.errors import Refused

_BROKEN_UTF8 = re.compile("Ã[¦¸¥\x86\x98\x85†˜…©¼¶]")  # æøå and their kin as they look when read wrongly
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SEPARATOR = re.compile(r"\s*\"?sep=([;,\t|])\"?\s*\r?\n", re.IGNORECASE)
_MARKUP = re.compile(r"\s*<(?:!doctype|\?xml|html|head|body|table|meta|div|style)\b", re.IGNORECASE)
_ODD = 0.01  # the share of control characters from which a file is no text
_LOOKED_AT = 10  # lines among which the first one with separators is found


def decode(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 with a mark, Windows-1252 or Latin-1; Refused if it is no text."""
    text = _decoded(content)
    if "\0" in text or len(_CONTROL.findall(text[:10_000])) > _ODD * len(text[:10_000]):
        raise Refused("file.binary")
    if _MARKUP.match(text):
        raise Refused("file.markup")
    return text


def rows_of_text(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a text, numbered as in a spreadsheet; Refused where quotation marks do not match."""
    separator, text = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from enumerate(reader, start=1)
    except csv.Error:
        raise Refused("file.quotes", row=reader.line_num) from None


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


def _separator(text: str) -> tuple[str, str]:
    """What stands between the cells, and the text without the line in which Excel says so."""
    told = _SEPARATOR.match(text)
    if told:
        return told[1], text[told.end() :]
    first = re.sub(r'"[^"]*"', "", _line_of_headings(text))
    return max(";,\t", key=first.count), text


def _line_of_headings(text: str) -> str:
    """The first line with several cells; a title may stand above it."""
    lines = text.lstrip("\r\n").split("\n", _LOOKED_AT)[:_LOOKED_AT]
    return next((line for line in lines if max(map(line.count, ";,\t")) > 1), lines[0])
