"""Travel times from the municipalities of a partnership to its schools."""

from __future__ import annotations

import sqlalchemy as sa

from coordination.db import db
from coordination.models import TravelTime


def minutes(partnership_id: int) -> dict[tuple[int, int], int]:
    """Minutes one way by municipality and school; what nobody has written is not there."""
    rows = db.session.scalars(sa.select(TravelTime).where(TravelTime.partnership_id == partnership_id))
    return {(row.from_municipality_id, row.school_id): row.minutes for row in rows}
