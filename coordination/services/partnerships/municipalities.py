"""The municipalities of a partnership and their jobcenters."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from coordination import access, audit
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.errors import Invalid, NotFound
from coordination.domain.partnerships import settle_municipality
from coordination.models import Municipality, Partnership


def add_municipality(
    actor: Actor, partnership_id: int, *, code: str, name: str, mail: str, now: datetime
) -> None:
    """A municipality joins; Invalid when one with this official code is already there."""
    row = Municipality(partnership_id=access.one(Partnership, partnership_id).id)
    _store(row, code, name, mail)
    db.session.add(row)
    db.session.flush()  # the entry in the log needs its key
    audit.record(actor, "partnerships.add_municipality", "municipality", row.id, now=now)


def save_municipality(
    actor: Actor,
    partnership_id: int,
    municipality_id: int,
    *,
    code: str,
    name: str,
    mail: str,
    now: datetime,
) -> None:
    """Change code, name or mailbox of one of the partnership's municipalities."""
    row = access.one(Municipality, municipality_id, lock=True)
    if row.partnership_id != partnership_id:
        raise NotFound
    _store(row, code, name, mail)
    audit.record(actor, "partnerships.save_municipality", "municipality", row.id, now=now)


def _store(row: Municipality, code: str, name: str, mail: str) -> None:
    settled = settle_municipality(code, name, mail)
    other = (Municipality.code == settled.code) & (Municipality.id != (row.id or 0))
    if db.session.scalar(sa.select(Municipality.id).where(other)):
        raise Invalid({"code": "municipality.code_taken"})
    row.code, row.name, row.mail = settled.code, settled.name, settled.mail
