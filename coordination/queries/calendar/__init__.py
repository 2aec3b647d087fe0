"""The calendar of course runs and sessions, as pages and as personal feeds; it names no person."""

from coordination.queries.calendar.feeds import (
    FeedOwner,
    FeedRow,
    FeedsPage,
    RevocationPage,
    feeds_page,
    hash_of,
    own_feed,
    own_feeds,
    owner_of,
    revocation_page,
)
from coordination.queries.calendar.narrowing import CalendarFilter
from coordination.queries.calendar.pages import AgendaPage, MonthPage, agenda_page, month_page
from coordination.queries.calendar.subscribed import FedSession, feed_sessions

__all__ = [
    "AgendaPage",
    "CalendarFilter",
    "FedSession",
    "FeedOwner",
    "FeedRow",
    "FeedsPage",
    "MonthPage",
    "RevocationPage",
    "agenda_page",
    "feed_sessions",
    "feeds_page",
    "hash_of",
    "month_page",
    "own_feed",
    "own_feeds",
    "owner_of",
    "revocation_page",
]
