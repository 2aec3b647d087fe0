"""The page of a thread: its messages in order, what is still asked of whom, and who may be named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.candidates import ContactRole
from coordination.models import Candidate, Mention, ThreadMessage, User
from coordination.queries import nominations
from coordination.queries.candidates import PersonHead, person_head
from coordination.queries.threads.partners import PartnerRow, partner_rows


@dataclass(frozen=True)
class MessageRow:
    """One message, whom it names, and whether what it asks for is done."""

    id: int
    text: str
    private: bool
    by: str
    at: datetime
    mentioned: tuple[str, ...]
    handed_to: str
    due_on: date | None
    overdue: bool
    done_at: datetime | None
    done_by: str

    @property
    def is_open(self) -> bool:
        """True while somebody is asked to act."""
        return bool(self.handed_to) and self.done_at is None


@dataclass(frozen=True)
class ContactPerson:
    """The mentor or volunteer who helps the candidate."""

    name: str
    phone: str
    role: ContactRole | None


@dataclass(frozen=True)
class ThreadPage:
    """The thread about one candidate, newest last."""

    head: PersonHead
    contact: ContactPerson | None
    messages: tuple[MessageRow, ...]
    people: tuple[PartnerRow, ...]
    unseen: int
    may_be_private: bool
    shared: bool
    person_ids: tuple[int, ...]


def thread_page(actor: Actor, candidate_id: int, today: date) -> ThreadPage:
    """The thread about a candidate; NotFound if the actor may not know of the person."""
    candidate = nominations.person(actor, candidate_id)
    people = partner_rows(candidate, today)
    return ThreadPage(
        head=person_head(actor, candidate_id),
        contact=_contact(candidate),
        messages=_messages(actor, candidate_id, today),
        people=people,
        unseen=_unseen(actor, candidate_id),
        may_be_private=actor.role is Role.JOBCENTER,
        shared=any(row.role is Role.COORDINATOR for row in people),
        person_ids=(candidate.id,),
    )


def readable(actor: Actor) -> sa.ColumnElement[bool]:
    """SQL: the messages an actor may read; what is private to the jobcenter stays there."""
    return sa.true() if actor.role is Role.JOBCENTER else ThreadMessage.private.is_(False)


def _contact(candidate: Candidate) -> ContactPerson | None:
    if not candidate.contact_name:
        return None
    return ContactPerson(candidate.contact_name, candidate.contact_phone, candidate.contact_role)


def _messages(actor: Actor, candidate_id: int, today: date) -> tuple[MessageRow, ...]:
    writer, asked, doer = aliased(User), aliased(User), aliased(User)
    found = db.session.execute(
        sa.select(ThreadMessage, writer.name, asked.name, doer.name)
        .join(writer, writer.id == ThreadMessage.by_id)
        .outerjoin(asked, asked.id == ThreadMessage.handed_to_id)
        .outerjoin(doer, doer.id == ThreadMessage.done_by_id)
        .where(ThreadMessage.candidate_id == candidate_id, readable(actor))
        .order_by(ThreadMessage.id)
    ).all()
    named = _mentioned(candidate_id)
    return tuple(
        MessageRow(
            id=row.id,
            text=row.text,
            private=row.private,
            by=by,
            at=row.at,
            mentioned=tuple(named[row.id]),
            handed_to=handed_to or "",
            due_on=row.due_on,
            overdue=row.done_at is None and row.due_on is not None and row.due_on < today,
            done_at=row.done_at,
            done_by=done_by or "",
        )
        for row, by, handed_to, done_by in found
    )


def _mentioned(candidate_id: int) -> Mapping[int, list[str]]:
    """The names each message mentions."""
    found = db.session.execute(
        sa.select(Mention.message_id, User.name)
        .join(User, User.id == Mention.user_id)
        .join(ThreadMessage, ThreadMessage.id == Mention.message_id)
        .where(ThreadMessage.candidate_id == candidate_id)
        .order_by(sa.collate(User.name, "danish"))
    )
    names: dict[int, list[str]] = defaultdict(list)
    for message_id, name in found:
        names[message_id].append(name)
    return names


def _unseen(actor: Actor, candidate_id: int) -> int:
    mine = (
        sa.select(sa.func.count(Mention.id))
        .join(ThreadMessage, ThreadMessage.id == Mention.message_id)
        .where(ThreadMessage.candidate_id == candidate_id, readable(actor))
        .where(Mention.user_id == actor.user_id, Mention.seen_at.is_(None))
    )
    return db.session.scalar(mine) or 0
