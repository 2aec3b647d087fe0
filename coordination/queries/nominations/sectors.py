"""The sectors a nomination may wish for, by the name the reader knows."""

from __future__ import annotations

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.models import Municipality, Sector
from coordination.queries.sectors import sector_name

Choices = tuple[tuple[int, str], ...]


def sector_choices(actor: Actor, municipality_id: int | None = None) -> Choices:
    """The sectors that may be wished for: in one municipality's partnership, or in all of the actor's."""
    statement = sa.select(Sector).where(Sector.active).order_by(sa.collate(Sector.name, "danish"))
    if municipality_id:
        pools = sa.select(Municipality.partnership_id).where(Municipality.id == municipality_id)
        statement = statement.where(Sector.partnership_id.in_(pools))
    sectors = db.session.scalars(statement)
    return tuple((sector.id, sector_name(actor, sector)) for sector in sectors)
