"""The sectors candidates may wish for."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from coordination import access, audit
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.errors import Invalid, NotFound
from coordination.domain.partnerships import settle_sector
from coordination.models import Partnership, Sector


def add_sector(
    actor: Actor, partnership_id: int, *, code: str, name: str, name_en: str, active: bool, now: datetime
) -> None:
    """A new sector; Invalid when the partnership has one with this code."""
    row = Sector(partnership_id=access.one(Partnership, partnership_id).id)
    _store(row, code, name, name_en, active=active)
    db.session.add(row)
    db.session.flush()  # the entry in the log needs its key
    audit.record(actor, "partnerships.add_sector", "sector", row.id, now=now)


def save_sector(
    actor: Actor,
    partnership_id: int,
    sector_id: int,
    *,
    code: str,
    name: str,
    name_en: str,
    active: bool,
    now: datetime,
) -> None:
    """Change a sector; one that is not active cannot be wished for, and wishes already made stay."""
    row = access.one(Sector, sector_id, lock=True)
    if row.partnership_id != partnership_id:
        raise NotFound
    _store(row, code, name, name_en, active=active)
    audit.record(actor, "partnerships.save_sector", "sector", row.id, now=now)


def _store(row: Sector, code: str, name: str, name_en: str, *, active: bool) -> None:
    settled = settle_sector(code, name, name_en, active=active)
    taken = sa.select(Sector.id).where(
        Sector.partnership_id == row.partnership_id,
        Sector.code == settled.code,
        Sector.id != (row.id or 0),
    )
    if db.session.scalar(taken):
        raise Invalid({"code": "sector.code_taken"})
    row.code, row.name, row.name_en, row.active = settled.code, settled.name, settled.name_en, settled.active
