"""The coordinator lets somebody go first in every line, for a reason from the list, and takes it back."""

from __future__ import annotations

from datetime import datetime

from coordination.domain.actors import Actor
from coordination.domain.errors import Refused
from coordination.domain.nominations import NominationDeed
from coordination.domain.priorities import Priority
from coordination.domain.reasons import ReasonKind
from coordination.queries import nominations as queries
from coordination.services.nominations.moves import move_nomination
from coordination.services.reasons import settle_reason


def set_priority(actor: Actor, nomination_id: int, reason: str | None, *, now: datetime) -> None:
    """Let a candidate in the pool go first; the reason stands in the history. Invalid beside `reason`."""
    nomination = queries.nomination(actor, nomination_id, lock=True)
    why = settle_reason(ReasonKind.PRIORITY, reason)
    move_nomination(actor, nomination, NominationDeed.PRIORITY, now=now, reason=why)
    nomination.priority, nomination.priority_reason = Priority.HIGH, why


def end_priority(actor: Actor, nomination_id: int, *, now: datetime) -> None:
    """Let waiting decide again; Refused if the candidate does not go first."""
    nomination = queries.nomination(actor, nomination_id, lock=True)
    if nomination.priority is Priority.NORMAL:
        raise Refused("nomination.no_priority")
    move_nomination(actor, nomination, NominationDeed.END_PRIORITY, now=now)
    nomination.priority, nomination.priority_reason = Priority.NORMAL, ""
