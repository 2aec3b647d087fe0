"""A person's own calendar feeds, and whose a secret address is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from coordination.access import MOST_ID
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.calendar_feeds import MOST_FEEDS
from coordination.domain.errors import NotFound
from coordination.domain.permissions import Permission, allowed
from coordination.models import CalendarFeed
from coordination.queries.accounts import actor_of


@dataclass(frozen=True)
class FeedRow:
    """One feed in the list."""

    id: int
    name: str
    created_at: datetime
    last_read_at: datetime | None


@dataclass(frozen=True)
class FeedsPage:
    """The feeds somebody has."""

    rows: tuple[FeedRow, ...]

    @property
    def has_room(self) -> bool:
        """True if one more may be made."""
        return len(self.rows) < MOST_FEEDS


@dataclass(frozen=True)
class RevocationPage:
    """A feed before it is taken back."""

    id: int
    name: str
    last_read_at: datetime | None


@dataclass(frozen=True)
class FeedOwner:
    """Whom a calendar program reads for, and through which feed."""

    feed_id: int
    name: str
    last_read_at: datetime | None
    actor: Actor


def feeds_page(actor: Actor) -> FeedsPage:
    """The actor's feeds that still answer."""
    return FeedsPage(
        tuple(FeedRow(row.id, row.name, row.created_at, row.last_read_at) for row in own_feeds(actor))
    )


def revocation_page(actor: Actor, feed_id: int) -> RevocationPage:
    """What is shown before a feed is taken back; NotFound for another person's."""
    row = own_feed(actor, feed_id)
    return RevocationPage(row.id, row.name, row.last_read_at)


def own_feeds(actor: Actor) -> tuple[CalendarFeed, ...]:
    """The rows behind them, oldest first."""
    asked = _live().where(CalendarFeed.user_id == actor.user_id).order_by(CalendarFeed.id)
    return tuple(db.session.scalars(asked))


def own_feed(actor: Actor, feed_id: int) -> CalendarFeed:
    """The feed, if it is the actor's own and still answers; else NotFound."""
    if feed_id > MOST_ID:
        raise NotFound
    row = db.session.scalar(_live().where(CalendarFeed.id == feed_id, CalendarFeed.user_id == actor.user_id))
    if row is None:
        raise NotFound
    return row


def owner_of(token: str) -> FeedOwner | None:
    """Whose feed has this address; None once it was taken back, or its owner may see no calendar any more."""
    row = db.session.scalar(_live().where(CalendarFeed.token_hash == hash_of(token)))
    actor = actor_of(row.user_id) if row else None
    if row is None or actor is None or not allowed(actor.role, Permission.SEE_CALENDAR):
        return None
    return FeedOwner(row.id, row.name, row.last_read_at, actor)


def hash_of(token: str) -> str:
    """What is kept of the secret part of an address."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def _live() -> sa.Select[CalendarFeed]:
    return sa.select(CalendarFeed).where(CalendarFeed.revoked_at.is_(None))
