"""What a school bills for an empty seat, where it is not the national rate."""

from __future__ import annotations

from datetime import date, datetime

from coordination import access, audit
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.errors import NotFound
from coordination.domain.igu_rules import RateFacts, check_rate_removal, settle_rate
from coordination.models import SchoolFee
from coordination.queries.fees import agreed_school, school_rates


def add(actor: Actor, partnership_id: int, school_id: int, facts: RateFacts, *, now: datetime) -> None:
    """A fee of a school from a day on, in every partnership it serves; Invalid beside a field."""
    school = agreed_school(partnership_id, school_id)
    settled = settle_rate(facts, school_rates({school.id})[school.id])
    row = SchoolFee(school_id=school.id, **vars(settled))
    db.session.add(row)
    db.session.flush()  # its key is needed for the record
    _record(actor, "fees.add", row, now=now)


def remove(
    actor: Actor, partnership_id: int, school_id: int, fee_id: int, *, today: date, now: datetime
) -> None:
    """Take back a fee that holds from a later day; Refused for one in force."""
    school, row = agreed_school(partnership_id, school_id), access.one(SchoolFee, fee_id, lock=True)
    if row.school_id != school.id:
        raise NotFound
    check_rate_removal(row.valid_from, today)
    _record(actor, "fees.remove", row, now=now)
    db.session.delete(row)


def _record(actor: Actor, deed: str, row: SchoolFee, *, now: datetime) -> None:
    facts = {"kind": row.kind, "amount_ore": row.amount_ore, "valid_from": row.valid_from.isoformat()}
    audit.record(actor, deed, "school", row.school_id, now=now, **facts)
