"""Danish alphabetical order: æ, ø, å (and aa) after z, capitals as small letters."""

from __future__ import annotations

_AFTER_Z = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}", "ü": "y"})


def danish_key(text: str) -> str:
    """A sort key that puts names in the order a Danish reader expects."""
    return text.casefold().replace("aa", "å").translate(_AFTER_Z)


def compare_danish(left: str, right: str) -> int:
    """Negative, zero or positive, as a database collation wants it."""
    a, b = danish_key(left), danish_key(right)
    return (a > b) - (a < b)
