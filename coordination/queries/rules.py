"""The dated rules of the IGU and its rates, as the domain reads them."""

from __future__ import annotations

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.igu import Rate, Rule
from coordination.models import IguRule
from coordination.models import Rate as RateRow


def igu_rules() -> tuple[Rule, ...]:
    """Every rule of the IGU, also those for starts long past, in the order they are shown."""
    order = (IguRule.starts_from, IguRule.id)
    return tuple(map(as_rule, db.session.scalars(sa.select(IguRule).order_by(*order))))


def rates() -> tuple[Rate, ...]:
    """Every rate that has held or holds, oldest first."""
    order = (RateRow.kind, RateRow.valid_from)
    found = db.session.scalars(sa.select(RateRow).order_by(*order))
    return tuple(Rate(row.kind, row.amount_ore, row.valid_from, row.source) for row in found)


def as_rule(row: IguRule) -> Rule:
    """A stored rule in the words of the domain."""
    return Rule(
        kind=row.kind,
        number=row.number,
        day=row.day,
        starts_from=row.starts_from,
        starts_until=row.starts_until,
        effect=row.effect,
        wording=row.wording,
        wording_en=row.wording_en,
        source=row.source,
        id=row.id,
    )
