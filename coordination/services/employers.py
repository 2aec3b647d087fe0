"""The coordinator keeps the employers, and how many of their people may be away at a time."""

from __future__ import annotations

from datetime import datetime

from coordination import access, audit
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.employers import EmployerFacts, name_key, settle_employer
from coordination.domain.errors import NotFound, Stale
from coordination.models import Employer
from coordination.queries.employers import known_names


def create(actor: Actor, partnership_id: int, facts: EmployerFacts, *, now: datetime) -> int:
    """Enter an employer of a partnership; returns its id, Invalid beside a field."""
    if partnership_id not in actor.partnerships:
        raise NotFound
    settled = settle_employer(facts, known_names(partnership_id))
    row = Employer(partnership_id=partnership_id, name_key=name_key(settled.name), **vars(settled))
    db.session.add(row)
    db.session.flush()  # its key is needed for the record
    _record(actor, "employers.create", row, now=now)
    return row.id


def save(actor: Actor, employer_id: int, facts: EmployerFacts, *, version: int, now: datetime) -> None:
    """Change an employer; Stale if someone else did since version `version`, Invalid beside a field."""
    row = access.one(Employer, employer_id, lock=True)
    if row.version != version:
        raise Stale("row.changed")
    settled = settle_employer(facts, known_names(row.partnership_id), row.id)
    row.name, row.name_key = settled.name, name_key(settled.name)
    row.cvr, row.most_away = settled.cvr, settled.most_away
    _record(actor, "employers.save", row, now=now)


def remove(actor: Actor, employer_id: int, *, now: datetime) -> None:
    """Remove an employer, and its limit with it; candidates keep the name they have."""
    row = access.one(Employer, employer_id, lock=True)
    _record(actor, "employers.remove", row, now=now)
    db.session.delete(row)


def _record(actor: Actor, deed: str, row: Employer, *, now: datetime) -> None:
    audit.record(actor, deed, "employer", row.id, now=now, most_away=row.most_away)
