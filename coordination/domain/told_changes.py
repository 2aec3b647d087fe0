"""What has become of a session since people were last told: moved, cancelled, restored, added, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

QUIET = timedelta(minutes=15)
"""So long nothing may have changed before people are told: what is taken back meanwhile tells nobody."""
MOST_LISTED = 40


class News(StrEnum):
    """What happened to a session."""

    MOVED = "moved"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    ADDED = "added"


@dataclass(frozen=True)
class Times:
    """When a session is, and whether it takes place."""

    day: date
    starts_at: time
    ends_at: time
    cancelled: bool = False

    def as_told(self, sequence: int) -> dict[str, Any]:
        """As it is stored with the session once people were told."""
        return {
            "day": self.day.isoformat(),
            "starts_at": self.starts_at.isoformat("minutes"),
            "ends_at": self.ends_at.isoformat("minutes"),
            "cancelled": self.cancelled,
            "sequence": sequence,
        }


@dataclass(frozen=True)
class Change:
    """One line of a letter: the session as it is now and, where it was told before, as it was."""

    kind: News
    now: Times
    before: Times | None = None

    def facts(self) -> dict[str, str]:
        """The line in plain texts, as a letter keeps them."""
        was = self.before or self.now
        return {
            "kind": str(self.kind),
            "day": self.now.day.isoformat(),
            "starts_at": self.now.starts_at.isoformat("minutes"),
            "ends_at": self.now.ends_at.isoformat("minutes"),
            "old_day": was.day.isoformat(),
            "old_starts_at": was.starts_at.isoformat("minutes"),
            "old_ends_at": was.ends_at.isoformat("minutes"),
        }


def told_before(stored: Mapping[str, Any] | None) -> Times | None:
    """What as_told() stored; None if nobody was ever told of the session."""
    if not stored:
        return None
    return Times(
        day=date.fromisoformat(stored["day"]),
        starts_at=time.fromisoformat(stored["starts_at"]),
        ends_at=time.fromisoformat(stored["ends_at"]),
        cancelled=bool(stored["cancelled"]),
    )


def change_of(before: Times | None, now: Times, today: date) -> Change | None:
    """What there is to tell; nothing if it came to nothing, or if all of it lies in the past."""
    kind = _kind(before, now)
    if kind is None or max(now.day, before.day if before else now.day) < today:
        return None
    return Change(kind, now, before)


def _kind(before: Times | None, now: Times) -> News | None:
    if before is None:
        return None if now.cancelled else News.ADDED
    if now.cancelled:
        return None if before.cancelled else News.CANCELLED
    if before.cancelled:
        return News.RESTORED
    return None if before == now else News.MOVED


def settled(changed_at: Collection[datetime], now: datetime) -> bool:
    """True once a quarter of an hour has gone by since the last of these changes."""
    return all(now - moment >= QUIET for moment in changed_at)


def in_order(changes: Collection[Change]) -> list[Change]:
    """By the day people have in mind: the one they were told before, or the new one."""
    return sorted(changes, key=lambda change: ((change.before or change.now).day, change.now.starts_at))


def who_acted_alone(actors: Collection[int]) -> int | None:
    """The one person behind all changes, who need not be told; None where there were more, or the clock."""
    return next(iter(actors)) if len(set(actors)) == 1 else None
