"""The one order of every line: the pool of a sector, a waiting list, and what the solver is asked."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, func
from sqlalchemy.orm import InstrumentedAttribute

from coordination.domain.enrolments import InLine
from coordination.domain.priorities import RANK, Priority
from coordination.models import Nomination

SINCE = func.coalesce(Nomination.submitted_at, Nomination.created_at)
_RANKS = {priority: RANK[priority] for priority in Priority}


def line_order() -> tuple[ColumnElement[Any] | InstrumentedAttribute[Any], ...]:
    """SQL: nominations in the order of every line; `domain.enrolments.InLine` says the same in Python."""
    return (case(_RANKS, value=Nomination.priority), SINCE, Nomination.draw, Nomination.id)


def in_line(nomination: Nomination) -> InLine:
    """Where a nomination stands in every line it is in."""
    since = nomination.submitted_at or nomination.created_at
    return InLine(RANK[nomination.priority], since, nomination.draw, nomination.id)
