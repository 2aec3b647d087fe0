"""How a course run lives: states and moves, its sessions, its sizes, and what the next run inherits."""

from __future__ import annotations

from enum import StrEnum


class RunState(StrEnum):
    """Where a course run stands."""

    DRAFT = "draft"
    OPEN = "open"
    CONFIRMED = "confirmed"
    RUNNING = "running"
    ENDED = "ended"
    EVALUATED = "evaluated"
    CANCELLED = "cancelled"


class RunDeed(StrEnum):
    """What someone, or the clock, does to a course run."""

    OPEN = "open"
    CONFIRM = "confirm"
    START = "start"
    END = "end"
    EVALUATE = "evaluate"
    CANCEL = "cancel"


ACCEPTS_NOMINATIONS = frozenset({RunState.OPEN, RunState.CONFIRMED})
