"""Steps that stand still: after some working days the actor is asked, after more the coordinator is told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coordination.domain.calendar import working_days_between


class StepKind(StrEnum):
    """A step that one party must take before anything goes on."""

    DRAFT = "draft"
    EXPIRED_OFFER = "expired_offer"
    PARTICIPANT = "participant"
    TRANSFER = "transfer"


class ChaseLevel(StrEnum):
    """Who was reminded of a step."""

    ASKED = "asked"
    TOLD = "told"


@dataclass(frozen=True)
class Patience:
    """Working days before the actor is asked, and before the coordinator is told."""

    ask_after: int
    tell_after: int


def due_levels(
    since: date, today: date, patience: Patience, holidays: Collection[date], done: Collection[ChaseLevel]
) -> tuple[ChaseLevel, ...]:
    """Who is to be reminded today of a step that stands still since a day; nobody twice for the same step."""
    waited = working_days_between(since, today, holidays)
    limits = ((ChaseLevel.ASKED, patience.ask_after), (ChaseLevel.TOLD, patience.tell_after))
    return tuple(level for level, limit in limits if waited >= limit and level not in done)
