"""What waits for somebody in threads: mentions not yet seen, and what the person is asked to do by a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.models import Candidate, Mention, ThreadMessage, User
from coordination.queries import nominations
from coordination.queries.threads.page import readable
from coordination.queries.threads.partners import shared

Rows = sa.Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class HandedRow:
    """Somebody asks this person to act on a candidate by a day."""

    message_id: int
    candidate_id: int
    name: str
    by: str
    due_on: date


@dataclass(frozen=True)
class MentionedRow:
    """This person is mentioned in the thread about a candidate and has not answered or seen it."""

    candidate_id: int
    name: str
    count: int
    newest_at: datetime


@dataclass(frozen=True)
class Waiting:
    """Both, as the start page lists them."""

    handed: tuple[HandedRow, ...]
    mentioned: tuple[MentionedRow, ...]


def waiting_for(actor: Actor) -> Waiting:
    """What waits for the actor in threads, the earliest day first."""
    return Waiting(
        tuple(HandedRow(*row) for row in db.session.execute(handed_to(actor))),
        tuple(MentionedRow(*row) for row in db.session.execute(mentions_of(actor))),
    )


def handed_to(actor: Actor) -> Rows:
    """SQL: what the actor is asked to do and has not done."""
    return (
        sa.select(
            ThreadMessage.id, ThreadMessage.candidate_id, Candidate.name, User.name, ThreadMessage.due_on
        )
        .join(Candidate, Candidate.id == ThreadMessage.candidate_id)
        .join(User, User.id == ThreadMessage.by_id)
        .where(ThreadMessage.handed_to_id == actor.user_id, ThreadMessage.done_at.is_(None))
        .where(readable(actor), nominations.visible_people(actor))
        .order_by(ThreadMessage.due_on, ThreadMessage.id)
    )


def mentions_of(actor: Actor) -> Rows:
    """SQL: the candidates in whose threads the actor is mentioned and has not seen it."""
    newest = sa.func.max(ThreadMessage.at)
    return (
        sa.select(Candidate.id, Candidate.name, sa.func.count(Mention.id), newest)
        .join(ThreadMessage, ThreadMessage.candidate_id == Candidate.id)
        .join(Mention, Mention.message_id == ThreadMessage.id)
        .where(Mention.user_id == actor.user_id, Mention.seen_at.is_(None))
        .where(readable(actor), nominations.visible_people(actor))
        .group_by(Candidate.id, Candidate.name)
        .order_by(newest, Candidate.id)
    )


def overdue(today: date) -> Sequence[tuple[ThreadMessage, User]]:
    """What should have been done before today, and who was asked and may still read it; for the clock."""
    rows = db.session.execute(
        sa.select(ThreadMessage, User)
        .join(User, User.id == ThreadMessage.handed_to_id)
        .where(ThreadMessage.done_at.is_(None), ThreadMessage.due_on < today, User.active)
        .where(
            sa.or_(
                User.jobcenter_id == ThreadMessage.municipality_id,
                sa.and_(User.role == Role.COORDINATOR, ThreadMessage.candidate_id.in_(shared(today))),
            )
        )
        .order_by(User.id, ThreadMessage.due_on)
    )
    return [(message, user) for message, user in rows]
