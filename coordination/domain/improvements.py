"""Proposed changes: what a finding asks of the next run, and what the coordinator decided."""

from __future__ import annotations

from enum import StrEnum


class ChangeState(StrEnum):
    """What became of a proposed change."""

    PROPOSED = "proposed"
    ADOPTED = "adopted"
    ADAPTED = "adapted"
    DECLINED = "declined"


class ChangeSource(StrEnum):
    """What a proposed change rests on."""

    LOW_SCORE = "low_score"
    TEXT = "text"
    FIGURE = "figure"
    OWN = "own"
