"""The outbox: a letter is a row in the same transaction as the deed it tells of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select

from coordination.db import db
from coordination.models import Letter, LetterState, User


def queue(
    letter: str, to: Iterable[User], *, now: datetime, besides: int | None = None, **facts: object
) -> None:
    """Queue one letter per recipient in their language; closed accounts and the person who acted get none.

    `letter` names the template under templates/mail/; facts are ids, dates, counts and the titles of runs,
    never facts about a person. `besides` is the id of the user who did the deed.
    """
    for user in to:
        if user.active and user.id != besides:
            db.session.add(
                Letter(
                    letter=letter,
                    recipient_id=user.id,
                    recipient=user.email,
                    language=user.language,
                    facts=facts,
                    due_at=now,
                    created_at=now,
                    message_id=f"<{uuid4()}@brancheforloeb>",
                )
            )


def take_back(letter: str, **facts: object) -> None:
    """Remove the letters of this name with these facts that no sender has taken: they tell what is not so."""
    waiting = (Letter.letter == letter, Letter.state == LetterState.QUEUED, Letter.attempts == 0)
    rows = db.session.execute(select(Letter.id, Letter.facts).where(*waiting))
    meant = [row.id for row in rows if facts.items() <= row.facts.items()]
    # Only these are locked: whoever takes back others at the same moment would skip theirs.
    locked = select(Letter).where(Letter.id.in_(meant), *waiting).with_for_update(skip_locked=True)
    for found in db.session.scalars(locked):
        db.session.delete(found)
