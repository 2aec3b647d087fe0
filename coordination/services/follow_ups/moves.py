"""How a follow-up is opened, closed and reopened in the tables; each move leaves a line and an entry."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from coordination import audit
from coordination.adapters.danish_holidays import danish_holidays
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.follow_ups import Closing, FollowUpState
from coordination.models import FollowUp, FollowUpMove

AHEAD = timedelta(days=180)


def put_down_opening(actor: Actor, follow_up: FollowUp, now: datetime) -> None:
    """A follow-up was opened."""
    _record(actor, follow_up, "open", "", "", now)


def put_down_closing(actor: Actor, follow_up: FollowUp, closing: Closing, now: datetime) -> None:
    """A follow-up is closed as decided."""
    follow_up.state, follow_up.close_reason = closing.state, closing.reason
    _record(actor, follow_up, "close", closing.reason.value, closing.note, now)


def put_down_reopening(actor: Actor, follow_up: FollowUp, due_on: date, note: str, now: datetime) -> None:
    """A follow-up is open again and due anew; its attempts and its closing stay in the timeline."""
    follow_up.state, follow_up.close_reason, follow_up.due_on = FollowUpState.OPEN, None, due_on
    _record(actor, follow_up, "reopen", "", note, now)


def holidays_ahead(today: date) -> frozenset[date]:
    """The holidays that counting working days from today can meet."""
    return frozenset(danish_holidays(today, today + AHEAD))


def _record(actor: Actor, follow_up: FollowUp, deed: str, reason: str, note: str, now: datetime) -> None:
    db.session.add(
        FollowUpMove(
            municipality_id=follow_up.municipality_id,
            school_id=follow_up.school_id,
            follow_up_id=follow_up.id,
            deed=deed,
            reason=reason,
            note=note,
            by_id=actor.user_id,
            at=now,
        )
    )
    audit.record(actor, f"follow_ups.{deed}", "follow_up", follow_up.id, now=now, reason=reason)
