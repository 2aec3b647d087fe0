"""Tracks: the kinds of teaching a module can be."""

from __future__ import annotations

from enum import StrEnum


class TeachingKind(StrEnum):
    """Kinds of school that count towards an IGU (order on IGU, § 6)."""

    AMU = "amu"
    FVU = "fvu"
    AVU = "avu"
    HF = "hf"
    FGU = "fgu"
    DANISH = "danish"
    OTHER = "other"
