"""Letters: where one stands on its way from the outbox to its reader."""

from __future__ import annotations

from enum import StrEnum

from coordination.domain.errors import Refused


class LetterState(StrEnum):
    """Where a letter stands."""

    QUEUED = "queued"
    SENT = "sent"
    WRITTEN = "written"
    FAILED = "failed"


MAY_BE_SENT_AGAIN = frozenset({LetterState.FAILED})


def check_sending_again(state: LetterState) -> None:
    """Only a letter that was given up is sent again; any other is on its way or has arrived."""
    if state not in MAY_BE_SENT_AGAIN:
        raise Refused("letter.not_failed")
