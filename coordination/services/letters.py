"""Letters: send again what was given up."""

from __future__ import annotations

from datetime import datetime

from coordination import access, audit
from coordination.domain.actors import Actor
from coordination.domain.letters import check_sending_again
from coordination.models import Letter, LetterState


def send_again(actor: Actor, letter_id: int, *, now: datetime) -> None:
    """Put a letter that was given up back in line, as if it had never been tried."""
    letter = access.one(Letter, letter_id, lock=True)
    check_sending_again(letter.state)
    letter.state = LetterState.QUEUED
    letter.attempts = 0
    letter.due_at = now
    letter.error = ""
    audit.record(actor, "letters.send_again", "letter", letter.id, now=now)
