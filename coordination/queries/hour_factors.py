"""The factors of school hours as the administrator sees them: per kind, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from coordination import access
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.tracks import TeachingKind
from coordination.models import HourFactor
from coordination.queries.dated import in_force


@dataclass(frozen=True)
class FactorRow:
    """One factor; `holds` today, `ahead` of today, or neither once a newer one took over."""

    id: int
    kind: TeachingKind
    percent: int
    valid_from: date
    source: str
    holds: bool
    ahead: bool


@dataclass(frozen=True)
class OverviewPage:
    """Every factor there is and was."""

    rows: tuple[FactorRow, ...]


def overview_page(_actor: Actor, today: date) -> OverviewPage:
    """All factors in the order of the kinds, within each the newest first."""
    found = db.session.scalars(sa.select(HourFactor).order_by(HourFactor.valid_from.desc()))
    order = list(TeachingKind)
    rows = sorted(found, key=lambda row: order.index(row.kind))
    holding = in_force(rows, today)
    return OverviewPage(tuple(_row(row, today, holds=row.id in holding) for row in rows))


def removal_page(_actor: Actor, hour_factor_id: int, today: date) -> FactorRow:
    """The question before a factor of the future is taken back."""
    return _row(access.one(HourFactor, hour_factor_id), today, holds=False)


def _row(row: HourFactor, today: date, *, holds: bool) -> FactorRow:
    return FactorRow(
        row.id, row.kind, row.percent, row.valid_from, row.source, holds=holds, ahead=row.valid_from > today
    )
