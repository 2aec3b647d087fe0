"""What an administrator does to the rates of the IGU."""

from __future__ import annotations

from datetime import date, datetime

from coordination import access, audit
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.igu_rules import RateFacts, check_rate_removal, settle_rate
from coordination.models import Rate
from coordination.queries.rules import rates


def add(actor: Actor, facts: RateFacts, *, now: datetime) -> None:
    """A rate from a day on; Invalid beside the field that cannot be used."""
    settled = settle_rate(facts, rates())
    row = Rate(**vars(settled))
    db.session.add(row)
    db.session.flush()  # its key is needed for the record
    _record(actor, "rates.add", row, now=now)


def remove(actor: Actor, rate_id: int, *, today: date, now: datetime) -> None:
    """Take back a rate that holds from a later day; Refused for one in force."""
    row = access.one(Rate, rate_id, lock=True)
    check_rate_removal(row.valid_from, today)
    _record(actor, "rates.remove", row, now=now)
    db.session.delete(row)


def _record(actor: Actor, deed: str, row: Rate, *, now: datetime) -> None:
    facts = {"kind": row.kind, "amount_ore": row.amount_ore, "valid_from": row.valid_from.isoformat()}
    audit.record(actor, deed, "rate", row.id, now=now, **facts)
