"""Sending the outbox: claim a few letters, hand each to the mail server, stamp what came of it.

At least once: the one double that cannot be avoided is a crash between the server's yes and our stamp;
the Message-ID stays the same, so that mail programs recognise it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select

from coordination.adapters.letters import LetterError, render
from coordination.adapters.mail import MailError, Post
from coordination.db import db
from coordination.models import Letter, LetterState

Unit = Callable[[], AbstractContextManager[object]]
AT_ONCE = 20
LEASE = timedelta(minutes=5)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
SECRET_FACT = "secret_link"  # noqa: S105 (the name of a fact)


@dataclass(frozen=True)
class Claimed:
    """A letter this sender holds until its lease ends."""

    id: int
    letter: str
    recipient: str
    language: str
    facts: dict[str, Any]
    message_id: str


def send_letters(unit: Unit, post: Post, base_url: str, *, now: datetime) -> int:
    """Send what is due, a few at a time, with no transaction open meanwhile; returns how many wait."""
    while True:
        with unit():
            claimed = claim_letters(now=now)
        for letter in claimed:
            problem = _deliver(letter, post, base_url, now)
            with unit():
                _stamp(letter.id, problem, by_smtp=post.by_smtp, now=now)
        if len(claimed) < AT_ONCE:
            with unit():
                return waiting_letters(now=now)


def claim_letters(*, now: datetime) -> list[Claimed]:
    """Lease the oldest due letters; another sender skips them (on SQLite the write lock keeps it out)."""
    due = (
        select(Letter)
        .where(Letter.state == LetterState.QUEUED, Letter.due_at <= now)
        .where(or_(Letter.leased_until.is_(None), Letter.leased_until < now))
        .order_by(Letter.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    letters = db.session.scalars(due).all()
    for letter in letters:
        letter.leased_until = now + LEASE
        letter.attempts += 1
    return [
        Claimed(row.id, row.letter, row.recipient, row.language, dict(row.facts), row.message_id)
        for row in letters
    ]


def waiting_letters(*, now: datetime) -> int:
    """How many letters are due and not sent."""
    waiting = select(func.count(Letter.id)).where(Letter.state == LetterState.QUEUED, Letter.due_at <= now)
    return db.session.scalar(waiting) or 0


def _deliver(letter: Claimed, post: Post, base_url: str, now: datetime) -> MailError | None:
    try:
        text = render(letter.letter, letter.language, letter.facts, base_url)
        post.deliver(letter.recipient, text, message_id=letter.message_id, now=now)
    except MailError as problem:
        return problem
    except LetterError as problem:
        return MailError(str(problem), final=True)
    return None


def _stamp(letter_id: int, problem: MailError | None, *, by_smtp: bool, now: datetime) -> None:
    letter = db.session.get_one(Letter, letter_id)
    letter.leased_until = None
    if problem is None:
        letter.state = LetterState.SENT if by_smtp else LetterState.WRITTEN
        letter.sent_at, letter.error = now, ""
        letter.facts = {name: fact for name, fact in letter.facts.items() if name != SECRET_FACT}
    elif problem.final or letter.attempts > len(PAUSES):
        letter.state, letter.error = LetterState.FAILED, str(problem)
    else:
        letter.due_at, letter.error = now + PAUSES[letter.attempts - 1], str(problem)
