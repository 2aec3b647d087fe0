"""Sectors by the name their reader knows, and the wishes of nominations for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.models import NominationWish, Sector
from coordination.queries.languages import spoken


def sector_name(actor: Actor, sector: Sector) -> str:
    """What a sector is called in the actor's language."""
    return spoken(actor, sector.name, sector.name_en)


def wishes_of(
    actor: Actor, nomination_ids: Collection[int], session: Session | None = None
) -> Mapping[int, list[str]]:
    """The sectors each nomination wishes for, first wish first, in the actor's language.

    Read with the session of a look across owners where one is given.
    """
    found = (session or db.session).execute(
        sa.select(NominationWish.nomination_id, Sector.name, Sector.name_en)
        .join(Sector, Sector.id == NominationWish.sector_id)
        .where(NominationWish.nomination_id.in_(nomination_ids))
        .order_by(NominationWish.nomination_id, NominationWish.rank)
    )
    wishes: dict[int, list[str]] = defaultdict(list)
    for nomination_id, name, name_en in found:
        wishes[nomination_id].append(spoken(actor, name, name_en))
    return wishes
