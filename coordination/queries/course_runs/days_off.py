"""Days without teaching: public holidays and the closing days of a school, each with its name."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from coordination.adapters.danish_holidays import danish_holidays
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.models import ClosingDay


def days_off(actor: Actor, school_id: int, first: date, last: date) -> dict[date, str]:
    """The days from one to another, both included, on which the school does not teach, and why."""
    closed = sa.select(ClosingDay).where(
        ClosingDay.school_id == school_id, ClosingDay.day >= first, ClosingDay.day <= last
    )
    closing = {row.day: row.name for row in db.session.scalars(closed)}
    return closing | danish_holidays(first, last, actor.language)
