"""Free text that people type: tidied, and turned down beside its field where it cannot be stored."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from coordination.domain.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordination.domain.errors import Problem

UNFIT = {"Cc", "Cs"}  # control signs and halves of a pair: PostgreSQL cannot store NUL, UTF-8 no half


def tidy(text: str) -> str:
    """The text without blank edges, its lines ended one way whatever the browser sent."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def problem_in(text: str, most: int, *, needed: bool = False) -> Problem | None:
    """Why a tidied text of at most so many characters cannot be stored, or None."""
    if needed and not text:
        return "text.missing", {}
    if len(text) > most:
        return "text.too_long", {"most": most}
    if any(unicodedata.category(sign) in UNFIT for sign in text if sign not in "\n\t"):
        return "text.control", {}
    return None


def check_fields(found: Mapping[str, Problem | None]) -> None:
    """Raise Invalid with every field that has a problem."""
    if errors := {field: problem for field, problem in found.items() if problem}:
        raise Invalid(errors)
