"""The thread about a candidate: write, name people, hand over with a day, mark as done, call to mind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from sqlalchemy import select

from coordination import access, audit, outbox
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.calendar import local_day
from coordination.domain.errors import NotFound
from coordination.domain.threads import (
    Message,
    check_reopening,
    check_settling,
    needs_reminder,
    settle_message,
)
from coordination.models import Candidate, Mention, ThreadMessage, User
from coordination.queries import nominations, threads


def write(actor: Actor, candidate_id: int, given: Message, *, now: datetime) -> None:
    """Write a message; those it names get a letter that tells neither the text nor whom it is about."""
    candidate = nominations.person(actor, candidate_id)
    people = {user.id: user for user in threads.partners(candidate, local_day(now))}
    roles = {user.id: user.role for user in people.values()}
    settled = settle_message(given, actor.role, roles, local_day(now))
    message = _stored(actor, candidate, settled, now)
    _mark_seen(actor, candidate_id, now)
    _tell(actor, candidate_id, [people[user_id] for user_id in sorted(settled.mentioned)], now)
    if settled.handed_to is not None:
        asked = people[settled.handed_to]
        outbox.queue(
            "thread_handed_over",
            [asked],
            now=now,
            besides=actor.user_id,
            candidate_id=candidate_id,
            due=message.due_on.isoformat() if message.due_on else "",
        )
    audit.record(
        actor,
        "threads.write",
        "candidate",
        candidate_id,
        now=now,
        mentioned=len(settled.mentioned),
        handed_over=settled.handed_to is not None,
        private=settled.private,
    )


def see(actor: Actor, candidate_id: int, *, now: datetime) -> None:
    """Note that the actor has read what mentions him or her in this thread."""
    candidate = nominations.person(actor, candidate_id)
    _mark_seen(actor, candidate.id, now)


def settle(actor: Actor, message_id: int, *, now: datetime) -> int:
    """Mark what a message asks for as done; returns the candidate's id."""
    message = _asking(actor, message_id)
    check_settling(handed_over=message.handed_to_id is not None, done=message.done_at is not None)
    message.done_at, message.done_by_id = now, actor.user_id
    _mark_seen(actor, message.candidate_id, now)
    audit.record(actor, "threads.settle", "candidate", message.candidate_id, now=now)
    return message.candidate_id


def reopen(actor: Actor, message_id: int, *, now: datetime) -> int:
    """Take the mark back: it is not done after all; returns the candidate's id."""
    message = _asking(actor, message_id)
    check_reopening(handed_over=message.handed_to_id is not None, done=message.done_at is not None)
    message.done_at, message.done_by_id = None, None
    audit.record(actor, "threads.reopen", "candidate", message.candidate_id, now=now)
    return message.candidate_id


def remind(*, now: datetime) -> None:
    """Tell each person once, and again each week, that a day agreed on in a thread has passed."""
    today = local_day(now)
    late = [
        (message, user)
        for message, user in threads.overdue(today)
        if message.due_on and needs_reminder(message.due_on, message.reminded_on, today)
    ]
    for _user_id, of_one in groupby(late, key=lambda pair: pair[1].id):
        rows = list(of_one)
        for message, _user in rows:
            message.reminded_on = today
        outbox.queue("thread_overdue", [rows[0][1]], now=now, count=len(rows))
    if late:
        audit.record(None, "threads.remind", "candidate", None, now=now, count=len(late))


def _stored(actor: Actor, candidate: Candidate, settled: Message, now: datetime) -> ThreadMessage:
    message = ThreadMessage(
        municipality_id=candidate.municipality_id,
        candidate_id=candidate.id,
        text=settled.text,
        private=settled.private,
        by_id=actor.user_id,
        at=now,
        handed_to_id=settled.handed_to,
        due_on=settled.due_on,
    )
    db.session.add(message)
    db.session.flush()  # the mentions point to the message
    db.session.add_all(
        Mention(
            municipality_id=candidate.municipality_id,
            message_id=message.id,
            user_id=user_id,
            seen_at=now if user_id == actor.user_id else None,
        )
        for user_id in sorted(settled.mentioned)
    )
    return message


def _tell(actor: Actor, candidate_id: int, people: Iterable[User], now: datetime) -> None:
    outbox.queue("thread_mention", people, now=now, besides=actor.user_id, candidate_id=candidate_id)


def _mark_seen(actor: Actor, candidate_id: int, now: datetime) -> None:
    mine = db.session.scalars(
        select(Mention)
        .join(ThreadMessage, ThreadMessage.id == Mention.message_id)
        .where(ThreadMessage.candidate_id == candidate_id, threads.readable(actor))
        .where(Mention.user_id == actor.user_id, Mention.seen_at.is_(None))
    )
    for mention in mine:
        mention.seen_at = now


def _asking(actor: Actor, message_id: int) -> ThreadMessage:
    """The message, locked, if the actor may read it; else NotFound."""
    message = access.one(ThreadMessage, message_id, lock=True)
    nominations.person(actor, message.candidate_id)
    may_read = select(ThreadMessage.id).where(ThreadMessage.id == message_id, threads.readable(actor))
    if db.session.scalar(may_read) is None:
        raise NotFound
    return message
