"""Personal calendar feeds: made with a secret address that is shown once, taken back at any time."""

from __future__ import annotations

import secrets
from datetime import datetime

import sqlalchemy as sa

from coordination import audit
from coordination.db import db, system_session
from coordination.domain import calendar_feeds as rules
from coordination.domain.actors import Actor
from coordination.models import CalendarFeed
from coordination.queries import calendar as queries

TOKEN_BYTES = 32


def make_feed(actor: Actor, name: str, *, now: datetime) -> str:
    """Make a feed; returns the secret part of its address, of which only a hash is kept.

    Refused beyond ten of them; Invalid beside `name`.
    """
    rules.check_room(len(queries.own_feeds(actor)))
    settled, token = rules.settle_name(name), secrets.token_urlsafe(TOKEN_BYTES)
    row = CalendarFeed(user_id=actor.user_id, name=settled, token_hash=queries.hash_of(token), created_at=now)
    db.session.add(row)
    db.session.flush()  # the record wants the key
    audit.record(actor, "calendar.make_feed", "calendar_feed", row.id, now=now)
    return token


def revoke_feed(actor: Actor, feed_id: int, *, now: datetime) -> str:
    """Take a feed back: its address answers no more; returns what it was called."""
    row = queries.own_feed(actor, feed_id)
    row.revoked_at = now
    audit.record(actor, "calendar.revoke_feed", "calendar_feed", row.id, now=now)
    return row.name


def note_read(feed_id: int, *, now: datetime) -> None:
    """Note once an hour that a feed was fetched; in a transaction of its own, as reading writes nothing."""
    with system_session("note_read") as session:
        row = session.scalar(sa.select(CalendarFeed).where(CalendarFeed.id == feed_id))
        if row is not None and rules.noted_again(row.last_read_at, now):
            row.last_read_at = now
