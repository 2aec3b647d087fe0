"""Personal calendar feeds: how many one may have, what they are called, what a fetched entry says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from coordination.domain.course_runs import RunState
from coordination.domain.errors import Refused
from coordination.domain.texts import check_fields, problem_in

MOST_FEEDS = 10
MAX_NAME = 80
READ_AGAIN = timedelta(hours=1)
KEPT_DAYS = 92
"""So long ago a session may lie and still be told to a calendar."""


@dataclass(frozen=True)
class Entry:
    """One session as a calendar program gets it; nothing in it is about a person."""

    uid: str
    title: str
    place: str
    note: str
    url: str
    starts: datetime  # aware
    ends: datetime  # aware
    sequence: int
    changed_at: datetime
    cancelled: bool = False
    tentative: bool = False


def settle_name(name: str) -> str:
    """The name tidied; Invalid beside `name` if it is empty or too long."""
    settled = " ".join(name.split())
    check_fields({"name": problem_in(settled, MAX_NAME, needed=True)})
    return settled


def check_room(there: int) -> None:
    """Refused("calendar_feed.too_many") if the person has as many feeds as one may have."""
    if there >= MOST_FEEDS:
        raise Refused("calendar_feed.too_many", most=MOST_FEEDS)


def noted_again(last_read_at: datetime | None, now: datetime) -> bool:
    """True if it is worth writing down that the feed was fetched: once an hour."""
    return last_read_at is None or now - last_read_at >= READ_AGAIN


def sequence_of(session_sequence: int, state: RunState) -> int:
    """The SEQUENCE of a session's entry: that of the session, one higher once its run is cancelled."""
    return session_sequence + (state is RunState.CANCELLED)
