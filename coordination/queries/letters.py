"""Letters: what left the outbox, what waits, what could not be sent; never the secret in a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from coordination import access
from coordination.adapters.letters import LetterError, LetterText, render
from coordination.db import db
from coordination.domain.actors import Actor, Language
from coordination.domain.letters import MAY_BE_SENT_AGAIN, LetterState
from coordination.models import Letter, User

PAGE_SIZE = 50
SECRET = "secret_link"  # noqa: S105 (the name of a fact)


@dataclass(frozen=True)
class LetterFilter:
    """What the list is narrowed to."""

    search: str = ""
    letter: str = ""
    state: LetterState | None = None
    user_id: int | None = None
    number: int = 1

    @property
    def narrowed(self) -> bool:
        """True if a way back to the whole list makes sense."""
        return bool(self.search or self.letter or self.state or self.user_id)


@dataclass(frozen=True)
class LetterRow:
    """One letter in the list."""

    id: int
    letter: str
    recipient: str
    name: str
    language: Language
    state: LetterState
    attempts: int
    error: str
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None

    @property
    def may_be_sent_again(self) -> bool:
        """Only what was given up waits for a person."""
        return self.state in MAY_BE_SENT_AGAIN


@dataclass(frozen=True)
class OverviewPage:
    """One page of the list, and how many letters were given up in all."""

    rows: tuple[LetterRow, ...]
    chosen: LetterFilter
    number: int
    pages: int
    total: int
    failed: int


@dataclass(frozen=True)
class DetailPage:
    """One letter as its reader got it, without the secret."""

    row: LetterRow
    message_id: str
    text: LetterText | None


def overview_page(_actor: Actor, chosen: LetterFilter) -> OverviewPage:
    """Letters, newest first."""
    conditions = _conditions(chosen)
    total = db.session.scalar(_with_names(sa.func.count(Letter.id)).where(*conditions)) or 0
    failed = db.session.scalar(sa.select(sa.func.count(Letter.id)).where(Letter.state == LetterState.FAILED))
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(1, chosen.number), pages)
    found = db.session.execute(
        _with_names(Letter, User.name)
        .where(*conditions)
        .order_by(Letter.created_at.desc(), Letter.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    rows = tuple(_row(letter, name) for letter, name in found)
    return OverviewPage(rows, chosen, number, pages, total, failed or 0)


def detail_page(_actor: Actor, letter_id: int, base_url: str, hidden: str) -> DetailPage:
    """One letter; `hidden` is the word that stands where a secret link stood. NotFound if there is none."""
    letter = access.one(Letter, letter_id)
    name = db.session.scalar(sa.select(User.name).where(User.id == letter.recipient_id))
    return DetailPage(_row(letter, name), letter.message_id, _text(letter, base_url, hidden))


def _text(letter: Letter, base_url: str, hidden: str) -> LetterText | None:
    """The letter with today's template; None where that is gone or wants other facts."""
    try:
        return render(letter.letter, letter.language, letter.facts | {SECRET: hidden}, base_url)
    except LetterError:
        return None


def _with_names(*columns: Any) -> sa.Select[Any]:
    return sa.select(*columns).select_from(Letter).outerjoin(User, User.id == Letter.recipient_id)


def _row(letter: Letter, name: str | None) -> LetterRow:
    return LetterRow(
        id=letter.id,
        letter=letter.letter,
        recipient=letter.recipient,
        name=name or "",
        language=letter.language,
        state=letter.state,
        attempts=letter.attempts,
        error=letter.error,
        created_at=letter.created_at,
        due_at=letter.due_at,
        sent_at=letter.sent_at,
    )


def _conditions(chosen: LetterFilter) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if chosen.search:
        columns = (Letter.recipient, User.name)
        conditions.append(sa.or_(*(column.icontains(chosen.search, autoescape=True) for column in columns)))
    if chosen.letter:
        conditions.append(Letter.letter == chosen.letter)
    if chosen.state:
        conditions.append(Letter.state == chosen.state)
    if chosen.user_id:
        conditions.append(Letter.recipient_id == chosen.user_id)
    return conditions
