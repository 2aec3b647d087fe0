"""What an administrator does to the factors of school hours; all accounts follow at once."""

from __future__ import annotations

from datetime import date, datetime

from coordination import access, audit
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.hour_factors import FactorFacts, check_removal, settle_factor
from coordination.models import HourFactor
from coordination.queries.hours.teaching import factors


def add(actor: Actor, facts: FactorFacts, *, now: datetime) -> None:
    """A factor from a day on; Invalid beside the field that cannot be used."""
    settled = settle_factor(facts, factors())
    row = HourFactor(
        kind=settled.kind, percent=settled.percent, valid_from=settled.valid_from, source=settled.source
    )
    db.session.add(row)
    db.session.flush()  # its key is needed for the record
    _record(actor, "hour_factors.add", row, now=now)


def remove(actor: Actor, hour_factor_id: int, *, today: date, now: datetime) -> None:
    """Take back a factor that holds from a later day; Refused for one in force."""
    row = access.one(HourFactor, hour_factor_id, lock=True)
    check_removal(row.valid_from, today)
    _record(actor, "hour_factors.remove", row, now=now)
    db.session.delete(row)


def _record(actor: Actor, deed: str, row: HourFactor, *, now: datetime) -> None:
    facts = {"kind": row.kind, "percent": row.percent, "valid_from": row.valid_from.isoformat()}
    audit.record(actor, deed, "hour_factor", row.id, now=now, **facts)
