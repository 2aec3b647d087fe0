"""Who goes first where seats are too few: the coordinator's priority, then how long, then a lot."""

from __future__ import annotations

from enum import StrEnum


class Priority(StrEnum):
    """How much a seat for this person weighs."""

    NORMAL = "normal"
    HIGH = "high"


WEIGHT = {Priority.NORMAL: 1, Priority.HIGH: 2}
"""A seat for one who goes first counts as two when the pool is shared out."""

RANK = {Priority.HIGH: 0, Priority.NORMAL: 1}
"""The order in a line: the lowest first."""
