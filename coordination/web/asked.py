"""What an address asks for, read with care: what cannot be read counts as not asked."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

Enum = TypeVar("Enum", bound=StrEnum)
LONGEST_NUMBER = 9  # digits; a longer one is no key of ours


def member(enum: type[Enum], text: str | None) -> Enum | None:
    """The member with this value; None for anything else."""
    return enum(text) if text in {known.value for known in enum} else None


def words(text: str | None) -> str:
    """What was searched for, without signs that no keyboard types."""
    return "".join(sign for sign in text or "" if sign.isprintable()).strip()


def number(text: str | None) -> int | None:
    """A key or a page number; None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None
