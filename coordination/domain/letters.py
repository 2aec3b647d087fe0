"""Letters: where one stands on its way from the outbox to its reader."""

from __future__ import annotations

from enum import StrEnum


class LetterState(StrEnum):
    """Where a letter stands."""

    QUEUED = "queued"
    SENT = "sent"
    WRITTEN = "written"
    FAILED = "failed"


MAY_BE_SENT_AGAIN = frozenset({LetterState.FAILED})
