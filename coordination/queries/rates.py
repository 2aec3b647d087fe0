"""The rates of the IGU as the administrator sees them: per kind, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from coordination import access
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.igu import RateKind
from coordination.models import Rate
from coordination.queries.dated import in_force


@dataclass(frozen=True)
class RateRow:
    """One rate; `holds` today, `ahead` of today, or neither once a newer one took over."""

    id: int
    kind: RateKind
    amount_ore: int
    valid_from: date
    source: str
    holds: bool
    ahead: bool


@dataclass(frozen=True)
class OverviewPage:
    """Every rate there is and was."""

    rows: tuple[RateRow, ...]


def overview_page(_actor: Actor, today: date) -> OverviewPage:
    """All rates in the order of the kinds, within each the newest first."""
    newest_first = db.session.scalars(sa.select(Rate).order_by(Rate.valid_from.desc()))
    rows = sorted(newest_first, key=lambda row: list(RateKind).index(row.kind))
    holding = in_force(rows, today)
    return OverviewPage(tuple(_row(row, today, holds=row.id in holding) for row in rows))


def removal_page(_actor: Actor, rate_id: int, today: date) -> RateRow:
    """The question before a rate of the future is taken back."""
    return _row(access.one(Rate, rate_id), today, holds=False)


def _row(row: Rate, today: date, *, holds: bool) -> RateRow:
    ahead = row.valid_from > today
    return RateRow(row.id, row.kind, row.amount_ore, row.valid_from, row.source, holds=holds, ahead=ahead)
